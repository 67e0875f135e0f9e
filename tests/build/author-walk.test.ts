import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { findBrowser, launchBrowser } from '../e2e/browser.ts';
import { folderWith } from '../unit/authoring/content-folder.ts';
import { startDevServer } from './dev-server.ts';

const hasTerminals = spawnSync('python3', ['-c', 'import pty']).status === 0;

const enter = '\r';
/** A space chooses the entry of a list that is marked. */
const choose = ' ';

/** What an author is asked, in this order, and the keys that answer it. */
const answers: readonly (readonly [asked: string, keys: string])[] = [
  ['The recording, if there is one', enter],
  ['Title', `The shared puddle${enter}`],
  ['Slug', enter],
  ['Number', enter],
  ['Published on', enter],
  ['Summary', `Who owns the puddle?${enter}`],
  ['Topics', choose + enter],
  ['The goal that both sides share', enter],
  ['What marketing sees', enter],
  ['What sales sees', enter],
  ['The transcript', enter],
  ['The cover', enter],
];

/** Types at a command on a terminal of its own, and hands back what was on the screen. */
async function typeAt(command: string, folder: string): Promise<string> {
  const run = `stty cols 100 rows 40; exec ${command}`;
  const args = ['-c', 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(["sh", "-c", sys.argv[1]])))'];
  const { VITEST: _, ...variables } = process.env;
  const env = { ...variables, CONTENT_DIR: folder, NOW: '2026-01-15T12:00:00Z', TERM: 'xterm', CI: '' };
  const terminal = spawn('python3', [...args, run], { env });
  onTestFinished(() => void terminal.kill());
  let raw = '';
  for (const stream of [terminal.stdout, terminal.stderr]) stream.on('data', (data) => (raw += data));
  const shown = () => stripVTControlCharacters(raw);
  const ended = once(terminal, 'exit');
  let from = 0;
  for (const [asked, keys] of answers) {
    // What was answered is written again: only what came since the last answer is a question.
    await expect.poll(() => shown().slice(from), { timeout: 15_000 }).toContain(asked);
    from = shown().length;
    terminal.stdin.write(keys);
  }
  const [code] = await ended;
  expect({ code, shown: shown().slice(from) }).toMatchObject({ code: 0 });
  return shown();
}

test.skipIf(!hasTerminals)(
  'who begins an episode at a terminal sees its page in a browser, with its file at the foot (needs python3)',
  async () => {
    const folder = await folderWith({});
    const shown = await typeAt('npm run new -- episode', folder);
    const [, path = ''] = /to see it: npm run dev, then http:\/\/localhost:4321(\S+)/.exec(shown) ?? [];
    expect(path).toBe('/episodes/the-shared-puddle/');
    const file = join(folder, 'episodes/the-shared-puddle/index.mdx');
    expect(await readFile(file, 'utf8')).toContain('summary: Who owns the puddle?');

    const server = await startDevServer(folder, 4392);
    onTestFinished(server.stop);
    const browser = await launchBrowser(await findBrowser());
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(server.address + path);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('The shared puddle');
    const bar = page.locator('d-files-author-bar summary');
    await expect.poll(() => bar.textContent(), { timeout: 15_000 }).toContain('index.mdx · draft · 0 mistakes');
    expect(await bar.textContent()).toContain('episodes/the-shared-puddle/');

    await bar.click();
    await page.getByLabel('Title').fill('The second puddle');
    await page.getByRole('button', { name: 'New episode from this' }).click();
    await page.waitForURL('**/episodes/the-second-puddle/', { timeout: 15_000 });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('The second puddle');
    await expect.poll(() => bar.textContent(), { timeout: 15_000 }).toContain('the-second-puddle/index.mdx · draft');
  },
);
