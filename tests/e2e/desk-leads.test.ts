import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { contactRow, insertRows, leadRow } from '../capture/rows.ts';
import { fillBusyWeek, sitDown, withStoreOf } from './at-desk.ts';
import { overflows } from './overflow.ts';
import { desktop, phone, useSite } from './site.ts';
import { spaceText } from './text-spacing.ts';

const petra = 'petra@example.com';
const gus = 'gus@example.com';
const OWNERS = `${petra} owner:petra-plimsoll, ${gus} host:gus-barnacle`;
const visit = useSite({ OWNERS, FORMS_PER_NETWORK: '10000', ANSWER_WITHIN: '6' });
const quiet = useSite({ OWNERS });
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

beforeAll(() => fillBusyWeek(visit.served(), [petra, gus]));

/** Somebody who confirmed an address an hour ago, and waits. */
async function waits(name: string): Promise<string> {
  const at = Date.now() - 60 * 60_000;
  const contact = contactRow(`${name.toLowerCase().replaceAll(' ', '.')}@example.org`, {
    name,
    company: 'Knots & Sons',
  });
  const lead = leadRow(contact.id, { askedAt: at, asset: 'the-well-lit-pipeline' });
  await withStoreOf(visit.served(), async (store) => {
    await insertRows(store, 'contact', [contact]);
    await insertRows(store, 'lead', [lead]);
  });
  return `/desk/leads/lead/?id=${lead.id}`;
}

const status = (page: Page) => page.getByRole('status').innerText();
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();

describe.each([
  { with: 'without script on a phone', options: { javaScriptEnabled: false, viewport: phone } },
  { with: 'with script on a desktop', options: { viewport: desktop } },
])('$with an owner', ({ with: how, options }) => {
  const own = how.startsWith('without') ? 'Plain' : 'Scripted';
  const atDesk = async (who = petra) => {
    const page = await visit(options);
    await sitDown(page, who, visit.served());
    return page;
  };

  test('finds who waits, answers by their own mail program, and stops the clock', async () => {
    await waits(`${own} Halyard`);
    const page = await atDesk();
    await page.goto('/desk/');
    await page.getByRole('navigation', { name: 'Rooms of the desk' }).getByRole('link', { name: 'Leads' }).click();
    expect(await heading(page)).toMatch(/^\d+ leads, \w+ of them wait$/);
    expect(await page.locator('ol.ledger li').first().innerText()).toMatch(/^\s*27 h \d\d min\s+late/);
    await page.getByLabel('Name, company or address').fill(`${own.toUpperCase()} HAL`);
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('link', { name: `${own} Halyard`, exact: true }).click();
    expect(await heading(page)).toBe(`${own} Halyard, Knots & Sons`);
    const href = await page.getByRole('link', { name: 'Thank you, and one question' }).getAttribute('href');
    expect(href).toMatch(new RegExp(`^mailto:${own.toLowerCase()}\\.halyard@example\\.org\\?subject=`));
    expect(decodeURIComponent(href ?? '')).toContain(
      `Hello ${own} Halyard,\r\n\r\nthank you for asking for “The Well-Lit`,
    );
    await page.getByRole('button', { name: 'Note as answered' }).click();
    await page.getByRole('status').waitFor();
    expect(await status(page)).toBe('Set: answered.');
    expect(await page.locator('main').innerText()).toMatch(/Answered in 1 h 0\d min by Petra Plimsoll/);
    expect(await page.locator('ol.line').innerText()).toMatch(/1 h 0\d min after the confirmation/);
    expect(await page.getByRole('button', { name: 'Note as answered' }).count()).toBe(0);
  });

  test('gives a lead to another, wins it with a value, and is told what is no value', async () => {
    const path = await waits(`${own} Cuttle`);
    const page = await atDesk();
    await page.goto(path);
    await page.getByLabel('Assigned to').selectOption({ label: 'Gus Barnacle (sales)' });
    await page.getByLabel('State').selectOption('Won');
    await page.getByLabel('Value').fill('a lot');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    const box = page.getByRole('alert');
    await box.waitFor();
    await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true);
    await box.getByRole('link', { name: /Write the value as a number/ }).click();
    expect(new URL(page.url()).hash).toBe('#value');
    expect(await page.getByLabel('Value').inputValue()).toBe('a lot');
    expect(await page.getByLabel('State').inputValue()).toBe('won');
    await page.getByLabel('Value').fill('1,450');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByRole('status').waitFor();
    expect(await status(page)).toBe('It has its owner. Set: won.');
    expect(await page.locator('.sum').first().innerText()).toMatch(/^won\s+answered in 1 h .*, won .* for 1,450\.$/i);
  });

  test('is told where another was first, overwrites nothing, and keeps the note', async () => {
    const path = await waits(`${own} Brine`);
    const [page, other] = [await atDesk(), await atDesk(gus)];
    await page.goto(path);
    await other.goto(path);
    await other.getByRole('button', { name: 'Note as answered' }).click();
    await other.getByRole('status').waitFor();
    await page.getByLabel('State').selectOption('Lost');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    const box = page.getByRole('alert').filter({ hasText: 'Somebody was here before you' });
    expect(await box.innerText()).toMatch(
      /Gus Barnacle marked this lead as answered 0 min ago\. Your “lost” was not written\./,
    );
    await page.getByLabel('A note').fill('Rang twice.\n<b>No</b> answer.');
    await page.getByRole('button', { name: 'Keep the note' }).click();
    await page.getByRole('status').waitFor();
    expect(await status(page)).toBe('The note is kept.');
    expect(await page.locator('ol.line').innerText()).toContain('<b>No</b> answer.');
  });

  test('narrows the list, goes on to its next page, and clears all where nobody is left', async () => {
    const page = await atDesk();
    await page.goto('/desk/leads/?since=always');
    await page
      .getByRole('navigation', { name: 'State' })
      .getByRole('link', { name: /^Answered/ })
      .click();
    const first = await page.locator('ol.ledger .name').allInnerTexts();
    await page.getByRole('link', { name: /^Next/ }).click();
    expect(await page.getByRole('navigation', { name: 'Pages of leads' }).innerText()).toMatch(/^21 to 40 of \d+/);
    const second = await page.locator('ol.ledger .name').allInnerTexts();
    expect(second.filter((name) => first.includes(name) && name.includes('@'))).toEqual([]);
    expect(await page.locator('.state').allInnerTexts()).toEqual(Array.from({ length: 20 }, () => 'ANSWERED'));
    await page.getByLabel('Name, company or address').fill('nobody at all');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('main').innerText()).toContain('Nobody is like that.');
    await page.locator('main').getByRole('link', { name: 'Clear all' }).last().click();
    expect(new URL(page.url()).search).toBe('');
  });

  test('erases a person whose address is typed, and finds them no more', async () => {
    const path = await waits(`${own} Wrack`);
    const page = await atDesk();
    await page.goto(path);
    await page.getByText(`Erase ${own} Wrack…`).click();
    await page.getByLabel('Type the address to go on').fill('somebody@example.org');
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('That is not the address on this file.');
    await page.getByLabel('Type the address to go on').fill(`${own}.wrack@example.org`);
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.waitForURL('**/desk/leads/');
    expect(await status(page)).toMatch(/^Erased, for good\./);
    expect((await page.goto(path))?.status()).toBe(404);
    expect(await page.locator('body').innerText()).not.toContain('Wrack');
  });

  test('reads in the funnel what became of readers, in plots and in numbers', async () => {
    const page = await atDesk();
    await page.goto('/desk/funnel/');
    expect(await heading(page)).toMatch(
      /^Of 100 views \d+ become leads; half of these are answered within \d+ h \d\d min$/,
    );
    const plots = await page
      .getByRole('img')
      .evaluateAll((all) =>
        all.filter((plot) => plot.tagName === 'svg').map((plot) => plot.getAttribute('aria-label') ?? ''),
      );
    expect(plots.filter(Boolean)).toEqual([
      expect.stringMatching(/^Funnel by whitepaper\. Submit/),
      expect.stringMatching(/^Leads by the entry that sent them/),
      expect.stringMatching(/^Median time to first answer/),
      expect.stringMatching(/^Leads of 100 views by source/),
      expect.stringMatching(/^Leads by week/),
    ]);
    const leads = (await page.locator('table').first().locator('tbody tr').nth(2).locator('td').allInnerTexts()).at(-2);
    const all = await page.getByRole('row', { name: /^All/ }).first().locator('td').nth(1).innerText();
    expect(all).toBe(leads);
    await page.locator('select[name=weeks]').selectOption('4');
    await page.locator('select[name=paper]').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('select[name=weeks]').inputValue()).toBe('4');
    expect(await page.locator('table').first().locator('thead th').count()).toBe(3);
  });

  test('reads how many listened, and which episode led to which whitepaper', async () => {
    const page = await atDesk();
    await page.goto('/desk/heard/');
    expect(await heading(page)).toMatch(/^\d+ episodes led to \d+ leads$/);
    expect(await page.locator('main').innerText()).toContain(
      '0 listeners in these weeks: 0 in apps, 0 in a browser, 0 saved it.',
    );
  });
});

test('leads are written as CSV by the filters, and all of a person as JSON', async () => {
  const page = await visit();
  await sitDown(page, petra, visit.served());
  await page.goto('/desk/leads/?since=always&state=won');
  const href = await page.getByRole('link', { name: /as CSV$/ }).getAttribute('href');
  const csv = await page.request.get(href ?? '');
  expect(csv.headers()).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="leads.csv"',
    'cache-control': expect.stringContaining('no-store') as string,
  });
  const lines = (await csv.text()).trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^\u{FEFF}"email","name","company"/u);
  expect(lines.slice(1).every((line) => line.includes('"won"'))).toBe(true);
  await page.locator('ol.ledger .name').first().click();
  const json = await page.request.get((await page.getByRole('link', { name: /JSON$/ }).getAttribute('href')) ?? '');
  expect(json.headers()['content-disposition']).toBe('attachment; filename="person.json"');
  expect(await json.json()).toMatchObject({ person: { email: expect.stringContaining('@example.') as string } });
});

test('a host sees leads that are theirs or nobody’s, and no funnel, CSV or export', async () => {
  const page = await visit();
  await sitDown(page, gus, visit.served());
  await page.goto('/desk/leads/?since=always');
  expect(new Set(await page.locator('ol.ledger .own').allInnerTexts())).toEqual(new Set(['Gus Barnacle (sales)']));
  expect(await page.getByRole('link', { name: /CSV/ }).count()).toBe(0);
  for (const path of ['/desk/funnel/', '/desk/heard/', '/desk/leads.csv'])
    expect([path, (await page.request.get(path)).status()]).toEqual([path, 403]);
  await page.locator('ol.ledger .name').first().click();
  expect(await page.getByText('Export all as JSON').count()).toBe(0);
  const id = new URL(page.url()).searchParams.get('id');
  expect((await page.request.get(`/desk/leads/person.json?id=${id}`)).status()).toBe(403);
});

test('nobody who is not signed in sees a lead, or a line of CSV', async () => {
  const page = await visit();
  for (const path of ['/desk/leads/', '/desk/leads.csv', '/desk/funnel/', await waits('Shut Out')]) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect([path, answer.status(), answer.headers()['location']]).toEqual([path, 303, '/desk/sign-in/']);
  }
});

test('keys lead to the next lead and to its answer', async () => {
  await waits('Keyed Marram');
  const page = await visit();
  await sitDown(page, petra, visit.served());
  await page.goto('/desk/leads/?state=waiting&q=keyed');
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await page.waitForURL('**/desk/leads/lead/**');
  expect(await heading(page)).toContain('Keyed Marram');
  expect(new URL(page.url()).hash).toBe('#answer');
});

test('an empty store says so in words, and draws no plot of nothing', async () => {
  const page = await quiet();
  await sitDown(page, petra, quiet.served());
  await page.goto('/desk/leads/');
  expect(await heading(page)).toBe('No leads here');
  await page.goto('/desk/funnel/');
  expect(await heading(page)).toBe('Nobody came in these weeks');
  await page.goto('/desk/heard/');
  expect(await heading(page)).toBe('No episode led to a whitepaper in these weeks');
});

test.each([
  { in: 'in light on a phone', viewport: phone, colorScheme: 'light' as const },
  { in: 'in dark on a phone', viewport: phone, colorScheme: 'dark' as const },
  { in: 'in light on a desktop', viewport: desktop, colorScheme: 'light' as const },
  { in: 'in dark on a desktop', viewport: desktop, colorScheme: 'dark' as const },
])('axe objects to nothing of leads, $in, and nothing is wider than its place', async ({ viewport, colorScheme }) => {
  const page = await visit({ viewport, colorScheme });
  await sitDown(page, petra, visit.served());
  await page.goto('/desk/leads/?since=always&state=won');
  const record = await page.locator('ol.ledger .name').first().getAttribute('href');
  const paths = [
    ...['/desk/leads/', '/desk/leads/?since=always&newsletter=reads', '/desk/leads/?q=nobody+at+all', record ?? ''],
    ...['/desk/funnel/', '/desk/heard/'],
  ];
  for (const path of paths) {
    await page.goto(path);
    for (const closed of await page.locator('details:not([open]) > summary').all()) await closed.click();
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect([path, found]).toEqual([path, []]);
    expect([path, await overflows(page)]).toEqual([path, []]);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of paths) {
    await page.goto(path);
    expect([path, await overflows(page)]).toEqual([path, []]);
    await spaceText(page);
    expect([path, await overflows(page)]).toEqual([path, []]);
  }
});
