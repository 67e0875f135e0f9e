import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { pruneCache } from '#cache/build-cache.ts';
import { decoded } from '#search/coded-file.ts';
import { readFragment } from '#search/fragment.ts';
import { lastIndex } from '#search/last-index.ts';
import { indexSite } from '#search/site-index.ts';
import type { Words } from '#search/words.ts';
import { withoutGaps } from '#site/search-text.ts';
import { fixtureOutput } from '../fixture-site.ts';
import { bytes, files, page, pages, text } from './built-site.ts';

const index = files.filter((file) => file.startsWith('/pagefind/'));
const uncompressed = index.filter((file) => !/\.(br|gz)$/.test(file));
const fragments = new Map(
  uncompressed
    .filter((file) => file.endsWith('.pf_fragment'))
    .map((file) => readFragment(bytes(file)))
    .map((fragment) => [fragment.url, fragment]),
);
const fragment = (url: string) => {
  const found = fragments.get(url);
  if (!found) throw new Error(`${url} is not in the index`);
  return found;
};

test('every page that says what it is can be found, and no other', () => {
  const marked = pages.filter((address) => page(address).querySelector('template[data-search]'));
  expect([...fragments.keys()].toSorted()).toEqual(marked.toSorted());
  expect(marked).toContain('/subscribe/');
  for (const hidden of ['/', '/search/', '/404.html', '/posts/page/2/']) expect(marked).not.toContain(hidden);
});

test('an episode is found with all that its result shows', () => {
  expect(fragment('/episodes/pricing-by-the-candle/').meta).toEqual({
    title: 'Pricing by the candle',
    summary: expect.stringContaining('Somebody has paid a goat.'),
    kind: 'Episode',
    label: 'S2 · 001',
    date: '2025-01-14T00:00:00.000Z',
    shown_date: '14 January 2025',
    image: expect.stringMatching(/^\/_astro\/cover\..+\.webp$/),
    image_alt: 'Nine candles of falling height on a brass scale, with a goat on the other pan',
  });
});

test('the pictures of results are there, and small', () => {
  const pictures = [...fragments.values()].flatMap(({ meta }) => meta['image'] ?? []);
  expect(pictures.length).toBeGreaterThan(5);
  for (const picture of pictures) expect(bytes(picture).length).toBeLessThan(8000);
});

test.each([
  [
    '/episodes/pricing-by-the-candle/',
    {
      ...{ kind: ['Episode'], length: ['Under 10 minutes'], has: ['Transcript', 'Whitepaper'] },
      ...{ person: ['Gus Barnacle', 'Petra Plimsoll'], side: ['Marketing', 'Sales'] },
      ...{ topic: ['Pricing', 'Ships & leads', 'One message'], season: ['2'], year: ['2025'] },
    },
  ],
  [
    '/posts/words-for-fog/',
    {
      ...{ kind: ['Post'], length: ['Under 10 minutes'], person: ['Petra Plimsoll'], side: ['Marketing'] },
      ...{ topic: ['One message', 'Foghorns & outreach'], year: ['2025'] },
    },
  ],
  ['/people/gus-barnacle/', { kind: ['Person'], person: ['Gus Barnacle'], side: ['Sales'] }],
  ['/topics/pricing/', { kind: ['Topic'], topic: ['Pricing'] }],
  ['/about/', { kind: ['Page'] }],
])('%s can be narrowed to by its filters', (url, filters) => {
  expect(fragment(url).filters).toEqual(filters);
});

test('each paragraph that is spoken and each chapter is a moment of its own', () => {
  const { anchors, content } = fragment('/episodes/number-seven-is-inland/');
  const words = content.split(/\s+/);
  const moments = anchors.filter(({ id }) => /^(t|chapter)-\d+$/.test(id));
  const said = moments.map(({ id, title, location }, i) => [
    id,
    title,
    words
      .slice(location, moments[i + 1]?.location)
      .slice(0, 5)
      .join(' '),
  ]);
  expect(said).toContainEqual(['t-29', '0:29 · Gus Barnacle', 'For the quiet. No waves,']);
  expect(said).toContainEqual(['chapter-8', 'The upside-down map', 'The upside-down map.']);
  const document = page('/episodes/number-seven-is-inland/');
  for (const { id } of moments) expect(document.getElementById(id)).not.toBeNull();
});

test('buttons, dates, lists of links and the names of speakers are not found as text', () => {
  const { content } = fragment('/episodes/number-seven-is-inland/');
  expect(content).toMatch(/^Number Seven is inland\./);
  for (const aside of ['Transcript', 'Posted in', 'Copy link', '10 September', '0:29'])
    expect(content).not.toContain(aside);
});

test('what stands apart on a page does not run together in the index', () => {
  expect(fragment('/whitepapers/the-well-lit-pipeline/').content).toMatch(/^The Well-Lit Pipeline Eleven lighthouses/);
  expect(fragment('/episodes/the-quarterly-tide-review/').content).toContain('Slide one. Petra Plimsoll (marketing).');
  expect(fragment('/people/guild-of-part-time-keepers/').content).toMatch(/^The Guild of Part-Time Keepers\./);
  const wordsIn = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  for (const { url, content } of fragments.values()) {
    const written = new Set<string>();
    const read = (node: Node) => {
      if (node.nodeType === node.TEXT_NODE) for (const word of wordsIn(node.textContent ?? '')) written.add(word);
      for (const child of node.childNodes) read(child);
    };
    read(page(url).body);
    expect(
      wordsIn(withoutGaps(content)).filter((word) => !written.has(word)),
      url,
    ).toEqual([]);
  }
});

test('the index has nothing that the search does not ask for', () => {
  expect(new Set(uncompressed.map((file) => file.replace(/[^/]+\.(?=pf_|pagefind$)/, '')))).toEqual(
    new Set([
      ...['/pagefind/pagefind.js', '/pagefind/pagefind-entry.json', '/pagefind/pagefind', '/pagefind/words.json'],
      ...[
        '/pagefind/pf_meta',
        '/pagefind/index/pf_index',
        '/pagefind/filter/pf_filter',
        '/pagefind/fragment/pf_fragment',
      ],
    ]),
  );
});

test('the files of the index are there as Brotli of what is in them, where that is less', () => {
  const packed = uncompressed.filter((file) => /\.(pf_\w+|pagefind)$/.test(file));
  const smaller = packed.filter((file) => files.includes(`${file}.br`));
  expect(smaller.map((file) => file.split('.').at(-1))).toEqual(expect.arrayContaining(['pf_meta', 'pagefind']));
  for (const file of smaller) {
    const content = brotliDecompressSync(bytes(`${file}.br`));
    expect(content.subarray(0, 12).toString()).toBe('pagefind_dcd');
    expect(content.subarray(12)).toEqual(decoded(bytes(file)));
    expect(bytes(`${file}.br`).length).toBeLessThan(bytes(file).length);
  }
});

test('the words that a mistyped one may have meant are there, and the topics', () => {
  const { words, topics } = JSON.parse(text('/pagefind/words.json')) as Words;
  expect(words).toEqual(expect.arrayContaining(['foghorn', 'plimsoll', 'pricing', 'lighthouse']));
  expect(topics).toContainEqual({ title: 'Pricing', url: '/topics/pricing/' });
});

test('the same site gives the same index', async () => {
  const made = await Promise.all([copyOf('/about/', '/topics/pricing/'), copyOf('/topics/pricing/', '/about/')]);
  for (const folder of made) await indexSite(folder);
  const [one, other] = await Promise.all(made.map((folder) => indexIn(folder)));
  expect(one?.size).toBeGreaterThan(5);
  expect(one).toEqual(other);
});

test.each([
  ['are read once', (html: string) => html, [1, 1, 1, 1]],
  [
    'with fields of their own are read each time',
    (html: string) => html.replace('</head>', '<b data-pagefind-meta="mood:dim">$&'),
    [1, 2, 3, 4],
  ],
] as const)('pages that come to a site one by one %s, and give the index of all', async (_, change, expected) => {
  const cache = { folder: await temporary(), version: '1' };
  const site = await copyOf('/about/');
  const read: number[] = [];
  for (const address of [
    '/about/',
    '/topics/pricing/',
    '/episodes/pricing-by-the-candle/',
    '/people/petra-plimsoll/',
  ]) {
    const html = text(`${address}index.html`);
    await mkdir(join(site, address), { recursive: true });
    await writeFile(join(site, address, 'index.html'), address === '/topics/pricing/' ? change(html) : html);
    const together = await temporary();
    await cp(site, together, { recursive: true });
    await indexSite(together);
    read.push((await indexSite(site, { cache })).read);
    expect(await indexIn(site)).toEqual(await indexIn(together));
    await rm(join(site, 'pagefind'), { recursive: true });
  }
  expect(read).toEqual(expected);
});

test.each([
  ['as many as there are', (html: string) => html],
  ['some with fields of their own', (html: string) => html.replace('</head>', '<b data-pagefind-meta="mood:dim">$&')],
])('pages that are read a few at a time give the index of all: %s', async (_, change) => {
  const addresses = ['/about/', '/topics/pricing/', '/episodes/pricing-by-the-candle/', '/people/petra-plimsoll/'];
  const [one, other] = await Promise.all([copyOf(...addresses), copyOf(...addresses)]);
  for (const site of [one, other]) {
    const file = join(site, '/topics/pricing/index.html');
    await writeFile(file, change(await readFile(file, 'utf8')));
  }
  await indexSite(one, { atOnce: 1 });
  await indexSite(other);
  expect(await indexIn(one)).toEqual(await indexIn(other));
});

test('the index of the same pages is laid as it was, and what it is made from outlives builds that do', async () => {
  const cache = { folder: await temporary(), version: '1' };
  const site = await copyOf('/about/', '/topics/pricing/');
  const build = async () => {
    await rm(join(site, 'pagefind'), { recursive: true, force: true });
    const { read } = await indexSite(site, { cache });
    await pruneCache(cache.folder, { builds: 2 });
    return read;
  };
  expect(await build()).toBe(2);
  const whole = await indexIn(site);
  for (let i = 0; i < 3; i += 1) expect(await build()).toBe(0);
  expect(await indexIn(site)).toEqual(whole);

  await writeFile(join(site, 'about/index.html'), text('/about/index.html').replace('</body>', '<p>More.</p>$&'));
  expect(await build()).toBe(1);
});

test('a site on which no page takes part in the search says what is gone', async () => {
  const folder = await temporary();
  await writeFile(join(folder, 'index.html'), '<!doctype html><html lang="en"><p data-pagefind-body>Fog</p></html>');
  await expect(indexSite(folder)).rejects.toThrow(
    /^No page takes part in the search\.\n {2}Where: .+\n {2}To fix it: /,
  );
});

test('a site whose pages have no text says where it belongs', async () => {
  const folder = await temporary();
  const record = '{"meta":{"title":"Fog","summary":"","kind":"Page"},"filters":{}}';
  const head = `<template data-search>${record}</template>`;
  await writeFile(join(folder, 'index.html'), `<html lang="en"><head>${head}</head><body></body></html>`);
  await expect(indexSite(folder)).rejects.toThrow(/no text in them.+data-pagefind-body/s);
});

test('the server of authors answers from the index of the last build, and from nothing else', async () => {
  const { made, answer } = await lastIndex(join(fixtureOutput, 'client/pagefind'));
  expect(made).toBeInstanceOf(Date);
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const ask = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  const script = await ask('/pagefind.js?again=1');
  expect(script.headers.get('content-type')).toBe('text/javascript');
  expect(await script.text()).toBe(text('/pagefind/pagefind.js'));
  for (const path of ['/gone.js', '/', '/..%2f..%2fabout%2findex.html']) expect((await ask(path)).status).toBe(404);
});

test('where nothing was built yet there is no index', async () => {
  expect((await lastIndex(join(fixtureOutput, 'no-such-folder'))).made).toBeUndefined();
});

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'search-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A site of some of the fixture's pages, written in that order. */
async function copyOf(...addresses: string[]): Promise<string> {
  const folder = await temporary();
  for (const address of addresses) {
    await mkdir(join(folder, address), { recursive: true });
    await writeFile(join(folder, address, 'index.html'), text(`${address}index.html`));
  }
  return folder;
}

async function indexIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(join(folder, 'pagefind'), { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = await Promise.all(found.map((file) => readFile(file, 'base64')));
  return new Map(found.map((file, i) => [file.slice(folder.length), contents[i] ?? '']));
}
