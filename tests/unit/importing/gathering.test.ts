import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isPrivateAddress } from '#capture/webhook/private-address.ts';
import type { Archive, ArchivedPiece } from '#importing/archive.ts';
import { guardedFetch } from '#importing/fetched.ts';
import { importArchive } from '#importing/import.ts';
import type { Outcome } from '#importing/outcome.ts';
import { problemsIn } from '../authoring/content-folder.ts';

const series = 'tests/fixtures/series/episodes/number-seven-is-inland';
const now = new Date('2026-01-10T12:00:00Z');
const srt = '1\n00:00:01,000 --> 00:00:04,000\nThe kettle is on.\n';

/** A host of files that remembers what it was asked for. Those under `/slow` never come whole. */
async function host(files: Record<string, string | Uint8Array | number>) {
  const asked: string[] = [];
  const answer: RequestListener = ({ url = '' }, response) => {
    asked.push(url);
    const found = files[url];
    if (url.startsWith('/moved')) return void response.writeHead(302, { Location: url.slice('/moved'.length) }).end();
    if (url.startsWith('/slow')) return void response.writeHead(200, { 'Content-Length': 1000 }).write('some');
    if (url.startsWith('/cut'))
      return void response.writeHead(200, { 'Content-Length': 1000 }).write('some', () => response.destroy());
    if (found === undefined || typeof found === 'number') return void response.writeHead(found ?? 404).end();
    response.writeHead(200, { 'Content-Length': Buffer.byteLength(found) }).end(found);
  };
  const server = createServer({ keepAliveTimeout: 1 }, answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, files, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const episode = (name: string, more: Partial<ArchivedPiece> = {}): ArchivedPiece => ({
  ...{ key: name, place: name, kind: 'episodes', title: name, publishedAt: '2025-10-01', summary: 'Of a kettle.' },
  ...{ body: { html: '<p>Words.</p>' }, draft: false, hosts: [], guests: [], authors: [], topics: [], keywords: [] },
  ...{ addresses: [], lost: [] },
  fields: { audio: { url: 'https://media.example.com/a.mp3', type: 'audio/mpeg', bytes: 12345, duration: 60 } },
  ...more,
});

async function importer(address: string, pieces: ArchivedPiece[], site?: string) {
  const content = await mkdtemp(join(tmpdir(), 'gathering-'));
  onTestFinished(() => rm(content, { recursive: true }));
  const archive: Archive = {
    ...{
      kind: 'podcast feed',
      series: { fields: { title: 'Kettles' }, ...(site && { address: site }) },
      people: [],
      topics: [],
    },
    ...{ pieces, comments: [], lost: [] },
  };
  const network = { fetch: guardedFetch(fetch, address, isPrivateAddress), timeout: 300, now, progress: () => {} };
  return {
    content,
    run: (more = {}): Promise<Outcome> =>
      importArchive(structuredClone(archive), {
        ...network,
        ...{ content, uploads: undefined, isDry: false, isOffline: false },
        ...more,
      }),
    text: (slug: string) => readFile(join(content, `episodes/${slug}/index.mdx`), 'utf8'),
    files: (slug: string) => readdir(join(content, 'episodes', slug)),
  };
}

const toldOf = ({ results }: Outcome) =>
  results.flatMap(({ lost }) => lost.map(({ what, detail }) => `${what}: ${detail}`));

test('the best transcript that can be read lies beside its episode, by the ending of what it is', async () => {
  const { address } = await host({
    '/a.vtt': srt,
    '/a.srt': srt,
    '/b.vtt': '<html>Sign in',
    '/b.srt': srt,
    '/moved': '',
  });
  const { run, text, files, content } = await importer(address, [
    episode('confused', { transcripts: [{ url: `${address}/a.vtt`, type: 'text/vtt' }] }),
    episode('second best', {
      transcripts: [
        { url: `${address}/b.vtt`, type: 'text/vtt' },
        { url: `${address}/moved/b.srt`, type: 'application/x-subrip' },
      ],
    }),
    episode('none to be had', { transcripts: [{ url: `${address}/gone.vtt`, type: 'text/vtt' }] }),
    episode('a page', { transcripts: [{ url: `${address}/a.html`, type: 'text/html' }] }),
  ]);
  const outcome = await run();
  expect(await files('confused')).toEqual(['index.mdx', 'transcript.srt']);
  expect(await text('confused')).toContain('transcript: ./transcript.srt');
  expect(await files('second-best')).toEqual(['index.mdx', 'transcript.srt']);
  expect(await text('none-to-be-had')).toContain(`url: ${address}/gone.vtt`);
  expect(await text('a-page')).toContain('type: text/html');
  expect(toldOf(outcome)).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`${address}/b.vtt is not WebVTT`),
      `transcript: ${address}/gone.vtt answers 404`,
    ]),
  );
  expect(await problemsIn(content)).toEqual([]);
});

test('chapters come from their file, and one that is none is named', async () => {
  const chapters = [
    { startTime: 0, title: 'Cold' },
    { startTime: '30', title: ` ${'W'.repeat(130)}` },
    { startTime: 45 },
  ];
  const { address } = await host({ '/a.json': JSON.stringify({ version: '1.2.0', chapters }), '/b.json': '<html>' });
  const { run, text } = await importer(address, [
    episode('told', { chapters: `${address}/a.json` }),
    episode('untold', { chapters: `${address}/b.json` }),
  ]);
  const outcome = await run();
  expect(await text('told')).toMatch(/chapters:\n {2}- start: 0\n {4}title: Cold\n {2}- start: 30\n {4}title: W+…/);
  expect(await text('untold')).not.toContain('chapters');
  expect(toldOf(outcome)).toContain(`chapters: ${address}/b.json is no JSON`);
});

test('a picture is fetched whole where a smaller copy is named, and by its query where that is its name', async () => {
  const picture = await readFile('tests/fixtures/archives/wordpress/uploads/2019/05/lamp.png');
  const cover = await readFile(`${series}/cover.jpg`);
  const { address, asked } = await host({
    '/wp-content/uploads/lamp.png': picture,
    '/picture?id=2': cover,
    '/picture': '<html>Which?',
    '/wp-content/uploads/gone.png': '<html>Moved to another site.',
    '/wp-content/uploads/gone-30x20.png': picture,
  });
  const html = ['/wp-content/uploads/lamp-30x20.png?w=3', '/wp-content/uploads/gone-30x20.png', '/nowhere.png']
    .map((path) => `<p><img src="${address}${path}" alt="A lamp"></p>`)
    .join('');
  const { run, text, files } = await importer(address, [
    episode('lamps', { body: { html }, cover: { url: `${address}/picture?id=2`, alt: 'A kettle' } }),
  ]);
  const outcome = await run();
  // Two addresses of one picture are one file.
  expect(await files('lamps')).toEqual(['index.mdx', 'lamp.png', 'picture.jpg']);
  expect(await text('lamps')).toContain('src: ./picture.jpg');
  expect(asked).not.toContain('/wp-content/uploads/lamp-30x20.png?w=3');
  expect(toldOf(outcome).filter((line) => line.startsWith('picture'))).toEqual([
    expect.stringContaining(`${address}/nowhere.png answers 404`),
  ]);
});

test('bytes and length of a recording are asked of its host where the archive does not say them', async () => {
  const recording = await readFile(`${series}/audio.mp3`);
  const { address } = await host({ '/a.mp3': recording });
  const { run, text } = await importer(address, [
    episode('long', { fields: { audio: { url: `${address}/moved/a.mp3`, type: 'audio/mpeg', duration: 7 } } }),
  ]);
  await run();
  expect(await text('long')).toContain(`bytes: ${recording.length}`);
  expect(await text('long')).toContain('duration: 7');
  expect(await text('long')).toContain(`url: ${address}/moved/a.mp3`);
});

test('what was missing and stays out for good is not asked for again', async () => {
  const { address, files, asked } = await host({ '/a.jpg': 503 });
  const { run } = await importer(address, [episode('broken', { cover: { url: `${address}/a.jpg`, alt: 'A' } })]);
  await run();
  files['/a.jpg'] = 404;
  expect((await run()).results.map(({ fate }) => fate)).toEqual(['unchanged']);
  asked.length = 0;
  await run();
  expect(asked).toEqual([]);
});

test('a recording at the old site is told, with where it would be found when this site is there', async () => {
  const { run } = await importer(
    'https://kettles.example',
    [episode('old', { fields: { audio: { url: 'https://kettles.example/up/a%20b.mp3', type: 'audio/mpeg' } } })],
    'https://www.kettles.example/',
  );
  expect(toldOf(await run({ isOffline: true }))).toContain(
    'file: Its recording https://kettles.example/up/a%20b.mp3 stays: put the file into public/up/a b.mp3, if this site takes the place of the old one',
  );
});

test('a document that a text links to lies where it was, and nothing is written over', async () => {
  const { address, asked } = await host({ '/up/a%20b.pdf': 'tides', '/up/c.pdf': 'new', '/up/x.js': 'code()' });
  const publicFolder = await mkdtemp(join(tmpdir(), 'public-'));
  onTestFinished(() => rm(publicFolder, { recursive: true }));
  await mkdir(join(publicFolder, 'up'));
  await writeFile(join(publicFolder, 'up/c.pdf'), 'old');
  const old = 'https://kettles.example';
  const html = ['/up/a%20b.pdf', '/up/c.pdf', '/up/x.js', '/up/gone.pdf', '/%2e%2e%2fout.pdf']
    .map((path) => `<p><a href="${old}${path}">x</a></p>`)
    .join('');
  const { run, text } = await importer(address, [episode('tides', { body: { html } })], old);
  const outcome = await run({
    publicFolder,
    fetch: (at: string, init: RequestInit) => fetch(at.replace(old, address), init),
  });
  expect(await readdir(publicFolder, { recursive: true })).toEqual(['up', 'up/a b.pdf', 'up/c.pdf']);
  expect(await readFile(join(publicFolder, 'up/c.pdf'), 'utf8')).toBe('old');
  expect(await text('tides')).toContain('[x](/up/a%20b.pdf)\n\n[x](/up/c.pdf)\n\n');
  expect(toldOf(outcome).join('\n')).toContain(`file: ${old}/up/gone.pdf answers 404`);
  expect(asked).not.toContain('/up/x.js');
});

test('what a host did not give this time is asked for the next time, and nothing else is', async () => {
  const cover = await readFile(`${series}/cover.jpg`);
  const { address, files, asked } = await host({ '/a.jpg': 503, '/b.jpg': cover });
  const { run, text } = await importer(address, [
    episode('broken', { cover: { url: `${address}/a.jpg`, alt: 'A' } }),
    episode('whole', { cover: { url: `${address}/b.jpg`, alt: 'B' } }),
  ]);
  const outcome = await run();
  expect(toldOf(outcome).join('\n')).toContain(`${address}/a.jpg answers 503`);
  expect(await text('broken')).not.toContain('cover');
  files['/a.jpg'] = cover;
  asked.length = 0;
  const again = await run();
  expect(again.results.map(({ fate }) => fate)).toEqual(['updated', 'unchanged']);
  expect(await text('broken')).toContain('src: ./a.jpg');
  expect(asked).toEqual(['/a.jpg']);
  asked.length = 0;
  await run();
  expect(asked).toEqual([]);
});

test.each([
  ['/slow.jpg', 'does not answer within 0.3 s'],
  ['/cut.jpg', 'breaks off'],
])('a host that stops in the middle of %s is told, and the rest comes over', async (path, why) => {
  const { address } = await host({});
  const { run, text } = await importer(address, [
    episode('one', { cover: { url: `${address}${path}` } }),
    episode('two', {}),
  ]);
  expect(toldOf(await run()).join('\n')).toContain(`${address}${path} ${why}`);
  expect(await text('two')).toContain('title: two');
});

test('a host that is gone is not waited for again and again', async () => {
  const { address } = await host({});
  const html = Array.from({ length: 60 }, (_, i) => `<img src="http://gone.invalid:9/${i}.jpg">`).join('');
  let tries = 0;
  const gone = (at: string) => {
    tries += 1;
    return Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ETIMEDOUT', at } }));
  };
  const { run } = await importer(address, [episode('old', { body: { html } })]);
  const outcome = await run({
    fetch: guardedFetch(gone, '', isPrivateAddress, () => Promise.resolve(['93.184.215.14'])),
  });
  expect(tries).toBeLessThan(20);
  expect(toldOf(outcome).join('\n')).toContain('gone.invalid:9 failed 12 times in a row');
});

test('offline and dry runs ask no host for anything', async () => {
  const { address, asked } = await host({});
  const { run, content } = await importer(address, [
    episode('quiet', {
      ...{ cover: { url: `${address}/a.jpg` }, chapters: `${address}/a.json` },
      transcripts: [{ url: `${address}/a.vtt`, type: 'text/vtt' }],
      fields: { audio: { url: `${address}/a.mp3`, type: 'audio/mpeg' } },
    }),
  ]);
  await run({ isDry: true });
  expect(await readdir(content)).toEqual([]);
  await run({ isOffline: true });
  expect(asked).toEqual([]);
});
