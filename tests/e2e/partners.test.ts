import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fixtureOutput } from '../fixture-site.ts';
import { linkIn, mailTo } from './mailbox.ts';
import { desktop, phone, useSite } from './site.ts';

const visit = useSite({ FORMS_PER_NETWORK: '10000' });
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const slug = 'haddock-and-nephew-ferries';
const ferry = `/with/${slug}/`;
const almanac = 'the-kittiwake-almanac';

/** What the owner's command prints, beside the running server. */
async function owner(...args: string[]): Promise<string> {
  const { origin, mails } = visit.served();
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli/partners.ts', ...args], {
    env: { ...process.env, DIST_DIR: fixtureOutput, VAR_DIR: dirname(mails), SITE_URL: origin },
  });
  return stdout.trim();
}

const form = (page: Page) =>
  page.locator('form').filter({ has: page.getByRole('button', { name: 'E-mail me the whitepaper' }) });

const firstEntry = (page: Page) => page.getByRole('region', { name: 'Begin here' }).locator('li a').first();

/** Asks for the whitepaper with the form of the page, and confirms. */
async function becomeLead(page: Page, address: string): Promise<void> {
  await form(page).getByLabel('Your e-mail address').fill(address);
  await form(page).getByRole('button').click();
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
  await page.goto(linkIn(await mailTo(visit.served().mails, address, /^Confirm/), '/confirm/'));
  await page.getByRole('button', { name: /^Confirm and/ }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** A row of the report, as numbers and words. */
const row = async (page: Page, name: string) =>
  page
    .getByRole('row', { name: new RegExp(`^${name}`) })
    .getByRole('cell')
    .allTextContents();

describe.each([
  { script: 'with script', javaScriptEnabled: true },
  { script: 'without script', javaScriptEnabled: false },
])('a reader whom a partner sent, $script,', ({ javaScriptEnabled }) => {
  const name = (part: string) => `${part}-${javaScriptEnabled}@ferry.example`;

  test('is one of its leads wherever they ask for the paper, and the report counts them', async () => {
    const address = await owner('link', slug);
    const reports = await visit({ viewport: desktop });
    await reports.goto(address);
    const before = Number((await row(reports, 'Visits'))[3]);

    const page = await visit({ javaScriptEnabled });
    await page.goto(`${ferry}?partner=${slug}`);
    await becomeLead(page, name('page'));

    // From the partner's page by its link to an episode, from there to the foot of the page, and to the paper.
    const other = await visit({ javaScriptEnabled });
    await other.goto(ferry);
    await firstEntry(other).click();
    await other.waitForURL(`**/episodes/*/?partner=${slug}`);
    await other.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Whitepapers' }).click();
    await other.waitForURL(`**/whitepapers/?partner=${slug}`);
    await other.locator('a[href^="/whitepapers/a-short-guide-to-long-foghorns/"]').click();
    await other.waitForURL(`**/whitepapers/a-short-guide-to-long-foghorns/?from=whitepapers&partner=${slug}`);
    await becomeLead(other, name('walk'));

    await expect
      .poll(async () => {
        await reports.reload();
        return Number((await row(reports, 'Visits'))[3]) - before;
      })
      .toBe(2);
  });
});

test('leads are told once there are five', async () => {
  const address = await owner('link', almanac);
  const reports = await visit();
  const title = () => reports.getByRole('heading', { level: 1 }).textContent();
  const page = await visit({ javaScriptEnabled: false });
  await reports.goto(address);
  expect(await title()).toBe('Nobody has come by your links yet');
  for (let lead = 1; lead <= 5; lead += 1) {
    expect((await row(reports, 'Leads')).slice(2)).toEqual(['< 5', '< 5']);
    await page.goto(`/whitepapers/the-well-lit-pipeline/?partner=${almanac}`);
    await becomeLead(page, `lead-${lead}@almanac.example`);
    await reports.reload();
  }
  expect((await row(reports, 'Leads')).slice(2)).toEqual(['5', '≥ 5']);
  expect(await title()).toMatch(/^Your readers looked \d+ times, and 5 or more left an address$/);
});

test('a reader who came by nobody, or by a name that is no partner, is none of its leads', async () => {
  const page = await visit();
  await page.goto('/?partner=nobody');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Whitepapers' }).click();
  await page.waitForURL('**/whitepapers/');
  expect(new URL(page.url()).search).toBe('');
});

test('an embedded player keeps the partner on the way to its episode', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await page.goto(`/episodes/the-handover-nobody-rowed/embed/?partner=${slug}`);
  await page.getByRole('heading').getByRole('link').click();
  await page.waitForURL(`**/episodes/the-handover-nobody-rowed/?partner=${slug}`);
});

test('nothing is stored in the browser for it', async () => {
  const page = await visit();
  await page.goto(`${ferry}?partner=${slug}`);
  await firstEntry(page).click();
  await page.waitForURL(`**/episodes/*/?partner=${slug}`);
  expect(await page.context().cookies()).toEqual([]);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain(slug);
});

test('a page that comes while a recording plays keeps the partner too', async () => {
  const page = await visit();
  await page.goto(`/episodes/the-handover-nobody-rowed/?partner=${slug}`);
  await page.getByRole('button', { name: 'Play', exact: true }).first().click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Hosts' }).click();
  await page.waitForURL(`**/hosts/?partner=${slug}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
});

test('the report ends with its link, and one that is wrong says to ask for another', async () => {
  const address = await owner('link', almanac);
  const page = await visit();
  const first = await page.goto(address);
  expect(first?.status()).toBe(200);
  expect(first?.headers()).toMatchObject({
    ...{ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' },
  });
  await owner('revoke', almanac);
  expect((await page.reload())?.status()).toBe(410);
  expect((await page.goto('/partner-report/?token=guessed'))?.status()).toBe(410);
  expect(await page.getByRole('main').textContent()).toMatch(/Ask\s+Wick & Daughters Lighthouse Hire\s+for a new one/);
});

describe('the kit', () => {
  test('is copied by a click, and says so', async () => {
    const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${ferry}kit/`);
    const button = page.getByRole('button', { name: 'Copy: In one line' });
    await button.click();
    await page.getByRole('status').getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      new RegExp(`^Eleven minutes to spare\\? http.*\\?partner=${slug}$`),
    );
  });

  test('is text to select without script', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(`${ferry}kit/`);
    expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'The page for your readers' }).inputValue()).toContain(
      `${ferry}?partner=${slug}`,
    );
  });
});

test.each(['page', 'kit', 'report'])(
  'axe has no objection to the %s, in light and dark, on phone and desktop',
  async (of) => {
    const address =
      { page: ferry, kit: `${ferry}kit/`, report: of === 'report' ? await owner('link', slug) : '' }[of] ?? '';
    const page = await visit();
    await page.goto(address);
    await page.evaluate(axe);
    for (const viewport of [phone, desktop])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
  },
);
