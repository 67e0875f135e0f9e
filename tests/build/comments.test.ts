import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkIn, mailTo } from '../e2e/mailbox.ts';
import { freePort } from '../free-port.ts';
import { ProjectCopy } from './project-copy.ts';

const minutes = 60_000;
// Node takes no TypeScript from below node_modules, which a build asks it for where there is a store.
const project = new ProjectCopy(join(tmpdir(), `d-files-copy-${process.pid}`));
const episode = '/episodes/the-customer-who-came-too-close/';

let kept: string;
let origin: string;
let server: ChildProcess;
let log = '';

/** A server that builds by itself beside what it serves, as an owner would leave it running. */
beforeAll(async () => {
  kept = await mkdtemp(join(tmpdir(), 'd-files-'));
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

const send = (path: string, fields: Record<string, string>) =>
  fetch(origin + path, {
    method: 'POST',
    headers: { Origin: origin, Referer: `${origin}${episode}` },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
const text = async (path: string) => (await fetch(origin + path)).text();
const isShown = async () => (await text(episode)).includes('slates.example');
const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? '';
const built = async () =>
  (JSON.parse(await readFile(join(project.root, 'dist/gated/site.json'), 'utf8')) as { commentsVersion?: number })
    .commentsVersion;

test(
  'a comment stands on the page, in its feed and on cards after a yes, and is gone from all when it is deleted',
  async () => {
    await listens();
    const words = 'The <b>customer</b> was right: https://slates.example/why';
    const fields = {
      entry: episode.slice(1, -1),
      name: 'Dora',
      email: 'dora@example.com',
      body: words,
      moment: '12:30',
    };
    expect((await send('/forms/comment/', fields)).status).toBe(303);
    const own = tokenOf(linkIn(await mailTo(join(kept, 'mail'), 'dora@example.com', /^Confirm/), '/comment/'));
    expect((await send('/comment/', { token: own })).status).toBe(303);
    const news = await mailTo(join(kept, 'mail'), 'keeper@example.com', /^1 comment waits/);
    const token = tokenOf(linkIn(news, '/decision/'));
    const [, seen = ''] = /name="seen" value="(\d+)"/.exec(await text(`/decision/?token=${token}`)) ?? [];
    expect(await isShown()).toBe(false);
    expect((await send('/decision/', { token, decision: 'approve', seen })).status).toBe(200);

    await expect.poll(isShown, { timeout: 3 * minutes, interval: 500 }).toBe(true);
    const page = await text(episode);
    expect(page).toContain('The &lt;b&gt;customer&lt;/b&gt; was right');
    expect(page).toContain('rel="ugc nofollow noreferrer"');
    expect(page).toMatch(/href="[^"]*\?t=750"/);
    expect(page).toContain('"commentCount":1');
    expect(await text(`${episode}comments.xml`)).toContain('slates.example/why');
    expect(await text('/rss.xml')).toContain('<slash:comments>1</slash:comments>');
    expect(await text('/episodes/')).toContain('1 comment');

    const before = await built();
    expect((await send('/comment/', { token: own, do: 'delete' })).status).toBe(303);
    await expect.poll(isShown, { timeout: 3 * minutes, interval: 500 }).toBe(false);
    expect(await built()).not.toBe(before);
    expect((await fetch(`${origin}${episode}comments.xml`)).status).toBe(404);
    for (const path of ['/rss.xml', '/episodes/']) expect(await text(path)).not.toMatch(/slash:comments>1|1 comment/);
    expect(log.match(/Comments have changed: the site is built anew/g)).toHaveLength(2);
  },
  8 * minutes,
);

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
      await promisify(execFile)(process.execPath, ['src/cli/comments.ts', 'import', archive], {
        cwd: project.root,
        env: { ...process.env, ...project.env, DIST_DIR: 'dist' },
      });
      return project.build();
    };
    await builtWith(comment);
    const unchanged = await project.build();
    expect(unchanged.rendered).not.toContain(episode);
    const { rendered } = await builtWith(comment, { ...comment, name: 'Dora', body: 'Another one.' });
    const news = rendered.filter((address) => !unchanged.rendered.includes(address));
    expect(news).toEqual(expect.arrayContaining([episode, `${episode}comments.xml`, '/rss.xml', '/podcast.xml']));
    for (const address of news) {
      const file = address.endsWith('/') ? `${address}index.html` : address;
      expect(await readFile(join(project.root, 'dist/client', file), 'utf8'), address).toContain(episode);
    }
    const files = await project.files();
    expect(files).toEqual(await project.cleanFiles());
  },
  8 * minutes,
);
