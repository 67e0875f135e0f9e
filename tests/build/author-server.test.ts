import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { folderWith } from '../unit/authoring/content-folder.ts';
import { type DevServer, startDevServer } from './dev-server.ts';

let folder: string;
let address: string;
let server: DevServer;

/** What `npm run dev` has printed. */
const said = () => server.said();

beforeEach(async () => {
  folder = await folderWith({ 'pages/note.mdx': note('It was so.') });
  server = await startDevServer(folder, 4391);
  ({ address } = server);
});

afterEach(() => server.stop());

const note = (body: string, title = 'A note') => `---\ntitle: ${title}\nsummary: It says.\n---\n\n${body}\n`;

const save = (body: string, title?: string) => writeFile(join(folder, 'pages/note.mdx'), note(body, title));

const page = async (path = '/note/') => (await fetch(address + path)).text();

/** A page in a browser: it is loaded again when the server says so, and shows errors over itself. */
async function openPage(): Promise<{ shown: string; errors: string[] }> {
  const client = await (await fetch(`${address}/@vite/client`)).text();
  const token = /wsToken = "([^"]+)"/.exec(client)?.[1] ?? '';
  const open = { shown: await page(), errors: [] as string[] };
  const socket = new WebSocket(`${address.replace('http', 'ws')}/?token=${token}`, 'vite-hmr');
  socket.addEventListener('message', async ({ data }) => {
    const { type, err } = JSON.parse(String(data)) as { type: string; err?: { message: string } };
    // The server may be gone when a test ends.
    if (type === 'full-reload') open.shown = await page().catch(() => open.shown);
    if (err) open.errors.push(err.message);
  });
  await once(socket, 'open');
  onTestFinished(() => socket.close());
  return open;
}

test('a save shows in the open page, and so does a new picture', async () => {
  const open = await openPage();
  expect(open.shown).toContain('It was so.');
  await save('It is so.', 'Another note');
  await expect.poll(() => open.shown, { timeout: 10_000 }).toContain('It is so.');
  expect(open.shown).toContain('Another note</h1>');

  await writeFile(join(folder, 'pages/mark.svg'), await readFile('public/mark.svg'));
  await save('See ![the mark](./mark.svg).');
  await expect.poll(() => open.shown, { timeout: 10_000 }).toMatch(/<img[^>]+mark\.svg[^>]+alt="the mark"/);
});

test('a mistake is told in the terminal, over the page, and where the page would be; the rest is shown', async () => {
  expect(await page()).toContain('It was so.');
  await save('It is so.\n\n<Exchange>\n');
  await expect.poll(said, { timeout: 10_000 }).toContain('One mistake in the content. The rest is shown.');
  expect(said()).toMatch(/in +\S*pages\/note\.mdx:8$/m);

  const { shown, errors } = await openPage();
  await expect.poll(() => errors.join('\n')).toContain('nothing closes <Exchange>');
  expect(shown).toContain('One mistake keeps this page from being shown');
  expect(shown).toMatch(/<dt>in<\/dt><dd>\S*pages\/note\.mdx:8<\/dd>/);
  expect(shown).toContain('nothing closes &lt;Exchange>');
  expect(said()).not.toMatch(/^ +at /m);
  expect(await page('/posts/')).toContain('<h1');

  await save('It is so.');
  await expect.poll(() => page(), { timeout: 10_000 }).toContain('It is so.');
  await expect.poll(said).toContain('All is right again');
});

test('an entry whose fields are wrong, and a file in the wrong place, are told at their own addresses', async () => {
  await writeFile(join(folder, 'pages/note.mdx'), '---\ntitle: 3\nsumary: It says.\n---\n\nIt is so.\n');
  await writeFile(join(folder, 'pages/other.md'), note('Here.'));
  await expect.poll(() => page(), { timeout: 10_000 }).toContain('2 mistakes keep this page from being shown');
  expect(await page('/other/')).toContain('No entry is read from this file');
  expect((await fetch(`${address}/nowhere/`)).status).toBe(404);
});

test('a show that is not right is told on every page', async () => {
  const file = join(folder, 'show.yaml');
  const show = await readFile(file, 'utf8');
  await writeFile(file, show.replace(/^title:/m, 'titel_of_it:'));
  await expect.poll(said, { timeout: 10_000 }).toContain('2 mistakes in the content.');
  expect(await page('/posts/')).toContain('2 mistakes keep this page from being shown');
  expect(await page()).toContain('titel_of_it');
  expect(said()).not.toMatch(/^ +at /m);
  await writeFile(file, show);
  await expect.poll(() => page(), { timeout: 10_000 }).toContain('It was so.');
});

test('an old address leads on as soon as it is written, with its query', async () => {
  const old = async (path: string) => {
    const { status, headers } = await fetch(address + path, { redirect: 'manual' });
    return [status, headers.get('location')];
  };
  expect(await old('/2025/02/pipeline?from=x')).toEqual([302, '/posts/the-dry-pipeline/?from=x']);
  const text = note('It was so.').replace('summary:', "aliases: [/Old/Note.html, '/?p=12', /caf%C3%A9]\nsummary:");
  await writeFile(join(folder, 'pages/note.mdx'), text);
  await expect.poll(() => old('/old/note.html'), { timeout: 10_000 }).toEqual([302, '/note/']);
  expect(await old('/?lang=de&p=12')).toEqual([302, '/note/']);
  expect(await old('/cafe%CC%81/')).toEqual([302, '/note/']);
  expect((await old('/?p=13'))[0]).toBe(200);
});

test('a film beside any entry is served', async () => {
  const film = await readFile('tests/fixtures/series/posts/words-for-fog/the beam.mp4');
  await writeFile(join(folder, 'pages/the beam.mp4'), film);
  await save('<Video title="The beam" src="./the beam.mp4" />');
  await expect.poll(() => page(), { timeout: 20_000 }).toContain('src="/note/the%20beam.mp4"');
  const served = await fetch(`${address}/note/the%20beam.mp4`);
  expect(Buffer.from(await served.arrayBuffer()).equals(film)).toBe(true);
});

test('a bar names the file of each page, and tells its mistakes and advice', async () => {
  const [script = ''] = /[^"]*astro:scripts\/page\.js/.exec(await page()) ?? [];
  expect(await page(script)).toContain('author-bar-client.ts');
  const notes = async (of: string) => (await fetch(`${address}/__author?page=${encodeURIComponent(of)}`)).json();
  expect(await notes('/note/')).toMatchObject({
    ...{ path: join(folder, 'pages/note.mdx'), draft: false, mistakes: [] },
    command: 'npm run new -- episode',
  });
  expect(await notes('/episodes/rain-is-a-lead/')).toMatchObject({
    command: expect.stringMatching(/^npm run new -- episode --topic rain-forecasts --host ada-drizzle,otto-brolly$/),
  });
  await save('[A link](/nowhere/).');
  await expect
    .poll(() => notes('/note/'), { timeout: 10_000 })
    .toMatchObject({ mistakes: [{ name: 'broken-link', line: 6, place: `${join(folder, 'pages/note.mdx')}:6` }] });
  const client = await fetch(`${address}/src/integrations/author-bar-client.ts`);
  expect([client.status, client.headers.get('Content-Type')]).toEqual([200, expect.stringContaining('javascript')]);
});

test('an entry like that of a page is made for the bar of that page, over nothing that is there, and for nobody else', async () => {
  const ask = async (wish: object, headers: Record<string, string> = { Origin: address }) => {
    const answer = await fetch(`${address}/__author/new`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(wish),
    });
    return [answer.status, await answer.json()];
  };
  const wish = { page: '/episodes/rain-is-a-lead/', title: '--yes, it rains' };
  for (const headers of [
    {},
    { Origin: 'https://elsewhere.example' },
    { Origin: 'null' },
    { Origin: address, 'Content-Type': 'text/plain' },
  ])
    expect(await ask(wish, headers)).toEqual([403, { refused: expect.stringContaining('of this server alone') }]);
  expect((await fetch(`${address}/__author/new`)).status).toBe(403);
  const file = join(folder, 'episodes/yes-it-rains/index.mdx');
  expect(existsSync(file)).toBe(false);

  expect(await ask(wish)).toEqual([201, { address: '/episodes/yes-it-rains/' }]);
  const made = await readFile(file, 'utf8');
  expect(made).toContain('title: --yes, it rains');
  expect(made).toMatch(/^draft: true$/m);
  expect(made).toMatch(/^topics: .*rain-forecasts/m);
  await expect.poll(() => page('/episodes/yes-it-rains/'), { timeout: 10_000 }).toContain('--yes, it rains</h1>');

  expect(await ask(wish)).toEqual([409, { refused: expect.stringContaining('episodes/yes-it-rains already') }]);
  expect(await ask({ ...wish, title: '…' })).toEqual([409, { refused: expect.stringContaining('Latin letter') }]);
  expect(await ask({ page: '/whitepapers/the-damp-funnel/', title: 'More' })).toEqual([
    409,
    { refused: 'A whitepaper wants more than a title: npm run new -- whitepaper' },
  ]);
  expect(await readFile(file, 'utf8')).toBe(made);
});

test('the style guide shows each component of the vocabulary beside what an author writes for it', async () => {
  const { document } = parseHTML(await page('/styleguide/'));
  const section = document.querySelector('section[aria-label="The author’s vocabulary"]');
  const sources = [...(section?.querySelectorAll('pre > code') ?? [])].map((each) => each.textContent?.trim());
  const [, slug] = /<EpisodeCard slug="([^"]+)" \/>/.exec(sources.join('\n')) ?? [];
  expect(sources).toContain('<Callout kind="tip" title="Try it">\n\nWhat to do.\n\n</Callout>');
  expect(section?.querySelector('aside[aria-label^="Episode: "] a')?.getAttribute('href')).toBe(`/episodes/${slug}/`);
  expect(section?.querySelector('aside[aria-label="Try it"]')?.textContent).toContain('What to do.');
  expect(section?.querySelector('figure img')?.getAttribute('alt')).toBe('What it shows');
});
