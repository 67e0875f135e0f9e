import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pruneCache } from '#cache/build-cache.ts';
import { compressFiles } from '#integrations/compressed-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compressed-'));
});
afterEach(() => rm(folder, { recursive: true }));

const prose = `${await readFile('README.md', 'utf8')}\n${await readFile('content/README.md', 'utf8')}`;
const page = `<!doctype html><title>The fox</title><p>${prose.slice(0, 9000)}</p>`;
const indexed = gzipSync(`pagefind_dcd${prose}`);
const site: Record<string, string | Buffer> = {
  'index.html': page,
  'copy/index.html': page,
  'empty.txt': '',
  'feed.xml': `<rss>${prose}</rss>`,
  '_astro/site.css': prose.slice(0, 3000),
  'pagefind/index/en_1.pf_index': indexed,
  'cover.png': 'a picture',
};

/** A build of a site into a new folder. Resolves to its files, and what was compressed and reused. */
async function build(files = site) {
  const output = await mkdtemp(join(folder, 'site-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(output, name, '..'), { recursive: true });
    await writeFile(join(output, name), content);
  }
  const cache = join(folder, 'cache');
  const use = await compressFiles(output, cache);
  const { failure } = await pruneCache(cache);
  const built = new Map<string, Buffer>();
  for (const entry of await readdir(output, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      built.set(path.slice(output.length + 1).replaceAll('\\', '/'), await readFile(path));
    }
  return { built, use, failure };
}

test('each text file has a .br and a .gz of its text beside it, and stays as it is', async () => {
  const { built } = await build();
  for (const name of ['index.html', 'copy/index.html', 'empty.txt', 'feed.xml', '_astro/site.css']) {
    expect(brotliDecompressSync(built.get(`${name}.br`) ?? ''), name).toEqual(built.get(name));
    expect(gunzipSync(built.get(`${name}.gz`) ?? ''), name).toEqual(built.get(name));
    expect(String(built.get(name))).toBe(site[name]);
  }
  expect([...built.keys()].filter((name) => name.startsWith('cover'))).toEqual(['cover.png']);
});

test('a file of the search index has a .br of what is inside it, and no .gz', async () => {
  const { built } = await build();
  const packed = [...built.keys()].filter((name) => name.startsWith('pagefind/')).toSorted();
  expect(packed).toEqual(['pagefind/index/en_1.pf_index', 'pagefind/index/en_1.pf_index.br']);
  expect(brotliDecompressSync(built.get('pagefind/index/en_1.pf_index.br') ?? '')).toEqual(gunzipSync(indexed));
});

test('a build compresses what no earlier one did, and has the same bytes as without a cache', async () => {
  const first = await build();
  expect(first.use).toEqual({ made: expect.any(Number), reused: expect.any(Number) });
  expect(first.use.made + first.use.reused).toBe(6);
  expect((await build()).use).toEqual({ made: 0, reused: 6 });
  const edited = { ...site, 'feed.xml': '<rss/>' };
  const again = await build(edited);
  expect(again.use).toEqual({ made: 1, reused: 5 });
  await rm(join(folder, 'cache'), { recursive: true });
  expect((await build(edited)).built).toEqual(again.built);
  expect((await build()).built).toEqual(first.built);
});

test.each<[string, (path: string, all: Buffer[]) => Promise<unknown>]>([
  ['truncated', (path) => truncate(path, 50)],
  ['emptied', (path) => truncate(path)],
  [
    'edited',
    async (path) =>
      writeFile(
        path,
        (await readFile(path)).map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
      ),
  ],
  ['swapped', (path, all) => writeFile(path, all[0] ?? '')],
  ['deleted', (path) => rm(path)],
])('a cache whose files were %s makes a build slow, never wrong', async (_, break_) => {
  const { built } = await build();
  const cache = join(folder, 'cache');
  const paths = (await readdir(cache)).map((name) => join(cache, name));
  const all = await Promise.all(paths.map((path) => readFile(path)));
  for (const [i, path] of paths.entries()) await break_(path, all.slice(i - 1));
  const again = await build();
  expect(again.built).toEqual(built);
  expect(again.use.made).toBeGreaterThanOrEqual(4);
});

test('what is written to in its place in a site is not in the next one', async () => {
  const output = join(folder, 'output');
  for (const name of ['one', 'two']) {
    await mkdir(join(output, name), { recursive: true });
    await writeFile(join(output, name, 'index.html'), page);
    await compressFiles(join(output, name), join(folder, 'cache'));
    await pruneCache(join(folder, 'cache'));
  }
  await writeFile(join(output, 'one/index.html.br'), 'written in place');
  await writeFile(join(output, 'two/index.html.gz'), 'written in place');
  const { built, use } = await build({ 'index.html': page });
  expect(use).toEqual({ made: 1, reused: 0 });
  expect(brotliDecompressSync(built.get('index.html.br') ?? '').toString()).toBe(page);
  expect(gunzipSync(built.get('index.html.gz') ?? '').toString()).toBe(page);
});

test('a cache that cannot be written makes no build fail', async () => {
  const { built } = await build();
  await rm(join(folder, 'cache'), { recursive: true });
  await writeFile(join(folder, 'cache'), '');
  const again = await build();
  expect(again.built).toEqual(built);
  expect(again.failure).toMatch(/EEXIST|ENOTDIR/);
});

describe('a window of the size of the file costs no bytes', () => {
  const lengths = [100, 1000, 20_000, 65_519, 65_520, 65_521, 120_000, 131_100, 400_000];
  const long = Array.from({ length: 16 }, (_, i) =>
    prose.replaceAll(/[aeiou]/g, (vowel) => vowel + 'bcdfghjklmnpqrst'[i]),
  ).join('');

  test.each([
    ['xml', 1],
    ['html', 1.03],
  ])('of %s', async (ending, most) => {
    const files = Object.fromEntries(lengths.map((length) => [`${length}.${ending}`, long.slice(0, length)]));
    const { built } = await build(files);
    for (const [name, content] of Object.entries(files)) {
      const withLargeWindow = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
      // By chance another way of writing the same is a byte or two shorter.
      expect(built.get(`${name}.br`)?.length, name).toBeLessThanOrEqual(withLargeWindow.length * most + 2);
    }
  });
});
