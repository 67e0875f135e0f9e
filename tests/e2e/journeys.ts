import { expect } from 'vitest';
import { mailTo } from './mailbox.ts';
import type { Reader } from './reader.ts';

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
