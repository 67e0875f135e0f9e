import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { contactRow, insertRows, leadRow } from '../capture/rows.ts';
import { withStoreOf } from './at-desk.ts';
import { linkIn, mailTo } from './mailbox.ts';
import type { Reader } from './reader.ts';
import type { ServedSite } from './site.ts';

/*
 * What every browser has to be able to do on the site, whoever drives it.
 */

/** From the front page to an entry, and back by the browser. */
export async function browse(reader: Reader): Promise<void> {
  await reader.open('/');
  await reader.sees('h1', 'Lighthouse to Let');
  await reader.follow('/posts/');
  await reader.follow('/posts/words-for-fog/');
  await reader.sees('h1', 'Words for fog');
  await reader.back('/posts/');
  await reader.back('/');
}

/** The search over the page: its panel, a question, and the page that a result leads to. */
export async function search(reader: Reader): Promise<void> {
  await reader.open('/about/');
  await reader.click('a', 'Search the files');
  await reader.fill('dialog[open] input[type=search]', 'foghorn');
  await reader.sees('.search-status', 'results');
  await reader.click('.search-results a', 'The foghorn is not a strategy');
  await reader.isAt('/episodes/the-foghorn-is-not-a-strategy/');
  await reader.sees('[aria-label="Words that were searched for"]', 'foghorn');
}

/** A theme that is chosen holds on the next page as well. */
export async function chooseTheme(reader: Reader): Promise<void> {
  const shown = () =>
    reader.window.ask(() => ({
      theme: document.documentElement.dataset['theme'],
      background: getComputedStyle(document.documentElement).backgroundColor,
      chosen: document.querySelector<HTMLInputElement>('theme-switch input:checked')?.value,
    }));
  await reader.open('/about/');
  await reader.click('theme-switch label', 'Light');
  await expect.poll(shown).toMatchObject({ theme: 'light', chosen: 'light' });
  const { background: light } = await shown();
  await reader.click('theme-switch label', 'Dark');
  await expect.poll(shown).toMatchObject({ theme: 'dark', chosen: 'dark' });
  const dark = await shown();
  expect(dark.background).not.toBe(light);
  await reader.open('/hosts/');
  await expect.poll(shown).toEqual(dark);
}

/** Asks for the newsletter on a page; the answer stands in the place of the form, and the mail comes. */
export async function subscribeInPlace(reader: Reader, mails: string, address: string, page: string): Promise<void> {
  await reader.isAt(page);
  await reader.fill('capture-form input[type=email]', address);
  await reader.click('capture-form button');
  await reader.sees('capture-form [data-answer] h2', 'Look in your inbox');
  await reader.isAt(page);
  await mailTo(mails, address, /^Confirm/);
}

const nine = [
  '/posts/',
  '/posts/words-for-fog/',
  '/hosts/',
  '/people/petra-plimsoll/',
  '/topics/',
  '/topics/pricing/',
  '/whitepapers/',
  '/episodes/',
  '/subscribe/',
];

/** A recording goes on over pages, a form and the way back; at its end the bar has the next one, for one click. */
export async function listenAcross(reader: Reader, mails: string): Promise<void> {
  await listen(reader, '/episodes/number-seven-is-inland/');
  for (const path of nine) {
    await reader.follow(path);
    await playsOn(reader, theFirst);
  }
  await subscribeInPlace(reader, mails, 'listening@example.com', '/subscribe/');
  await playsOn(reader, theFirst);
  await reader.back('/episodes/');
  await playsOn(reader, theFirst);
  await reader.back('/whitepapers/');
  await playsOn(reader, theFirst);
  const title = await titleInBar(reader);
  await reader.window.ask((selector) => {
    const media = document.querySelector<HTMLMediaElement>(selector)!;
    media.currentTime = media.duration - 0.5;
  }, theFirst);
  await reader.sees('mini-player', 'The end. Up next:');
  await reader.click('mini-player [data-part="go"]');
  await playsOn(reader, theFirst);
  expect(await titleInBar(reader)).not.toBe(title);
}

const titleInBar = (reader: Reader) =>
  reader.window.ask(() => document.querySelector('mini-player [data-part="title"]')!.textContent);

/** What played is ready on the next page; the way back to its own page plays on, where every page is loaded anew. */
export async function listenPageByPage(reader: Reader): Promise<void> {
  const page = '/episodes/number-seven-is-inland/';
  await listen(reader, page);
  await reader.follow('/hosts/');
  await reader.sees('mini-player', 'Continue at 0:');
  await reader.click('mini-player [data-part="go"]');
  await playsOn(reader, 'mini-player audio');
  await reader.back(page);
  await playsOn(reader, 'episode-player audio');
}

/** Opens an episode and starts it. A machine of tests has nothing to hear by, and what is muted needs nothing. */
async function listen(reader: Reader, path: string): Promise<void> {
  await reader.open(path);
  await reader.window.ask(() => {
    const audio = document.querySelector('audio')!;
    audio.muted = true;
    audio.dataset['first'] = '';
  });
  await reader.click('episode-player button', 'Play');
  await playsOn(reader, theFirst);
  await expect.poll(() => reader.window.ask(() => document.querySelector('mini-player') !== null)).toBe(true);
}

/** The address of who works at the desk, for the environment of its server. */
export const deskOwner = 'petra@example.com';

/** Signs in at the desk by a mailed link, opens a lead and notes something on it. */
export async function workAtTheDesk(reader: Reader, served: ServedSite): Promise<void> {
  const isla = contactRow(`isla-${randomUUID()}@example.org`, { name: 'Isla Cormorant' });
  await withStoreOf(served, async (store) => {
    await insertRows(store, 'contact', [isla]);
    await insertRows(store, 'lead', [
      leadRow(isla.id, { askedAt: Date.now() - 60_000, asset: 'the-well-lit-pipeline' }),
    ]);
  });
  await reader.open('/desk/');
  await reader.fill('capture-form input[type=email]', deskOwner);
  await reader.click('capture-form button');
  await reader.sees('main', 'Look in your inbox');
  const { pathname, search } = new URL(linkIn(await mailTo(served.mails, deskOwner, /^Sign in/), '/desk/confirm/'));
  await reader.open(pathname + search);
  await reader.sees('main button', 'Sign in');
  await reader.click('main button');
  await reader.sees('nav', 'Leads');
  await reader.open('/desk/leads/');
  await reader.click('main a', 'Isla Cormorant');
  await reader.sees('h1', 'Isla Cormorant');
  await reader.fill('textarea[name=note]', 'Rang twice.');
  await reader.click('main button', 'Keep the note');
  await reader.sees('main', 'Rang twice.');
}

/** The element that was started: it is gone once the browser has loaded another document. */
const theFirst = 'audio[data-first]';

/** Waits until what a selector names plays, and then until it is at a later second. */
async function playsOn(reader: Reader, selector: string): Promise<void> {
  const heard = () =>
    reader.window.ask((selector) => {
      const media = document.querySelector<HTMLMediaElement>(selector);
      return media && !media.paused ? media.currentTime : -1;
    }, selector);
  await expect.poll(heard, soon).toBeGreaterThanOrEqual(0);
  const before = await heard();
  await expect.poll(heard, soon).toBeGreaterThan(before);
}

/** How long something may take to come, in milliseconds. */
const soon = { timeout: 10_000 };
