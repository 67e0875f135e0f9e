import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AxeResults } from 'axe-core';
import Database from 'better-sqlite3';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { linkIn, mailsIn, mailTo } from './mailbox.ts';
import { desktop, phone, useSite } from './site.ts';

const visit = useSite({ FORMS_PER_NETWORK: '10000' });
const limited = useSite({ FORMS_PER_NETWORK: '1' });
/** Its network has used up half of what it may send after two forms. */
const busy = useSite({ FORMS_PER_NETWORK: '4' });
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const landing = '/whitepapers/the-well-lit-pipeline/';
const paper = 'tests/fixtures/series/whitepapers/the-well-lit-pipeline/paper.pdf';
/** A post with a whitepaper under it, and so with two forms. */
const post = '/posts/marketing-qualified-mist/';
const mails = () => visit.served().mails;

const email = (within: Page | Locator) => within.getByLabel('Your e-mail address');
const askForPaper = { name: 'E-mail me the whitepaper' };
const slip = (page: Page) => page.getByRole('region', { name: 'The next file, in your inbox' });

/** Asks for a paper on its landing page, in whatever way the browser does it. */
async function ask(page: Page, address: string, from = landing): Promise<void> {
  await page.goto(from);
  await sendFor(page, address);
}

async function sendFor(page: Page, address: string): Promise<void> {
  const form = page.locator('form').filter({ has: page.getByRole('button', askForPaper) });
  await email(form).fill(address);
  await form.getByRole('button').click();
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
}

/** Follows the mail's link and clicks its one button; gives the page to which that leads. */
async function confirm(page: Page, address: string): Promise<void> {
  const mail = await mailTo(mails(), address, /^Confirm/);
  await page.goto(linkIn(mail, '/confirm/'));
  await page.getByRole('button', { name: /^Confirm and/ }).click();
}

/** A subscriber, and the link to their preferences. */
async function subscriber(page: Page, address: string): Promise<{ preferences: string; unsubscribe: string }> {
  await page.goto('/subscribe/');
  await email(slip(page)).fill(address);
  await slip(page).getByRole('button', { name: 'Subscribe' }).click();
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
  await confirm(page, address);
  await page.getByRole('heading', { name: 'You are on the list' }).waitFor();
  const welcome = await mailTo(mails(), address, /^You are subscribed to/);
  return { preferences: linkIn(welcome, '/preferences/'), unsubscribe: welcome.unsubscribe ?? '' };
}

const stored = <Row>(sql: string, ...values: string[]): Row[] => {
  const database = new Database(join(dirname(mails()), 'd-files.db'), { readonly: true });
  try {
    return database.prepare(sql).all(...values) as Row[];
  } finally {
    database.close();
  }
};

const submissionsOf = (address: string) =>
  stored<{ landing: string; from_entry: string | null; verdict: string }>(
    'SELECT s.landing, s.from_entry, s.verdict FROM submission s JOIN contact c ON c.id = s.contact_id WHERE c.email = ?',
    address,
  );

describe('a whitepaper', () => {
  test('is in the hands of a reader without script after one form and one click', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(landing);
    await email(page).fill('plain@example.com');
    await page.getByLabel('Your name').fill('Plain Reader');
    await page.getByRole('button', askForPaper).click();
    await page.waitForURL('**/forms/inbox/');
    const mail = await mailTo(mails(), 'plain@example.com', /^Confirm and download/);
    await page.goto(linkIn(mail, '/confirm/'));
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Confirm and download' }).click();
    await page.waitForURL('**/download/?token=*');
    expect(await page.getByText(/PDF · 2 pages · \d+ kB/).isVisible()).toBe(true);
    const file = await (await coming).path();
    expect((await readFile(file)).equals(await readFile(paper))).toBe(true);
  });

  test('is asked for in place with script, and the answer has the focus', async () => {
    const page = await visit();
    await page.goto(post);
    await sendFor(page, 'place@example.com');
    expect(new URL(page.url()).pathname).toBe(post);
    const heading = page.getByRole('heading', { name: 'Look in your inbox' });
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    const coming = page.waitForEvent('download');
    await confirm(page, 'place@example.com');
    expect((await readFile(await (await coming).path())).equals(await readFile(paper))).toBe(true);
  });

  test('comes without a second confirmation to one who has confirmed before', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await ask(page, 'twice@example.com');
    const coming = page.waitForEvent('download');
    await confirm(page, 'twice@example.com');
    await coming;
    await ask(page, 'twice@example.com', '/whitepapers/a-short-guide-to-long-foghorns/');
    // Its mail waits for its turn: a quarter of an hour after the first one.
    expect(submissionsOf('twice@example.com').map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
  });

  test('brings the newsletter along where its box was ticked, and only there', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(landing);
    const box = page.getByRole('checkbox');
    expect(await box.isChecked()).toBe(false);
    await box.check();
    await email(page).fill('both@example.com');
    await page.getByRole('button', askForPaper).click();
    await page.waitForURL('**/forms/inbox/');
    const mail = await mailTo(mails(), 'both@example.com', /^Confirm/);
    await page.goto(linkIn(mail, '/confirm/'));
    expect(await page.locator('main').innerText()).toMatch(/asked for The Well-Lit Pipeline.* and the newsletter/);
    await page.getByRole('button', { name: 'Confirm and download' }).click();
    await page.waitForURL('**/download/?token=*');
    await mailTo(mails(), 'both@example.com', /^You are subscribed to/);
  });

  test.each([
    ['the form on a post’s page', post, 'posts/marketing-qualified-mist'],
    [
      'the landing page, reached from an episode',
      `${landing}?from=number-seven-is-inland`,
      'episodes/number-seven-is-inland',
    ],
    ['the landing page, reached on its own', landing, null],
  ])('asked for by %s is counted for what won the reader', async (_, from, entry) => {
    for (const javaScriptEnabled of [true, false]) {
      const address = `won-${javaScriptEnabled}-${entry?.replace('/', '-')}@example.com`;
      await ask(await visit({ javaScriptEnabled }), address, from);
      expect(submissionsOf(address)).toEqual([{ landing, from_entry: entry, verdict: 'accepted' }]);
    }
  });

  test('on a landing page that a link led to is counted for that where the browser sends no Referer', async () => {
    const page = await visit();
    await page.goto(`${landing}?from=number-seven-is-inland`);
    await page.evaluate(() => {
      const none = Object.assign(document.createElement('meta'), { name: 'referrer', content: 'no-referrer' });
      document.head.append(none);
    });
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await sendFor(page, 'private@example.com');
    expect((await (await sent).allHeaders())['referer']).toBeUndefined();
    expect(submissionsOf('private@example.com')).toEqual([
      { landing, from_entry: 'episodes/number-seven-is-inland', verdict: 'accepted' },
    ]);
  });
});

describe('the newsletter', () => {
  test('begins with a click after the mail, and ends with one click of a mail program', async () => {
    const page = await visit({ javaScriptEnabled: false });
    const { preferences, unsubscribe } = await subscriber(page, 'letters@example.com');
    const answer = await page.request.post(unsubscribe, { form: { 'List-Unsubscribe': 'One-Click' }, maxRedirects: 0 });
    expect(answer.status()).toBe(200);
    expect(answer.headers()['content-type']).toMatch(/^text\/plain/);
    await page.goto(preferences);
    expect(await page.getByRole('status').textContent()).toMatch(/does not come to you/);
  });

  test('ends by the link at the foot of a mail with one click, and by nothing less', async () => {
    const page = await visit({ javaScriptEnabled: false });
    const { preferences, unsubscribe } = await subscriber(page, 'leaver@example.com');
    await page.goto(unsubscribe);
    await page.goto(preferences);
    expect(await page.getByRole('status').textContent()).toMatch(/The newsletter comes to you/);
    await page.goto(unsubscribe);
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { name: 'You are off the list' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/forms/unsubscribed/');
  });

  test('is switched off and on again among the preferences, which hide the address', async () => {
    const page = await visit({ javaScriptEnabled: false });
    const { preferences } = await subscriber(page, 'switcher@example.com');
    await page.goto(preferences);
    expect(await page.locator('main').innerText()).toContain('s•••@example.com');
    expect(await page.content()).not.toContain('switcher@');
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('button', { name: 'Subscribe again' }).click();
    await expect.poll(() => page.getByRole('status').textContent()).toMatch(/The newsletter comes to you/);
  });
});

test('a person is erased by the link of a mail that they ask for, after which their links are gone', async () => {
  const page = await visit({ javaScriptEnabled: false });
  const { preferences } = await subscriber(page, 'shredded@example.com');
  await page.goto(preferences);
  const last = page.getByRole('button', { name: 'Mail me the link that erases' });
  expect(await last.isVisible()).toBe(false);
  await page.getByText('Erase me', { exact: true }).click();
  await last.click();
  await page.getByText('A mail is on its way to s•••@example.com.').waitFor();
  expect(stored('SELECT id FROM contact WHERE email = ?', 'shredded@example.com')).toHaveLength(1);
  const mail = await mailTo(mails(), 'shredded@example.com', /^Erase your address/);
  await page.goto(linkIn(mail, '/erase/'));
  await page.getByRole('button', { name: 'Erase all of it, for good' }).click();
  await page.getByRole('heading', { name: 'Your file is shredded' }).waitFor();
  expect(stored('SELECT id FROM contact WHERE email = ?', 'shredded@example.com')).toEqual([]);
  expect((await page.goto(preferences))?.status()).toBe(410);
});

test('scanners that follow the links of a mail change nothing', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await ask(page, 'scanned@example.com');
  const link = linkIn(await mailTo(mails(), 'scanned@example.com', /^Confirm/), '/confirm/');
  for (let i = 0; i < 10; i++) {
    expect((await page.request.get(link)).status()).toBe(200);
    expect((await page.request.head(link)).status()).toBe(200);
  }
  const running = await visit();
  await running.goto(link, { waitUntil: 'networkidle' });
  expect(new URL(running.url()).pathname).toBe('/confirm/');
  const confirmed =
    'SELECT e.id FROM consent_event e JOIN contact c ON c.id = e.contact_id WHERE c.email = ? AND e.action = ?';
  expect(stored(confirmed, 'scanned@example.com', 'confirmed')).toEqual([]);
  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm and download' }).click();
  await page.getByRole('heading', { name: 'Your download starts' }).waitFor();
  expect(stored(confirmed, 'scanned@example.com', 'confirmed')).toHaveLength(1);
});

test('a link that is gone offers a new one', async () => {
  const page = await visit({ javaScriptEnabled: false });
  for (const path of ['/confirm/', '/download/', '/download/file/', '/unsubscribe/', '/preferences/'])
    expect((await page.goto(`${path}?token=nothing.of.ours`))?.status(), path).toBe(410);
  await email(page).fill('nobody-here@example.com');
  await page.getByRole('button', { name: 'Send me a new link' }).click();
  await page.waitForURL('**/forms/inbox/');
});

describe.each([
  { how: 'in place', javaScriptEnabled: true },
  { how: 'without script', javaScriptEnabled: false },
])('a mistake, $how,', ({ javaScriptEnabled }) => {
  test('is told above the form and beside its field, and nothing is lost', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto(landing);
    await email(page).fill('someone@localhost');
    await page.getByLabel('Your name').fill('Some "One" <b>');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', askForPaper).click();
    await page.getByRole('heading', { name: 'Nearly there' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/One thing to fix/);
    expect(await email(page).inputValue()).toBe('someone@localhost');
    expect(await page.getByLabel('Your name').inputValue()).toBe('Some "One" <b>');
    expect(await page.getByRole('checkbox').isChecked()).toBe(true);
    expect(await email(page).getAttribute('aria-invalid')).toBe('true');
    const described = await email(page).getAttribute('aria-describedby');
    const message = await page.locator(`[id="${described}"]`).innerText();
    await page.getByRole('link', { name: message }).click();
    expect(await email(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await email(page).fill(`corrected-${javaScriptEnabled}@example.com`);
    await page.getByRole('button', askForPaper).click();
    await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Nearly there' }).count()).toBe(0);
  });

  test('that is none is taken when it is sent again', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto(post);
    const form = slip(page);
    const address = `${javaScriptEnabled ? 'anna' : 'hanna'}@gmial.com`;
    await email(form).fill(address);
    await form.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { name: 'Nearly there' }).waitFor();
    const again = javaScriptEnabled ? form : page;
    expect(await again.getByText(/Did you mean/).count()).toBeGreaterThan(0);
    await again.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
    expect(submissionsOf(address)).toMatchObject([
      { landing: '/newsletter/', from_entry: 'posts/marketing-qualified-mist' },
    ]);
  });

  test('in one of two forms leaves the other as it was, and no id is there twice', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto(post);
    const offer = page.getByRole('complementary', { name: /^Whitepaper/ });
    await email(offer).fill('someone@localhost');
    await offer.getByRole('button', askForPaper).click();
    await page.getByRole('heading', { name: 'Nearly there' }).waitFor();
    if (javaScriptEnabled) {
      await email(slip(page)).fill('other@localhost');
      await slip(page).getByRole('button', { name: 'Subscribe' }).click();
      await slip(page).getByRole('heading', { name: 'Nearly there' }).waitFor();
      expect(await email(offer).inputValue()).toBe('someone@localhost');
      expect(await email(slip(page)).inputValue()).toBe('other@localhost');
    }
    const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});

describe('in place', () => {
  test('the code comes with the first touch of a form', async () => {
    const page = await visit();
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    await page.goto(landing, { waitUntil: 'networkidle' });
    expect(scripts).toEqual([]);
    const came = page.waitForRequest(/Submission/);
    await email(page).focus();
    await came;
  });

  test('who is faster than the code waits for it on the page', async () => {
    const page = await visit();
    await page.goto(landing);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route(/Submission/, async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest(/Submission/);
    await email(page).fill('fast@example.com');
    await asked;
    await page.getByRole('button', askForPaper).click();
    release();
    await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(landing);
  });

  test('where the code does not come, the answer is a page of its own', async () => {
    const page = await visit();
    await page.route(/Submission/, (route) => route.abort());
    await page.goto(landing);
    await email(page).fill('without-code@example.com');
    await page.getByRole('button', askForPaper).click();
    await page.waitForURL('**/forms/inbox/');
  });

  test('a lost connection is told, and the form is still there to be sent', async () => {
    const page = await visit();
    await page.goto(landing);
    await email(page).fill('tunnel@example.com');
    await page.route('**/forms/whitepaper/', (route) => route.abort());
    await page.getByRole('button', askForPaper).click();
    await page
      .getByRole('alert')
      .getByText(/did not get through/)
      .waitFor();
    expect(await email(page).inputValue()).toBe('tunnel@example.com');
    await page.unroute('**/forms/whitepaper/');
    await page.getByRole('button', askForPaper).click();
    await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
  });

  test('a double click sends once, and the button keeps its size while it does', async () => {
    const page = await visit();
    await page.goto(landing);
    await email(page).fill('eager@example.com');
    let sent = 0;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/forms/whitepaper/', async (route) => {
      sent++;
      await held;
      await route.continue();
    });
    const button = page.getByRole('button', { name: /E-mail me|Sending/ });
    const before = await button.boundingBox();
    await button.click();
    await page.getByText('Sending …').first().waitFor();
    await button.click();
    expect(await button.boundingBox()).toEqual(before);
    release();
    await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
    expect(sent).toBe(1);
  });

  test('a wrong address can be corrected after it was sent', async () => {
    const page = await visit();
    await page.goto(landing);
    await sendFor(page, 'wrnog@example.com');
    await page.getByRole('link', { name: 'Ask once more' }).click();
    expect(await email(page).inputValue()).toBe('wrnog@example.com');
    expect(await email(page).evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

test('who comes with what nobody sees filled in is asked once more, with what was typed, and gets no mail before', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await page.goto(landing);
  const wording = await page.locator('input[name=wording]').inputValue();
  const send = (address: string, website: string) =>
    page.request.post('/forms/whitepaper/', {
      form: { whitepaper: 'the-well-lit-pipeline', email: address, wording, website },
      headers: { Origin: visit.served().origin },
      maxRedirects: 0,
    });
  const machine = await send('machine@example.com', 'https://x.example');
  const person = await send('person@example.com', '');
  expect(machine.status()).toBe(422);
  expect(person.headers()['location']).toBe('/forms/inbox/');
  await mailTo(mails(), 'person@example.com', /^Confirm/);
  expect((await mailsIn(mails())).filter(({ to }) => to === 'machine@example.com')).toEqual([]);

  await page.goto(landing);
  await email(page).fill('manager@example.com');
  await page
    .locator('input[name=website]')
    .first()
    .evaluate((field) => ((field as HTMLInputElement).value = 'x'));
  await page.getByRole('button', askForPaper).click();
  await page.getByText('a password manager may have done that').waitFor();
  expect(await email(page).inputValue()).toBe('manager@example.com');
  await page.getByLabel('I am a person').check();
  await page.getByRole('button', askForPaper).click();
  await page.waitForURL('**/forms/inbox/');
  await mailTo(mails(), 'manager@example.com', /^Confirm/);
});

test.each([true, false])(
  'more forms than are taken are told when to come back (script: %s)',
  async (javaScriptEnabled) => {
    const page = await limited({ javaScriptEnabled });
    await page.request.post('/forms/link/', {
      form: { email: 'a@example.com' },
      headers: { Origin: limited.served().origin },
    });
    await page.goto(landing);
    await email(page).fill('crowd@example.com');
    const answer = page.waitForResponse('**/forms/whitepaper/');
    await page.getByRole('button', askForPaper).click();
    expect((await answer).status()).toBe(429);
    expect(Number((await answer).headers()['retry-after'])).toBeGreaterThan(0);
    await page.getByText(/again in (a|\d+) minutes?/).waitFor();
    // Its form was not read, so it is where its reader left it.
    const back = page.getByRole('link', { name: 'Back to the form' });
    await (javaScriptEnabled ? back.click() : page.goBack());
    expect(await email(page).inputValue()).toBe('crowd@example.com');
  },
);

test('a form from a busy network is taken once its browser has done some work, unseen', async () => {
  const page = await busy();
  const post = { form: { email: 'no address' }, headers: { Origin: busy.served().origin } };
  for (let n = 0; n < 2; n++) await page.request.post('/forms/link/', post);
  await page.goto(landing);
  const statuses: number[] = [];
  page.on('response', (answer) => void (answer.request().method() === 'POST' && statuses.push(answer.status())));
  await sendFor(page, 'busy@example.com');
  expect(statuses).toEqual([429, 303]);
  await mailTo(busy.served().mails, 'busy@example.com', /^Confirm/);
});

test.each([true, false])('what cannot be kept is not thanked for (script: %s)', async (javaScriptEnabled) => {
  const page = await visit({ javaScriptEnabled });
  await page.goto(landing);
  await email(page).fill('unlucky@example.com');
  const database = new Database(join(dirname(mails()), 'd-files.db'));
  try {
    database.exec('BEGIN IMMEDIATE');
    const answer = page.waitForResponse('**/forms/whitepaper/');
    await page.getByRole('button', askForPaper).click();
    expect((await answer).status()).toBe(503);
    await page.getByText(/nothing was lost/).waitFor();
  } finally {
    database.close();
  }
  expect(await email(page).inputValue()).toBe('unlucky@example.com');
  await page.getByRole('button', askForPaper).click();
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
});

test('a form is filled in and sent by the keyboard alone', async () => {
  const page = await visit();
  await page.goto(landing);
  await email(page).focus();
  await page.keyboard.type('keys@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Kay');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Keys Ltd');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await page.getByRole('checkbox').isChecked()).toBe(true);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('E-mail me the whitepaper');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
});

test('the browser itself asks for what is missing', async () => {
  const page = await visit();
  await page.goto(landing);
  await page.getByRole('button', askForPaper).click();
  expect(await email(page).evaluate((input: HTMLInputElement) => input.validity.valueMissing)).toBe(true);
  expect(await email(page).evaluate((element) => element === document.activeElement)).toBe(true);
});

describe.each([
  { in: 'in light on a phone', viewport: phone, colorScheme: 'light' },
  { in: 'in dark on a phone', viewport: phone, colorScheme: 'dark' },
  { in: 'in light on a desktop', viewport: desktop, colorScheme: 'light' },
  { in: 'in dark on a desktop', viewport: desktop, colorScheme: 'dark' },
] as const)('$in', ({ viewport, colorScheme }) => {
  const name = `look-${viewport.width}-${colorScheme}@example.com`;

  async function isSound(page: Page): Promise<void> {
    const at = page.url();
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      at,
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(viewport.width);
    const targets = page
      .locator('main')
      .locator(
        'form :is(button, input:not([type=checkbox], [type=radio]), label:has([type=checkbox], [type=radio])), summary',
      );
    for (const target of await targets.filter({ visible: true }).all())
      expect((await target.boundingBox())?.height, at).toBeGreaterThanOrEqual(43.9);
  }

  test.each(['/', post, '/episodes/keeping-the-keepers/', landing, '/subscribe/'])(
    'the forms of %s are sound',
    async (path) => {
      const page = await visit({ viewport, colorScheme });
      await page.goto(path);
      await isSound(page);
    },
  );

  test.each(['/forms/inbox/', '/forms/confirmed/', '/forms/unsubscribed/', '/forms/erased/'])(
    '%s is sound',
    async (path) => {
      const page = await visit({ viewport, colorScheme });
      await page.goto(path);
      await isSound(page);
    },
  );

  test('the pages behind the links of mails are sound, and so are answers', async () => {
    const page = await visit({ viewport, colorScheme });
    await page.goto('/confirm/?token=gone');
    await isSound(page);
    await page.goto(landing);
    await email(page).fill('someone@localhost');
    await page.getByRole('button', askForPaper).click();
    await page.getByRole('heading', { name: 'Nearly there' }).waitFor();
    await isSound(page);
    const plain = await visit({ viewport, colorScheme, javaScriptEnabled: false });
    await plain.goto(landing);
    await email(plain).fill('someone@localhost');
    await plain.getByRole('button', askForPaper).click();
    await plain.getByRole('heading', { name: 'Nearly there' }).waitFor();
    await email(plain).fill(name);
    await plain.getByRole('checkbox').check();
    await plain.getByRole('button', askForPaper).click();
    await page.goto(linkIn(await mailTo(mails(), name, /^Confirm/), '/confirm/'));
    await isSound(page);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Confirm and download' }).click();
    await coming;
    await page.getByRole('heading', { name: 'Your download starts' }).waitFor();
    await isSound(page);
    const welcome = await mailTo(mails(), name, /^You are subscribed to/);
    await page.goto(welcome.unsubscribe ?? '');
    await isSound(page);
    await page.goto(linkIn(welcome, '/preferences/'));
    await page.getByText('Erase me', { exact: true }).click();
    await isSound(page);
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByText('Saved.').waitFor();
    await isSound(page);
  });
});
