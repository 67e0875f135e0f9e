import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { preferencesToken } from '#capture/store/link-tokens.ts';
import { commentRow, contactRow, insertRows, insertSubscribers, questionRow } from '../capture/rows.ts';
import { sitDown, withStoreOf } from './at-desk.ts';
import { mailsIn } from './mailbox.ts';
import { overflows } from './overflow.ts';
import { desktop, phone, useSite } from './site.ts';

const petra = 'petra@example.com';
const OWNERS = `${petra} owner:petra-plimsoll, gus@example.com host:gus-barnacle, mo@example.com moderator`;
const visit = useSite({ OWNERS, FORMS_PER_NETWORK: '10000' });
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const readers = 3;
/** Who opens a link is not tried here. */
const secrets = [{ id: 'k', key: 'a secret of tests, which nobody signs with' }];

beforeAll(() => withStoreOf(visit.served(), (store) => insertSubscribers(store, readers, secrets)));

/** Somebody who wrote a comment and asked a question, both of which wait. */
async function says(name: string): Promise<void> {
  const at = Date.now() - 60 * 60_000;
  const contact = contactRow(`${name.toLowerCase().replaceAll(' ', '.')}@example.org`, { name });
  const times = { at, confirmedAt: at, changedAt: at };
  await withStoreOf(visit.served(), async (store) => {
    await insertRows(store, 'contact', [contact]);
    await insertRows(store, 'token', [preferencesToken(contact.id, secrets)]);
    await insertRows(store, 'comment', [
      commentRow({
        ...{ ...times, contactId: contact.id, entry: 'episodes/the-customer-who-came-too-close', name },
        body: 'Ours fell in at the same place, and nobody heard of it for a week.',
      }),
    ]);
    await insertRows(store, 'question', [questionRow(contact.id, { ...times, firstName: name })]);
  });
}

const said = (page: Page) => page.getByRole('status').innerText();
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();

describe.each([
  {
    with: 'without script on a phone',
    options: { javaScriptEnabled: false, viewport: phone },
    entry: 'minutes-of-the-meeting-on-meetings',
  },
  { with: 'with script on a desktop', options: { viewport: desktop }, entry: 'what-the-word-pipeline-means' },
])('$with an owner', ({ with: how, options, entry }) => {
  const own = how.startsWith('without') ? 'Plain' : 'Scripted';
  const atDesk = async (who = petra) => {
    const page = await visit(options);
    await sitDown(page, who, visit.served());
    return page;
  };

  test('shortens a comment, approves it and replies as a host', async () => {
    const name = `${own} Tern`;
    await says(name);
    const page = await atDesk();
    await page.goto('/desk/conversation/');
    await page.getByRole('link', { name: `Open: ${name}` }).click();
    expect(await heading(page)).toBe(`What ${name} wrote waits`);
    const rest = page.getByLabel(/^What stays/);
    await rest.fill('Ours never fell in.');
    await page.getByRole('button', { name: 'Shorten' }).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Only leave words out/ })
      .click();
    expect(new URL(page.url()).hash).toBe('#shorter');
    expect(await rest.inputValue()).toBe('Ours never fell in.');
    await rest.fill('Ours fell in […]');
    await page.getByRole('button', { name: 'Shorten' }).click();
    await expect.poll(() => said(page)).toBe(`${name}: shortened. Its page says so.`);
    await page.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => said(page)).toBe(`${name}: approved. The next build shows it.`);
    await page.locator('#host').selectOption({ label: 'Gus Barnacle' });
    await page.getByLabel('Your reply').fill('Guilty.');
    await page.getByRole('button', { name: 'Publish the reply' }).click();
    await expect.poll(() => said(page)).toBe('Published as Gus Barnacle. The next build shows it.');
    await page.goto('/desk/conversation/?list=approved');
    expect(await page.getByText('Guilty.').first().isVisible()).toBe(true);
  });

  test('answers a question, and the answer goes out', async () => {
    const name = `${own} Puffin`;
    await says(name);
    const page = await atDesk('gus@example.com');
    await page.goto('/desk/conversation/?list=questions');
    await page.getByRole('link', { name: `Answer: ${name}` }).click();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.getByRole('alert').getByText('Write an answer, or choose the entry that has it.').waitFor();
    await page.getByLabel(/^Your answer/).fill('The keeper does, and nobody thanks her.');
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect.poll(() => said(page)).toBe('Answered. The mail goes out at once.');
    expect(await page.getByRole('heading', { name: 'The answer' }).isVisible()).toBe(true);
    const to = `${own.toLowerCase()}.puffin@example.org`;
    await expect
      .poll(async () => (await mailsIn(visit.served().mails)).filter((mail) => mail.to === to).length, {
        timeout: 20_000,
      })
      .toBe(1);
  });

  test('writes an issue, tries it, plans it, takes that back, and sends it', async () => {
    const page = await atDesk();
    const mailsTo = async (who: RegExp, subject: string) =>
      (await mailsIn(visit.served().mails)).filter((mail) => who.test(mail.to) && mail.subject === subject).length;
    const subject = `A word from ${own}`;
    await page.goto(`/desk/newsletter/issue/?id=posts/${entry}`);
    expect(await page.locator('p.sum').innerText()).toMatch(/^not sent\./);
    await page.getByLabel(/^Subject/).fill(subject);
    await page.getByLabel(/^Opening/).fill('Dear reader,\n\nit is foggy.');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect.poll(() => said(page)).toBe('Kept.');
    expect(await page.getByRole('region', { name: 'The mail, as text' }).innerText()).toContain('it is foggy.');
    await page.getByRole('button', { name: 'Send a test to me' }).click();
    await expect.poll(() => mailsTo(/^petra@/, `[Test] ${subject}`), { timeout: 20_000 }).toBe(1);
    await page.getByLabel(/^When/).fill('2031-01-01T09:00');
    await page.getByRole('button', { name: /^Send to 3 people/ }).click();
    await expect.poll(() => said(page)).toMatch(/^Planned/);
    expect(await page.locator('p.sum').innerText()).toMatch(/^planned for 1 January 2031/);
    await page.getByRole('button', { name: 'Take the plan back' }).click();
    await expect.poll(() => said(page)).toBe('It stays here until you send it.');
    await page.getByRole('button', { name: /^Send to 3 people/ }).click();
    await expect.poll(() => said(page)).toBe('It goes out now.');
    await expect.poll(() => mailsTo(/^reader-/, subject), { timeout: 20_000 }).toBe(readers);
    await page.goto('/desk/newsletter/');
    expect(await page.locator('main').innerText()).toMatch(new RegExp(`${subject}\\s+post · sent to 3, today`));
  });
});

test('two owners who answer the same question are told of each other', async () => {
  await says('Both Gannets');
  const pages = await Promise.all(
    [petra, 'gus@example.com'].map(async (who) => {
      const page = await visit();
      await sitDown(page, who, visit.served());
      await page.goto('/desk/conversation/?list=questions');
      await page.getByRole('link', { name: 'Answer: Both Gannets' }).click();
      await page.getByLabel(/^Your answer/).fill(`It is ${who}.`);
      return page;
    }),
  );
  await pages[0]?.getByRole('button', { name: 'Answer', exact: true }).click();
  await pages[0]?.getByRole('status').waitFor();
  await pages[1]?.getByRole('button', { name: 'Answer', exact: true }).click();
  const box = pages[1]?.getByRole('alert');
  expect(await box?.innerText()).toMatch(
    /Somebody was here before you\s+The question was answered \(petra@example\.com\)/,
  );
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each([
    ['a phone', phone],
    ['a desktop', desktop],
  ])('axe has nothing against the rooms on %s, and nothing is wider than the screen', async (_, viewport) => {
    await says(`Axel ${colorScheme} ${viewport.width}`);
    const page = await visit({ colorScheme, viewport });
    await sitDown(page, petra, visit.served());
    await page.goto('/desk/conversation/');
    const comment = await page
      .getByRole('link', { name: /^Open: / })
      .first()
      .getAttribute('href');
    await page.goto('/desk/conversation/?list=questions');
    const question = await page
      .getByRole('link', { name: /^Answer: / })
      .first()
      .getAttribute('href');
    for (const path of [
      ...['/desk/conversation/', '/desk/conversation/?list=questions', comment ?? '', question ?? ''],
      ...['/desk/newsletter/', '/desk/newsletter/issue/?id=episodes/keeping-the-keepers'],
    ]) {
      await page.goto(path);
      await page.evaluate(axe);
      const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect([path, found, await overflows(page)]).toEqual([path, [], []]);
    }
  });
});
