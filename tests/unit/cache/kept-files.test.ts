import { mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pruneCache } from '#cache/build-cache.ts';
import { hasFile, keepAndLay, keepFile, layFile } from '#cache/kept-files.ts';

let folder: string;
let cache: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-files-'));
  cache = join(folder, 'cache');
});
afterEach(() => rm(folder, { recursive: true }));

const text = Buffer.from('A page.');

test('a file that is kept is laid as a second link, in place of what is there', async () => {
  const name = keepFile(cache, text) ?? '';
  const page = join(folder, 'page.html');
  await writeFile(page, 'An older page.');
  layFile(cache, name, page);
  expect(await readFile(page)).toEqual(text);
  expect((await stat(page)).ino).toBe((await stat(join(cache, name))).ino);
});

test('what a build kept is there for the next one, and what is kept twice is one file', async () => {
  const name = keepFile(cache, text) ?? '';
  expect(keepFile(cache, text)).toBe(name);
  expect(await pruneCache(cache)).toEqual({ made: 1, reused: 0 });
  expect(hasFile(cache, name)).toBe(true);
  expect(await pruneCache(cache)).toEqual({ made: 0, reused: 1 });
});

test('a file that a site wrote to in its place is as none, and is made again', async () => {
  const page = join(folder, 'page.html');
  const name = keepAndLay(cache, text, page) ?? '';
  await writeFile(page, 'Written in place.');
  await pruneCache(cache);
  expect(hasFile(cache, name)).toBe(false);
  keepAndLay(cache, text, join(folder, 'again.html'));
  expect(await readFile(join(folder, 'again.html'))).toEqual(text);
  expect((await readFile(page)).toString()).toBe('Written in place.');
});

test('a file of the same length is told from the one that was kept, even if it is as old', async () => {
  const name = keepFile(cache, text) ?? '';
  await pruneCache(cache);
  expect(hasFile(cache, name)).toBe(true);
  await pruneCache(cache);
  const { atime, mtime } = await stat(join(cache, name));
  await writeFile(join(folder, 'other'), 'A cage.');
  await utimes(join(folder, 'other'), atime, mtime);
  await rename(join(folder, 'other'), join(cache, name));
  expect(hasFile(cache, name)).toBe(false);

  keepFile(cache, text);
  await pruneCache(cache);
  await writeFile(join(cache, name), 'A cage.');
  expect(hasFile(cache, name)).toBe(false);
});

test('a folder that cannot be written hinders no file', async () => {
  await writeFile(cache, '');
  expect(keepAndLay(cache, text, join(folder, 'page.html'))).toBeUndefined();
  expect(await readFile(join(folder, 'page.html'))).toEqual(text);
  expect((await pruneCache(cache)).failure).toMatch(/EEXIST|ENOTDIR/);
});
