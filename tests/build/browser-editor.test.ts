import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { slugFor } from '#authoring/slug.ts';
import { findBrowser, launchBrowser } from '../e2e/browser.ts';
import { findFirefox, launchFirefox } from '../e2e/puppeteer.ts';
import { build } from '../fixture-site.ts';
import { folderWith } from '../unit/authoring/content-folder.ts';
import { startDevServer } from './dev-server.ts';

const output = 'node_modules/.cache/editor-site';
const now = '2026-01-15T12:00:00Z';

const episode = `---
title: "The first file" # As they say it.
number: 11
publishedAt: 2026-01-05T09:00:00-05:00
summary: It says.
---

<Callout kind="note">

A note.

</Callout>

A {1 + 1} text.
`;

const post = `---
title: A post
publishedAt: 2026-01-05
summary: It says.
---

A text.
`;

/** The editor on the folder of a server, in a browser that is asked what it requested. */
async function openEditor(address: string): Promise<{ page: Page; requested: string[]; complaints: string[] }> {
  const browser = await launchBrowser(await findBrowser());
  onTestFinished(() => browser.close());
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const [requested, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  await page.goto(`${address}/edit/`);
  return { page, requested, complaints };
}

/** A field is put into the page when it comes into sight. */
async function field(page: Page, name: string) {
  const found = page.getByRole('group', { name: new RegExp(`^“.?${name}.?” Field$`) });
  await page.mouse.move(300, 500);
  await expect
    .poll(
      async () => {
        if ((await found.count()) === 0) await page.mouse.wheel(0, 500);
        return found.count();
      },
      { timeout: 20_000, interval: 150 },
    )
    .toBe(1);
  // An editor that has just been opened may put its fields into the page anew.
  const isSeen = () =>
    found.scrollIntoViewIfNeeded({ timeout: 1000 }).then(
      () => true,
      () => false,
    );
  await expect.poll(isSeen, { timeout: 20_000 }).toBe(true);
  return found;
}

const fill = async (page: Page, name: string, text: string) =>
  (await field(page, name)).locator('input, textarea').last().fill(text);

/** To a text's Markdown, and from it. */
const switchMode = (text: Locator) => text.getByRole('button', { name: 'Edit in Markdown' }).first().click();

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

test('an author without a terminal changes an episode, adds one with a cover, and both are built', async () => {
  const folder = await folderWith({ 'episodes/first-file/index.mdx': episode });
  const server = await startDevServer(folder, 4395);
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= server.stop());
  onTestFinished(stop);
  const { page, requested, complaints } = await openEditor(server.address);
  const read = (file: string) => readFile(join(folder, file), 'utf8').catch(() => '');

  await page.getByText('The first file', { exact: true }).first().click({ timeout: 30_000 });
  await fill(page, 'Title', 'The first file, again');
  const text = await field(page, 'Text');
  await switchMode(text);
  const markdown = text.locator('textarea').last();
  await markdown.fill(`${await markdown.inputValue()}\n\nA paragraph more.`);
  await save(page);
  const expected = episode.replace('"The first file" # As they say it.', 'The first file, again');
  await expect.poll(() => read('episodes/first-file/index.mdx')).toBe(`${expected}\nA paragraph more.\n`);

  // It closes the editor by itself.
  await page.getByRole('button', { name: 'Create New Entry' }).click();
  await fill(page, 'Title', 'Größe & cows');
  await fill(page, 'Number', '12');
  await fill(page, 'Published at', '2026-01-10');
  await fill(page, 'Summary', 'It says more.');
  await (await field(page, 'Text')).locator('.lexical-root').click();
  await page.keyboard.type('What it is about.');
  await (await field(page, 'Cover')).getByRole('checkbox').click();
  const cover = await sharp({ create: { width: 1600, height: 900, channels: 3, background: '#b33' } })
    .png()
    .toBuffer();
  await (
    await field(page, 'Picture')
  )
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'cows.png', mimeType: 'image/png', buffer: cover });
  await fill(page, 'What it shows', 'A red wall');
  await save(page);
  await expect.poll(() => existsSync(join(folder, 'episodes/grosse-cows/index.mdx'))).toBe(true);
  expect(await read('episodes/grosse-cows/index.mdx')).toBe(
    '---\ntitle: Größe & cows\nnumber: 12\npublishedAt: 2026-01-10\nsummary: It says more.\n' +
      'cover:\n  src: ./cows.png\n  alt: A red wall\n---\n\nWhat it is about.\n',
  );
  expect(await readdir(join(folder, 'episodes/grosse-cows'))).toEqual(['cows.png', 'index.mdx']);
  expect(requested.filter((url) => !url.startsWith(server.address) && !/^(?:blob|data):/.test(url))).toEqual([]);
  expect(complaints).toEqual([]);
  await stop();

  const env = { ...process.env, CONTENT_DIR: folder, NOW: now };
  await promisify(execFile)(process.execPath, ['src/cli/content.ts'], { env });
  onTestFinished(() => rm(output, { recursive: true, force: true }));
  const { code, output: said } = await build({ CONTENT_DIR: folder, NOW: now }, output);
  expect(code, said).toBe(0);
  const built = (file: string) => readFile(join(output, 'client/episodes', file), 'utf8');
  expect(await built('first-file/index.html')).toContain('The first file, again</h1>');
  expect(await built('grosse-cows/index.html')).toContain('alt="A red wall"');
  // Nobody asked for it: a built site has nothing of the editor.
  expect(existsSync(join(output, 'client/edit'))).toBe(false);
  expect(existsSync(join(output, 'client/_astro/editor'))).toBe(false);
}, 240_000);

test('what was changed on the disk since it was opened is not written over, and lines keep their ends', async () => {
  const folder = await folderWith({ 'posts/a-post/index.mdx': post.replaceAll('\n', '\r\n') });
  const file = join(folder, 'posts/a-post/index.mdx');
  const read = () => readFile(file, 'utf8');
  const server = await startDevServer(folder, 4398);
  onTestFinished(() => server.stop());
  const { page } = await openEditor(server.address);
  await page.getByText('Episodes').first().waitFor({ timeout: 30_000 });
  const open = () => page.goto(`${server.address}/edit/#/collections/posts/entries/a-post/index`);
  await open();
  for (const title of ['Mine', 'Mine too']) {
    await fill(page, 'Title', title);
    await save(page);
    await expect.poll(read).toBe(post.replace('A post', title).replaceAll('\n', '\r\n'));
    await page.getByRole('button', { name: 'Create New Entry' }).waitFor();
    await open();
  }
  await fill(page, 'Title', 'Mine as well');
  await writeFile(file, post.replace('A post', 'Theirs'));
  await save(page);
  await page.getByRole('alertdialog').getByText('changed or deleted by somebody else').waitFor();
  expect(await read()).toContain('title: Theirs');
}, 120_000);

test.skipIf(findFirefox() === undefined)(
  'an author saves a change in Firefox',
  async () => {
    const folder = await folderWith({ 'posts/a-post/index.mdx': post });
    const server = await startDevServer(folder, 4399);
    onTestFinished(() => server.stop());
    const browser = await launchFirefox(findFirefox()!);
    onTestFinished(() => browser.close());
    const complaints: string[] = [];
    const { open, ask, type } = await browser.openWindow(server.address, (complaint) => complaints.push(complaint));
    await open(`${server.address}/edit/`);
    await expect.poll(() => ask(() => document.body.innerText), { timeout: 30_000 }).toContain('Episodes');
    await open(`${server.address}/edit/#/collections/posts/entries/a-post/index`);
    const focusTitle = () => {
      const title = document.querySelector<HTMLInputElement>('[data-key-path="title"] input');
      title?.select();
      return title?.value;
    };
    await expect.poll(() => ask(focusTitle), { timeout: 20_000 }).toBe('A post');
    await type('Mine');
    await ask(() => [...document.querySelectorAll('button')].find((each) => each.innerText.trim() === 'Save')?.click());
    await expect
      .poll(() => readFile(join(folder, 'posts/a-post/index.mdx'), 'utf8'))
      .toBe(post.replace('A post', 'Mine'));
    expect(complaints).toEqual([]);
  },
  120_000,
);

test('a new entry has the slug that the commands would give it', async () => {
  const server = await startDevServer(await folderWith({}), 4397);
  onTestFinished(() => server.stop());
  const { page } = await openEditor(server.address);
  await page.getByText('Episodes').first().waitFor({ timeout: 30_000 });
  await page.goto(`${server.address}/edit/#/collections/posts/new`);
  const titles = [
    ...[
      "It's a Café!",
      'Größe, Łódź & Ærø',
      'Version 2.0_beta ~ now',
      'A/B tests',
      'Don’t “quote” me…',
      'ﬁne ½',
      'İstanbul',
    ],
    ...['x'.repeat(100), '100 %', 'C++ & C#', '{{title}}', ' -- dashes – and — more -- '],
  ];
  await page.getByRole('radio', { name: 'Slug' }).click({ timeout: 30_000 });
  const slug = page.getByRole('textbox', { name: 'Slug' });
  for (const title of titles) {
    await fill(page, 'Title', title);
    await expect.poll(() => slug.textContent(), { message: title }).toBe(slugFor(title));
  }
}, 120_000);

/** What a text may have beside plain paragraphs, in other ways than an editor would write it. */
const oddText = `export const fog = 3 * 4;

A first line
and a second one, *emphasis* and __strong__ with \`code\`, {fog * 2} and a note[^1].

{/* A comment * of ours. */}

* one
* two

| Ship | Leads |
|------|------:|
| *Gus* | 2 |

<Callout kind="note">

A note with **bold** and __more__.

</Callout>

<Callout kind={'warning'}>

Words.

</Callout>

One<br />two, <kbd>Ctrl</kbd>, snake_case_word, 2 * 3 * 4, [ref][r].

1) one
2) two

***

\`\`\`js title="a.js"
const a = { b: '*' };
\`\`\`

[r]: https://example.com 'A title'

[^1]: The note.

    Its second paragraph.

Last words.
`;

test('a text that is edited without its marks keeps the lines that were not touched', async () => {
  const entry = post.replace('A text.\n', oddText);
  const folder = await folderWith({ 'posts/odd/index.mdx': entry });
  const server = await startDevServer(folder, 4396);
  onTestFinished(() => server.stop());
  const { page } = await openEditor(server.address);
  await page.getByText('The first', { exact: false }).first().or(page.getByText('Episodes').first()).waitFor();
  await page.goto(`${server.address}/edit/#/collections/posts/entries/odd/index`);
  const text = await field(page, 'Text');
  await text.locator('.lexical-root').first().getByText('Last words.').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' Really.');
  await save(page);
  const read = () => readFile(join(folder, 'posts/odd/index.mdx'), 'utf8');
  await expect.poll(read).not.toBe(entry);
  expect(await read()).toBe(entry.replace('Last words.', 'Last words. Really.'));
}, 120_000);
