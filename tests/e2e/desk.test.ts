import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '#capture/store/adapters/sqlite.ts';
import {
  commentRow,
  consentEventRow,
  contactRow,
  insertRows,
  leadRow,
  outboxRow,
  questionRow,
  submissionRow,
} from '../capture/rows.ts';
import { freePort } from '../free-port.ts';
import { ask } from '../server/served.ts';
import { findBrowser, launchBrowser } from './browser.ts';
import { mailsIn } from './mailbox.ts';
import { overflows } from './overflow.ts';
import { desktop, phone, serveFixture, useSite } from './site.ts';
import { spaceText } from './text-spacing.ts';

const people = { owner: 'petra@example.com', host: 'gus@example.com', moderator: 'mo@example.com' };
/** Somebody is sent five links in a quarter of an hour: each test has an owner of its own. */
const owners = Array.from({ length: 20 }, (_, i) => `owner-${i}@example.com`);
const OWNERS = [
  ...[`${people.owner} owner:petra-plimsoll`, `${people.host} host:gus-barnacle`, `${people.moderator} moderator`],
  ...owners,
].join(', ');
let asked = 0;
const anOwner = () => owners[asked++ % owners.length] ?? '';
const visit = useSite({ OWNERS, FORMS_PER_NETWORK: '10000', ANSWER_WITHIN: '6' });
const quiet = useSite({ OWNERS, FORMS_PER_NETWORK: '10000' });
const closed = useSite();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** What axe objects to. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

let fills = 0;

/** Puts into the store of a running server what a busy week leaves; what readers said has waited longer than that of the last time. */
async function fill(mails: string, name: string): Promise<void> {
  const store = openSqlite(join(dirname(mails), 'd-files.db'));
  const hour = 60 * 60_000;
  const now = Date.now();
  const waited = (3 + 10 * fills++) * hour;
  const waits = [27.2, 5.5, 0.6].map((hours, i) => {
    const email = `lead-${i}-${name}@example.com`;
    return {
      contact: contactRow(email, { name: ['Isla Cormorant', 'Agnes Bell', null][i] ?? null }),
      at: now - hours * hour,
    };
  });
  const dora = contactRow(`dora-${name}@example.com`, { name: 'Dora Skerry' });
  await insertRows(store, 'contact', [...waits.map(({ contact }) => contact), dora]);
  await insertRows(
    store,
    'submission',
    waits.map(({ contact, at }) =>
      submissionRow({ contactId: contact.id, asset: 'the-well-lit-pipeline', at: Math.floor(at) }),
    ),
  );
  await insertRows(
    store,
    'lead',
    waits.map(({ contact, at }) => leadRow(contact.id, { askedAt: Math.floor(at), asset: 'the-well-lit-pipeline' })),
  );
  await insertRows(
    store,
    'consentEvent',
    waits.map(({ contact, at }) => consentEventRow(contact.id, { action: 'confirmed', at: Math.floor(at) })),
  );
  const said = { contactId: dora.id, entry: 'episodes/the-customer-who-came-too-close', at: now - waited };
  await insertRows(store, 'comment', [
    commentRow({ ...said, name: `Dora of ${name}`, confirmedAt: now - waited, changedAt: now - waited }),
    commentRow({
      ...{ ...said, name: `Beacons of ${name}`, body: 'Cheap beacons: https://beacons.example/deal' },
      ...{ reasons: '["links"]', confirmedAt: now - waited + hour, changedAt: now - waited + hour },
    }),
  ]);
  await insertRows(store, 'question', [
    questionRow(dora.id, { at: now - hour, confirmedAt: now - hour, changedAt: now - hour }),
  ]);
  await insertRows(store, 'outbox', [
    outboxRow({ state: 'dead', attempts: 9, lastError: '452 mailbox full', contactId: dora.id, runAt: now - hour }),
  ]);
  await store.close();
}

/** Asks for a link as this person, and opens it in the same browser. */
async function askToSignIn(page: Page, email: string, mails: string): Promise<string> {
  const before = new Set((await mailsIn(mails)).flatMap(({ links }) => links));
  await page.goto('/desk/');
  await page.getByLabel('Your e-mail address').fill(email);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
  let link: string | undefined;
  await expect
    .poll(
      async () => {
        const to = (await mailsIn(mails)).filter((mail) => mail.to === email && mail.subject.startsWith('Sign in'));
        return (link = to
          .flatMap(({ links }) => links)
          .find((each) => each.includes('/desk/confirm/') && !before.has(each)));
      },
      { timeout: 20_000 },
    )
    .toBeDefined();
  return link ?? '';
}

async function signIn(page: Page, email: string, mails: string): Promise<void> {
  await page.goto(await askToSignIn(page, email, mails));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/desk/');
}

const mails = () => visit.served().mails;

beforeAll(async () => {
  await mkdir(mails(), { recursive: true });
  await fill(mails(), 'the first');
});

describe.each([
  { with: 'without script on a phone', options: { javaScriptEnabled: false, viewport: phone } },
  { with: 'with script on a desktop', options: { viewport: desktop } },
])('$with an owner', ({ with: how, options }) => {
  const name = how.startsWith('without') ? 'plain' : 'script';

  test('signs in by a mail, sees who waits, decides on a comment, and signs out', async () => {
    await fill(mails(), name);
    const page = await visit(options);
    const owner = anOwner();
    const link = await askToSignIn(page, owner, mails());
    await page.goto(link);
    expect(await page.locator('main').innerText()).toContain(`As ${owner}, owner.`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/desk/');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(
      /people wait for a first answer, .* too long$/,
    );
    const first = page.locator('ol.ledger li').first();
    expect(await first.innerText()).toMatch(/27 h \d\d min\s+late[^]*Isla Cormorant/);

    const row = page.getByRole('listitem').filter({ has: page.getByText(`Dora of ${name}`, { exact: true }) });
    await row.getByRole('button', { name: `Approve: Dora of ${name}`, exact: true }).click();
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').innerText()).toBe(`Dora of ${name}: approved. The next build shows it.`);
    expect(await row.count()).toBe(0);
    expect(page.url()).toMatch(/\/desk\/#[cq]-/);
    await page.goto('/desk/');
    expect(await page.getByRole('status').count()).toBe(0);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/desk/sign-in/');
    await page.goto('/desk/');
    expect(new URL(page.url()).pathname).toBe('/desk/sign-in/');
    expect((await page.goto(link))?.status()).toBe(410);
  });

  test('retries a mail that failed, and finds it in what was done', async () => {
    await fill(mails(), `${name} again`);
    const page = await visit(options);
    await signIn(page, anOwner(), mails());
    await page.getByRole('navigation', { name: 'Rooms of the desk' }).getByRole('link', { name: 'System' }).click();
    await page.getByRole('button', { name: 'Discard: confirmation to d•••@example.com' }).first().click();
    expect(await page.getByRole('status').innerText()).toBe('It is discarded.');
    expect(await page.locator('table.words').innerText()).toMatch(
      /owner-\d+@example\.com\s+discarded mail [\da-f-]{36}/,
    );
  });

  test('is told where another decided first, and overwrites nothing', async () => {
    await fill(mails(), `${name} once more`);
    const [page, other] = [await visit(options), await visit(options)];
    await signIn(page, anOwner(), mails());
    await signIn(other, people.moderator, mails());
    const button = `Dora of ${name} once more`;
    await other.getByRole('button', { name: `Reject: ${button}`, exact: true }).click();
    await other.getByRole('status').waitFor();
    await page.getByRole('button', { name: `Approve: ${button}`, exact: true }).click();
    const box = page.getByRole('alert').filter({ hasText: 'Somebody was here before you' });
    expect(await box.innerText()).toContain(`${button} was rejected (${people.moderator}) before you decided.`);
    await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('sees where they are signed in, and signs the other browser out', async () => {
    const [page, other] = [await visit(options), await visit(options)];
    await signIn(other, people.host, mails());
    await signIn(page, people.host, mails());
    await page.getByRole('link', { name: 'Your sign-in' }).click();
    await page.getByRole('button', { name: 'Sign out all others' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('You are signed in here alone');
    await other.goto('/desk/');
    expect(new URL(other.url()).pathname).toBe('/desk/sign-in/');
  });
});

test('a link that was asked for in one browser opens nothing in another, and says what to do', async () => {
  const [page, other] = [await visit(), await visit()];
  const link = await askToSignIn(page, anOwner(), mails());
  const answer = await other.goto(link);
  expect(answer?.status()).toBe(410);
  expect(await other.locator('main').innerText()).toContain('only in the browser that asked for it');
  await page.goto(link);
  expect(await page.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(true);
});

test('whoever asks sees the same page, and a stranger is sent nothing', async () => {
  const page = await visit();
  const shown: string[] = [];
  for (const email of [people.owner, 'stranger@example.com']) {
    await page.goto('/desk/sign-in/');
    await page.getByLabel('Your e-mail address').fill(email);
    await page.getByRole('button', { name: 'Mail me a link' }).click();
    await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
    shown.push(await page.locator('main').innerText());
  }
  expect(shown[1]).toBe(shown[0]);
  expect((await mailsIn(mails())).filter(({ to }) => to === 'stranger@example.com')).toEqual([]);
});

test('a moderator finds what readers wrote and no other room, and is shut out of an owner’s page', async () => {
  const page = await visit();
  await signIn(page, people.moderator, mails());
  expect(await page.getByRole('navigation', { name: 'Rooms of the desk' }).getByRole('link').allInnerTexts()).toEqual([
    expect.stringMatching(/^Today/),
    expect.stringMatching(/^Conversation/),
  ]);
  expect(await page.locator('main').innerText()).not.toMatch(/Isla|lead-|Mail that failed/);
  const answer = await page.goto('/desk/system/');
  expect(answer?.status()).toBe(403);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('This is not for you to see');
});

test('cookies of the desk are for no script and no other site', async () => {
  const page = await visit();
  await signIn(page, anOwner(), mails());
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name)).toEqual(['desk-session']);
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('nobody waits on a quiet morning, and the page says so and little else', async () => {
  const page = await quiet();
  await signIn(page, people.owner, quiet.served().mails);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Nobody waits');
  expect(await page.locator('h2, ol').count()).toBe(0);
  expect(await page.locator('dl').innerText()).toMatch(/^due[^]*built\s+today/);
});

test('without owners there is no desk', async () => {
  const page = await closed();
  for (const path of ['/desk/', '/desk/sign-in/', '/desk/system/']) expect((await page.goto(path))?.status()).toBe(404);
});

test('keys go through the lists and act, until they are switched off', async () => {
  await fill(mails(), 'the keys');
  const page = await visit();
  await signIn(page, anOwner(), mails());
  const rows = page.locator('[data-row]');
  const focused = () => rows.evaluateAll((all) => all.findIndex((row) => row === document.activeElement));
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect(await focused()).toBe(1);
  await page.keyboard.press('k');
  expect(await focused()).toBe(0);
  const row = rows.filter({ hasText: 'Beacons of the keys' });
  await row.focus();
  await page.keyboard.press('r');
  await page.getByText('Beacons of the keys: rejected. It is not shown.').waitFor();

  await page.getByRole('checkbox', { name: /Keys in lists/ }).uncheck();
  await page.reload();
  await rows.filter({ hasText: 'Dora of the keys' }).focus();
  const before = await focused();
  for (const key of ['j', 'k', 'a', 'r']) await page.keyboard.press(key);
  expect(await focused()).toBe(before);
  expect(await page.getByRole('checkbox', { name: /Keys in lists/ }).isChecked()).toBe(false);
});

test.each([
  { in: 'in light on a phone', viewport: phone, colorScheme: 'light' as const },
  { in: 'in dark on a phone', viewport: phone, colorScheme: 'dark' as const },
  { in: 'in light on a desktop', viewport: desktop, colorScheme: 'light' as const },
  { in: 'in dark on a desktop', viewport: desktop, colorScheme: 'dark' as const },
])(
  'axe objects to nothing of the desk, $in, and nothing is wider than its place',
  async ({ viewport, colorScheme }) => {
    const page = await visit({ viewport, colorScheme });
    const look = async (path?: string) => {
      if (path) await page.goto(path);
      expect([page.url(), await objections(page)]).toEqual([page.url(), []]);
      expect([page.url(), await overflows(page)]).toEqual([page.url(), []]);
    };
    await look('/desk/sign-in/');
    await look('/desk/sign-in/?mailed');
    const link = await askToSignIn(page, anOwner(), mails());
    await look(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/desk/');
    for (const path of ['/desk/', '/desk/system/', '/desk/you/', '/desk/confirm/?token=x']) await look(path);
    await page.setViewportSize({ width: 320, height: 700 });
    for (const path of ['/desk/', '/desk/system/', '/desk/you/']) {
      await page.goto(path);
      expect([path, await overflows(page)]).toEqual([path, []]);
      await spaceText(page);
      expect([path, await overflows(page)]).toEqual([path, []]);
    }
  },
);

test('a passkey is added at the desk, and signs in without a mail', async () => {
  const port = await freePort();
  // Passkeys belong to a name, not to an address of numbers.
  const origin = `http://localhost:${port}`;
  const site = await serveFixture({ OWNERS, PORT: String(port), HOST: 'localhost', SITE_URL: origin });
  const browser = await launchBrowser(await findBrowser());
  onTestFinished(async () => {
    await browser.close();
    await site.stop();
    await rm(site.mails, { recursive: true, force: true });
  });
  const context = await browser.newContext({ baseURL: origin });
  const page = await context.newPage();
  const device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await signIn(page, people.host, site.mails);
  await page.goto('/desk/you/');
  await page.getByLabel('What do you call it?').fill('My phone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('status').waitFor();
  expect(await page.getByRole('status').innerText()).toMatch(/^The passkey is added/);
  expect(await page.locator('main').innerText()).toContain('My phone');
  // The device has one for this owner, and makes no second one.
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('This device may have one for you already.').waitFor();

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('**/desk/sign-in/');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL('**/desk/');
  expect(await page.locator('footer').innerText()).toContain('Gus Barnacle, host.');
  await page.goto('/desk/you/');
  expect(await page.locator('main').innerText()).toMatch(/by passkey, today/);
  await page.getByRole('button', { name: 'Remove the passkey My phone' }).click();
  expect(await page.locator('main').innerText()).not.toContain('My phone');
});

test('over https the cookies of the desk are bound to its host, by their names too', async () => {
  const site = await serveFixture({
    ...{ OWNERS, SITE_URL: 'https://lighthouse.example.com', SECRET: 'a secret of more than thirty-two characters' },
    ...{ MAIL_DIR: join(dirname(mails()), 'mails-of-https'), NODE_ENV: 'production' },
  });
  onTestFinished(() => site.stop());
  const served = { port: Number(new URL(site.origin).port) };
  const asking = (cookie = '') => ({
    method: 'POST',
    headers: { Origin: 'https://lighthouse.example.com', ...(cookie && { Cookie: cookie }) },
    body: `email=${encodeURIComponent(people.owner)}`,
  });
  const { status, headers } = await ask(served, '/desk/sign-in/', asking());
  expect([status, headers.location]).toEqual([303, '/desk/sign-in/?mailed']);
  expect(headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-desk-browser=[\w-]{43}; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ]);
  // One without the prefix may be of a neighbour's making: it is not read.
  const planted = 'p'.repeat(43);
  const again = await ask(served, '/desk/sign-in/', asking(`desk-browser=${planted}`));
  expect(again.headers['set-cookie']?.join()).not.toContain(planted);
});
