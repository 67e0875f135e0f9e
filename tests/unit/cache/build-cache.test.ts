import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cached, cacheKey, pruneCache } from '#cache/build-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'build-cache-')), 'cache');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

/** A build that needs the result of each of these words, which is the word in capitals. */
async function build(words: string[], limits?: Parameters<typeof pruneCache>[1]) {
  const made: string[] = [];
  const results = await Promise.all(
    words.map((word) =>
      cached(folder, cacheKey('capitals', word), async () => {
        made.push(word);
        return Buffer.from(word.toUpperCase());
      }),
    ),
  );
  expect(results.map(String)).toEqual(words.map((word) => word.toUpperCase()));
  return { made, use: await pruneCache(folder, limits) };
}

/** The files of the results, lists of what builds used left out. */
const files = async () =>
  (await readdir(folder)).filter((name) => !name.startsWith('used-')).map((name) => join(folder, name));

test('what one build made, the next one reads, and says so', async () => {
  expect(await build(['fox', 'hen'])).toEqual({ made: ['fox', 'hen'], use: { made: 2, reused: 0 } });
  expect(await build(['fox', 'hen', 'owl'])).toEqual({ made: ['owl'], use: { made: 1, reused: 2 } });
});

test('work with other settings, or that reads something else, is other work', () => {
  const keys = [
    cacheKey({ quality: 9 }, 'fox'),
    cacheKey({ quality: 8 }, 'fox'),
    cacheKey({ quality: 9 }, 'hen'),
    cacheKey({ quality: 9 }, 'f', 'ox'),
    cacheKey({ quality: 9 }, 'fo', 'x'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(cacheKey({ quality: 9 }, Buffer.from('fox'))).toBe(cacheKey({ quality: 9 }, 'fox'));
});

describe('a file of the cache is made anew, and is right for the build after that, when it', () => {
  test.each<[string, (one: string, other: string) => Promise<unknown>]>([
    ['is empty', (one) => truncate(one)],
    ['is shorter than a digest', (one) => truncate(one, 10)],
    ['has lost its end', (one) => truncate(one, 34)],
    ['has lost all but its digest', (one) => truncate(one, 32)],
    ['was edited', async (one) => writeFile(one, String(await readFile(one)).replace(/[A-Z]$/, '!'))],
    ['has more at its end', async (one) => writeFile(one, Buffer.concat([await readFile(one), Buffer.from('!')]))],
    ['is a copy of another', (one, other) => copyFile(other, one)],
    ['is something else', (one) => writeFile(one, 'FOX')],
    ['is gone', (one) => rm(one)],
  ])('%s', async (_, break_) => {
    await build(['fox', 'hen']);
    const [one = '', other = ''] = await files();
    await break_(one, other);
    expect((await build(['fox', 'hen'])).use).toEqual({ made: 1, reused: 1 });
    expect((await build(['fox', 'hen'])).use).toEqual({ made: 0, reused: 2 });
  });

  test('has another’s place', async () => {
    await build(['fox', 'hen']);
    const [one = '', other = ''] = await files();
    await rename(one, `${one}.x`);
    await rename(other, one);
    await rename(`${one}.x`, other);
    expect((await build(['fox', 'hen'])).use).toEqual({ made: 2, reused: 0 });
  });

  test('is a folder, which is left as it is', async () => {
    await build(['fox', 'hen']);
    const [one = ''] = await files();
    await rm(one);
    await mkdir(join(one, 'inner'), { recursive: true });
    expect((await build(['fox', 'hen'])).use).toMatchObject({ made: 1, reused: 1, failure: expect.any(String) });
  });
});

describe('a build succeeds, and says why the next one cannot use its results, when the cache', () => {
  test.skipIf(process.getuid?.() === 0)('is read-only', async () => {
    await build(['fox']);
    await chmod(folder, 0o500);
    expect((await build(['fox', 'hen'])).use).toEqual({
      made: 1,
      reused: 1,
      failure: expect.stringContaining('EACCES'),
    });
    await chmod(folder, 0o700);
  });

  test('is no folder', async () => {
    await writeFile(folder, '');
    expect((await build(['fox'])).use).toEqual({
      made: 1,
      reused: 0,
      failure: expect.stringMatching(/EEXIST|ENOTDIR/),
    });
  });
});

describe('a cache is pruned', () => {
  test('of what the last builds did not use', async () => {
    await build(['fox', 'hen'], { builds: 2 });
    await build(['hen'], { builds: 2 });
    expect(await files()).toHaveLength(2);
    await build(['hen'], { builds: 2 });
    expect(await files()).toHaveLength(1);
    expect((await build(['fox', 'hen'], { builds: 2 })).made).toEqual(['fox']);
    expect((await readdir(folder)).filter((name) => name.startsWith('used-'))).toHaveLength(2);
  });

  test('to its size, of what was used longest ago first', async () => {
    const most = 2 * (32 + 3);
    await build(['fox', 'hen'], { most });
    await build(['hen', 'owl'], { most });
    expect((await build(['hen', 'owl'], { most })).made).toEqual([]);
    expect(await files()).toHaveLength(2);
    await build(['fox', 'hen', 'owl', 'cat'], { most });
    expect(await files()).toHaveLength(2);
  });

  test('of what is no result of it: halves that a killed build left, and other files', async () => {
    await build(['fox']);
    for (const name of ['half.1', 'social.png', 'used-1']) await writeFile(join(folder, name), 'x');
    await build(['fox']);
    expect(await files()).toHaveLength(1);
    expect(await readdir(folder)).not.toContain('used-1');
  });

  test('also when lists of what builds used are broken or another’s: less is kept', async () => {
    await build(['fox', 'hen']);
    const broken = ['', '{', 'null', '[1, null, ["x"], ["x", "y"], [7, 7]]', '[["../../x", 1]]'];
    for (const [i, content] of broken.entries())
      await writeFile(join(folder, `used-00000001${i}-00000000-0000-0000-0000-000000000000`), content);
    for (const name of await readdir(folder)) if (name.startsWith('used-000000001-')) await rm(join(folder, name));
    expect((await build(['hen'])).use).toEqual({ made: 0, reused: 1 });
    expect(await files()).toHaveLength(1);
  });
});

test('two builds at once have the results that each has alone', async () => {
  const words = Array.from({ length: 50 }, (_, i) => `word ${i}`);
  await Promise.all([build(words), build(words)]);
  expect((await build(words)).made).toEqual([]);
  expect(await files()).toHaveLength(50);
});

test('nothing is written over a file of the cache in its place', async () => {
  await build(['fox']);
  const [one = ''] = await files();
  const { ino } = await stat(one);
  await truncate(one);
  await build(['fox']);
  expect((await stat(one)).ino).not.toBe(ino);
});
