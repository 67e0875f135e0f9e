import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { linkIn, mailTo } from './mailbox.ts';
import { desktop, phone, useSite } from './site.ts';

const visit = useSite({ FORMS_PER_NETWORK: '10000' });
/** One of its own: the owner is mailed once in five minutes at most. */
const moderated = useSite();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const mails = () => visit.served().mails;

/** An episode of almost 26 minutes. */
const episode = '/episodes/the-customer-who-came-too-close/';
const post = '/posts/words-for-fog/';

const commentForm = (page: Page) => page.locator('form[action="/forms/comment/"]');
const questionForm = (page: Page) => page.locator('form[action="/forms/question/"]');

async function fill(form: Locator, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields))
    await form.getByLabel(label, { exact: false }).first().fill(value);
}

const written = (address: string, more: Record<string, string> = {}) => ({
  'Your name': 'Dora Skerry',
  'Your e-mail address': address,
  'Your comment': `This is what I think of it, said by ${address}.`,
  ...more,
});

/** Sends a comment, and opens its page by the link of the mail. */
async function sendComment(
  page: Page,
  address: string,
  more: Record<string, string> = {},
  folder = mails(),
): Promise<void> {
  await page.goto(episode);
  await fill(commentForm(page), written(address, more));
  await commentForm(page).getByRole('button').click();
  await page.getByRole('heading', { name: 'One more click' }).waitFor();
  await page.goto(linkIn(await mailTo(folder, address, /^Confirm your comment on/), '/comment/'));
}

async function confirmed(page: Page, address: string, more: Record<string, string> = {}): Promise<void> {
  await sendComment(page, address, more);
  await page.getByRole('button', { name: 'Send my comment' }).click();
  await page.getByRole('heading', { name: 'Thank you. A host will read it' }).waitFor();
}

/** What axe objects to. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe.each([
  { with: 'without script on a phone', options: { javaScriptEnabled: false, viewport: phone } },
  { with: 'with script on a desktop', options: { viewport: desktop } },
])('$with a reader', ({ with: how, options }) => {
  const as = (name: string) => `${name}-${how.startsWith('without') ? 'plain' : 'script'}@example.com`;

  test('comments, confirms it by the mail, edits it and deletes it for good', async () => {
    const page = await visit(options);
    await confirmed(page, as('dora'), { 'At a moment of the episode': '12:30' });
    const own = page.url();
    expect(await page.locator('main').innerText()).toContain('at 12:30');
    expect(await page.locator('main').innerText()).toMatch(/You may edit it until \d\d:\d\d/);
    await page.getByRole('link', { name: 'Edit it' }).click();
    await page.getByLabel('Your comment').fill('I have thought again.');
    await page.getByRole('button', { name: 'Keep my changes' }).click();
    await page.getByText('Your changes are kept.').waitFor();
    expect(await page.locator('main').innerText()).toContain('I have thought again.');
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.getByRole('heading', { name: 'Your comment is deleted' }).waitFor();
    expect((await page.goto(own))?.status()).toBe(410);
  });

  test('finds all that they typed again where something of it was wrong', async () => {
    const page = await visit(options);
    await page.goto(episode);
    await fill(commentForm(page), written(as('ned'), { 'At a moment of the episode': '42:10' }));
    await commentForm(page).getByRole('checkbox').check();
    await commentForm(page).getByRole('button').click();
    await page.getByText('One thing to').waitFor();
    const again = commentForm(page);
    expect(await again.getByLabel('Your comment').inputValue()).toContain(as('ned'));
    expect(await again.getByLabel('Your name').inputValue()).toBe('Dora Skerry');
    expect(await again.getByRole('checkbox').isChecked()).toBe(true);
    const moment = again.getByLabel('At a moment of the episode');
    expect(await moment.inputValue()).toBe('42:10');
    expect(await moment.getAttribute('aria-invalid')).toBe('true');
    const notes = (await moment.getAttribute('aria-describedby'))?.split(' ') ?? [];
    expect(notes).toHaveLength(2);
    for (const note of notes) expect(await page.locator(`#${note}`).count(), note).toBe(1);
    await moment.fill('');
    await again.getByRole('button').click();
    await page.getByRole('heading', { name: 'One more click' }).waitFor();
  });

  test('finds all that waits for them by the one mail that came, and sends what they choose by one click', async () => {
    const page = await visit(options);
    await sendComment(page, as('sam'));
    const link = page.url();
    await page.goto(episode);
    await fill(commentForm(page), written(as('sam'), { 'Your comment': 'And another thing.' }));
    await commentForm(page).getByRole('button').click();
    await page.getByRole('heading', { name: 'One more click' }).waitFor();
    await page.goto(post);
    const asked = { 'Your question': 'Whose oar was it?', 'Your e-mail address': as('sam') };
    await fill(questionForm(page), asked);
    await questionForm(page).getByRole('button').click();
    await page.getByRole('heading', { name: 'One more click' }).waitFor();

    await page.goto(link);
    await page.getByRole('heading', { name: 'Send these to the hosts?' }).waitFor();
    const boxes = page.getByRole('checkbox');
    expect(await boxes.count()).toBe(3);
    for (const box of await boxes.all()) expect(await box.isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: 'Send this question' }).uncheck();
    await page.getByRole('button', { name: 'Send what is ticked' }).click();
    await page.getByRole('heading', { name: 'Thank you. A host will read it' }).waitFor();
    await page.getByRole('link', { name: '1 text under your address waits' }).click();
    const still = page.getByRole('region', { name: 'Still to send' });
    await still.getByText('Whose oar was it?').waitFor();
    await still.getByRole('button', { name: 'Send my question' }).click();
    await still.waitFor({ state: 'detached' });

    const others = page.getByRole('region', { name: 'What else you wrote here' });
    await others.getByRole('link', { name: 'Whose oar was it?' }).waitFor();
    await others.getByText('A question, with the hosts').waitFor();
    await others.getByRole('link', { name: 'And another thing.' }).click();
    await page.getByRole('link', { name: 'Edit it' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('And another thing.');
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.getByRole('heading', { name: 'Your comment is deleted' }).waitFor();
    await page.goto(link);
    expect(await page.locator('main').innerText()).not.toContain('And another thing.');
  });

  test('asks the hosts, and hears that it came', async () => {
    const page = await visit(options);
    await page.goto(post);
    const form = questionForm(page);
    await form.getByLabel('Petra Plimsoll').check();
    await fill(form, { 'Your question': 'Whose boat was it?', 'Your e-mail address': as('quentin') });
    await form.getByLabel('may quote my question').check();
    await form.getByRole('button').click();
    await page.getByRole('heading', { name: 'One more click' }).waitFor();
    await page.goto(linkIn(await mailTo(mails(), as('quentin'), /^Confirm your question to/), '/question/'));
    expect(await page.locator('main').innerText()).toContain('Whose boat was it?');
    await page.getByRole('button', { name: 'Send my question' }).click();
    await page.getByRole('heading', { name: 'Your question is with the hosts' }).waitFor();
    await mailTo(mails(), as('quentin'), /^Your question to .* has arrived$/);
  });
});

/** The page at an address in a browser with script, in dark on a desktop. */
async function scripted(address: string): Promise<Page> {
  const page = await moderated({ colorScheme: 'dark', viewport: desktop });
  await page.goto(address);
  return page;
}

test('an owner decides by a mail once, and readers reply to what is approved, without script', async () => {
  const page = await moderated({ javaScriptEnabled: false, viewport: phone });
  const folder = moderated.served().mails;
  await sendComment(page, 'dora@example.com', {}, folder);
  const id = new URL(page.url()).searchParams.get('token')?.split('.')[0] ?? '';
  await page.getByRole('button', { name: 'Send my comment' }).click();
  const link = linkIn(await mailTo(folder, 'keeper@example.com', /^1 comment waits on/), '/decision/');
  await page.goto(link);
  expect(await page.locator('main').innerText()).toContain('the first comment of this person');
  expect(await objections(await scripted(page.url()))).toEqual([]);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('It is approved').waitFor();
  expect(page.url()).not.toContain('token');
  await page.goto(link);
  await page.getByRole('heading', { name: 'It is decided already' }).waitFor();
  expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  expect(await objections(await scripted(page.url()))).toEqual([]);

  const withScript = await scripted(`/forms/comment/?reply=${id}`);
  expect(await objections(withScript)).toEqual([]);
  const wrong = { 'Your reply': 'Ours.', 'At a moment of the episode': '99:00' };
  await fill(commentForm(withScript), { 'Your name': 'Ned', 'Your e-mail address': 'ned@example.com', ...wrong });
  await commentForm(withScript).getByRole('button').click();
  await withScript.getByText('One thing to').waitFor();
  // What is replied to stands beside the form once, also where the answer is shown in its place.
  expect(await withScript.getByText('This is what I think of it').count()).toBe(1);

  await page.goto(`/forms/comment/?reply=${id}`);
  await page.getByRole('heading', { name: 'Reply to Dora Skerry' }).waitFor();
  const form = commentForm(page);
  await fill(form, { 'Your name': 'Ned', 'Your e-mail address': 'ned@example.com', 'Your reply': 'It was ours.' });
  await form.getByRole('button').click();
  await page.getByRole('heading', { name: 'One more click' }).waitFor();
  await page.goto(linkIn(await mailTo(folder, 'ned@example.com', /^Confirm your comment on/), '/comment/'));
  await page.getByRole('button', { name: 'Send my reply' }).click();
  await page.getByRole('heading', { name: 'Thank you. A host will read it' }).waitFor();
});

test('a comment on a post names no moment', async () => {
  const page = await visit();
  await page.goto(post);
  expect(await commentForm(page).getByLabel('At a moment').count()).toBe(0);
});

test('the page of a comment that is not published leads nobody to a reply', async () => {
  const page = await visit();
  const response = await page.goto('/forms/comment/?reply=018f0000-0000-7000-8000-000000000001');
  expect(response?.status()).toBe(410);
  await page.getByRole('heading', { name: 'This comment is not here any more' }).waitFor();
});

test.each([...['/comment/', '/question/', '/decision/'].map((path) => [path])])(
  '%s answers a link that was tampered with as one that has ended',
  async (path) => {
    const page = await visit();
    expect((await page.goto(`${path}?token=018f.x.y`))?.status()).toBe(410);
  },
);

describe.each([
  { in: 'in light on a phone', viewport: phone, colorScheme: 'light' },
  { in: 'in dark on a desktop', viewport: desktop, colorScheme: 'dark' },
] as const)('$in axe objects to nothing', ({ in: how, viewport, colorScheme }) => {
  test('on the pages of a comment', async () => {
    const page = await visit({ viewport, colorScheme });
    const address = `axe-${how.replaceAll(' ', '-')}@example.com`;
    await sendComment(page, address);
    expect(await objections(page)).toEqual([]);
    const own = page.url();
    await page.goto('/ask/');
    await fill(questionForm(page), { 'Your question': 'Whose oar was it?', 'Your e-mail address': address });
    await questionForm(page).getByRole('button').click();
    await page.getByRole('heading', { name: 'One more click' }).waitFor();
    expect(await objections(page)).toEqual([]);
    await page.goto(own);
    expect(await objections(page)).toEqual([]);
    await page.getByRole('checkbox', { name: 'Send this question' }).uncheck();
    await page.getByRole('button', { name: 'Send what is ticked' }).click();
    await page.getByRole('region', { name: 'Still to send' }).getByRole('button').click();
    await page.getByRole('region', { name: 'What else you wrote here' }).getByRole('link').click();
    await page.getByRole('heading', { name: 'Your question is with the hosts' }).waitFor();
    expect(await objections(page)).toEqual([]);
    await page.goto(own);
    expect(await objections(page)).toEqual([]);
    await page.getByRole('link', { name: 'Edit it' }).click();
    await page.getByRole('button', { name: 'Keep my changes' }).waitFor();
    expect(await objections(page)).toEqual([]);
  });

  test('in a form that was refused', async () => {
    const page = await visit({ viewport, colorScheme, javaScriptEnabled: true });
    await page.goto(episode);
    await fill(commentForm(page), written('nobody@example.com', { 'At a moment of the episode': '99:00' }));
    await commentForm(page).getByRole('button').click();
    await page.getByText('One thing to').waitFor();
    expect(await objections(page)).toEqual([]);
  });

  test('on the page where questions are asked, and where replies end and links lead nowhere', async () => {
    const page = await visit({ viewport, colorScheme });
    for (const path of [
      '/ask/',
      '/replies/?token=x',
      '/replies/?token=x&ended',
      '/decision/?token=x',
      '/comment/?token=x',
    ]) {
      await page.goto(path);
      expect(await objections(page), path).toEqual([]);
    }
  });
});
