import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser, launchBrowser } from '../e2e/browser.ts';
import { linkIn, mailsIn, mailTo } from '../e2e/mailbox.ts';
import { desktop, phone } from '../e2e/site.ts';
import { freePort } from '../free-port.ts';
import { ProjectCopy } from './project-copy.ts';
import { fileAt } from './site-in.ts';

const minutes = 60_000;
// Node takes no TypeScript from below node_modules, which a build asks it for where there is a store.
const project = new ProjectCopy(join(tmpdir(), `d-files-copy-${process.pid}`));
const episode = '/episodes/the-customer-who-came-too-close/';

let kept: string;
let origin: string;
let server: ChildProcess;
let browser: Browser;
let log = '';

/** A server that builds by itself beside what it serves, as an owner would leave it running. */
beforeAll(async () => {
  kept = await mkdtemp(join(tmpdir(), 'd-files-'));
  browser = await findBrowser().then(launchBrowser);
  origin = `http://127.0.0.1:${await freePort()}`;
  await project.make();
  project.env = { ...project.env, VAR_DIR: kept, SITE_URL: origin };
  // The server's clock is the real one, by which everything of the fixture was published long ago.
  delete project.env['NOW'];
  await project.build();
  server = spawn(process.execPath, ['src/server/main.ts', '--rebuild'], {
    cwd: project.root,
    env: { ...process.env, ...project.env, DIST_DIR: 'dist', HOST: '127.0.0.1', PORT: new URL(origin).port },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()));
}, 3 * minutes);

afterAll(async () => {
  await browser?.close();
  await stop();
  await rm(kept, { recursive: true, force: true });
  await project.delete();
});

const listens = () => expect.poll(() => log, { timeout: minutes / 2 }).toContain('The site is at');

async function stop(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
}

const text = async (path: string) => (await fetch(origin + path)).text();
const mails = () => join(kept, 'mail');
const built = async () =>
  (JSON.parse(await readFile(join(project.root, 'dist/gated/site.json'), 'utf8')) as { commentsVersion?: number })
    .commentsVersion;

/** Runs a command of the owner beside the server. */
const command = (...values: string[]) =>
  promisify(execFile)(process.execPath, ['src/cli/comments.ts', ...values], {
    cwd: project.root,
    env: { ...process.env, ...project.env, DIST_DIR: 'dist' },
  });

/** Fills in the form of a comment or reply on the page that is open, sends it, and confirms it by its mail. */
async function write(
  page: Page,
  fields: Record<string, string>,
  replies = false,
): Promise<{ id: string; own: string }> {
  const form = page.locator('form[action="/forms/comment/"]');
  for (const [label, value] of Object.entries(fields)) await form.getByLabel(label).fill(value);
  if (replies) await form.getByRole('checkbox').check();
  await form.getByRole('button').click();
  await page.getByRole('heading', { name: 'One more click' }).waitFor();
  const own = linkIn(
    await mailTo(mails(), fields['Your e-mail address'] ?? '', /^Confirm your comment on/),
    '/comment/',
  );
  await page.goto(own);
  await page.getByRole('button', { name: /^Send my/ }).click();
  await page.getByRole('heading', { name: 'Thank you. A host will read it' }).waitFor();
  return { own, id: new URL(own).searchParams.get('token')?.split('.')[0] ?? '' };
}

/** Reloads a page until it shows a text, or does so no more, as it was built anew. */
const comesTo = (page: Page, path: string, words: string, isThere: boolean) =>
  expect
    .poll(
      async () => {
        await page.goto(origin + path);
        return (await page.locator('main').innerText()).includes(words);
      },
      { timeout: 4 * minutes, interval: 1000 },
    )
    .toBe(isThere);

async function remove(page: Page, own: string): Promise<void> {
  await page.goto(own);
  await page.getByRole('button', { name: 'Delete it for good' }).click();
  await page.getByRole('heading', { name: 'Your comment is deleted' }).waitFor();
}

describe.each([
  { with: 'without script on a phone', options: { javaScriptEnabled: false, viewport: phone } },
  { with: 'with script on a desktop', options: { viewport: desktop } },
])('$with a comment', ({ with: how, options }) => {
  const name = how.startsWith('without') ? 'plain' : 'script';
  const as = (who: string) => `${who}-${name}@example.com`;
  const words = `The <b>customer</b> was right: https://slates.example/${name}`;

  test(
    'stands on the page, in its feed and on cards after a yes, is replied to, and is gone from all once it is deleted',
    async () => {
      await listens();
      const context = await browser.newContext({ ...options, baseURL: origin });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      await page.goto(episode);
      const dora = { 'Your name': 'Dora Skerry', 'Your e-mail address': as('dora') };
      const comment = await write(
        page,
        { ...dora, 'Your comment': words, 'At a moment of the episode': '12:30' },
        true,
      );
      await page.goto(episode);
      expect(await page.locator('main').innerText()).not.toContain(words);
      await command('approve', comment.id, '--seen', '2');

      await comesTo(page, episode, `The <b>customer</b> was right: slates.example/${name}`, true);
      const said = page.locator(`#comment-${comment.id}`);
      expect(await said.getByRole('link', { name: 'at 12:30' }).getAttribute('href')).toContain('?t=750');
      expect(await said.getByRole('link', { name: 'slates.example' }).getAttribute('rel')).toBe(
        'ugc nofollow noreferrer',
      );
      expect(await page.getByRole('heading', { name: 'Comments 1' }).count()).toBe(1);
      expect(await text(episode)).toContain('"commentCount":1');
      expect(await text(`${episode}comments.xml`)).toContain(`slates.example/${name}`);
      expect(await text('/rss.xml')).toContain('<slash:comments>1</slash:comments>');
      await page.goto('/episodes/');
      expect(await page.getByText('1 comment').count()).toBe(1);

      await page.goto(episode);
      await page.getByRole('link', { name: 'Reply to Dora Skerry' }).click();
      const ned = { 'Your name': 'Ned', 'Your e-mail address': as('ned') };
      const reply = await write(page, { ...ned, 'Your reply': 'It was ours.' });
      await command('approve', reply.id, '--seen', '2');
      const news = await mailTo(mails(), as('dora'), /^Someone replied to you on/);
      expect(news.text).toContain('It was ours.');
      await comesTo(page, episode, 'It was ours.', true);
      await page.goto(linkIn(news, episode));
      expect(await page.locator(`#comment-${reply.id}`).innerText()).toContain('It was ours.');
      expect(await page.locator(':target').innerText()).toContain('It was ours.');

      await page.goto(linkIn(news, '/replies/'));
      await page.getByRole('button', { name: 'End these mails' }).click();
      await page.getByRole('heading', { name: 'No more mails about replies', exact: true }).waitFor();
      await page.goto(`/forms/comment/?reply=${comment.id}`);
      const cy = { 'Your name': 'Cy', 'Your e-mail address': as('cy') };
      const second = await write(page, { ...cy, 'Your reply': 'It was nobody’s.' });
      await command('approve', second.id, '--seen', '2');
      await comesTo(page, episode, 'It was nobody’s.', true);
      const toDora = (await mailsIn(mails())).filter(({ to }) => to === as('dora'));
      expect(toDora.map(({ subject }) => subject)).toHaveLength(2);

      const before = await built();
      for (const { own } of [second, reply, comment]) await remove(page, own);
      await comesTo(page, episode, 'Nobody has commented yet.', true);
      expect(await built()).not.toBe(before);
      expect(await text(episode)).not.toMatch(/slates\.example|It was|"commentCount":[1-9]/);
      expect((await fetch(`${origin}${episode}comments.xml`)).status).toBe(404);
      for (const path of ['/rss.xml', '/episodes/']) expect(await text(path)).not.toMatch(/slash:comments>1|1 comment/);
    },
    12 * minutes,
  );
});

test(
  'a comment has rendered what shows it and nothing else, as a clean build would make it',
  async () => {
    await listens();
    // Two builds of one project at once would share what they keep.
    await stop();
    const archive = join(kept, 'archive.json');
    const comment = { entry: episode.slice(1, -1), name: 'Ned', body: 'Of old.', at: '2025-03-01T10:00:00Z' };
    const builtWith = async (...comments: (typeof comment)[]) => {
      await writeFile(archive, JSON.stringify(comments));
      await command('import', archive);
      return project.build();
    };
    await builtWith(comment);
    const unchanged = await project.build();
    expect(unchanged.rendered).not.toContain(episode);
    const { rendered } = await builtWith(comment, { ...comment, name: 'Dora', body: 'Another one.' });
    const news = rendered.filter((address) => !unchanged.rendered.includes(address));
    expect(news).toEqual(expect.arrayContaining([episode, `${episode}comments.xml`, '/rss.xml', '/podcast.xml']));
    for (const address of news) {
      const file = fileAt(address);
      expect(await readFile(join(project.root, 'dist/client', file), 'utf8'), address).toContain(episode);
    }
    const files = await project.files();
    expect(files).toEqual(await project.cleanFiles());
  },
  8 * minutes,
);
