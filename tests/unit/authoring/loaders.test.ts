import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DataStore, Loader, LoaderContext } from 'astro/loaders';
import sharp from 'sharp';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { currentEdition, setEditionSource } from '#authoring/current-edition.ts';
import { modules, pictures } from '#authoring/loaders.ts';
import { folderWith } from './content-folder.ts';

let root: string;
let folder: string;
/** What Astro keeps from build to build. */
let kept: Map<string, Parameters<DataStore['set']>[0]>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'loaders-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, '.astro'));
  kept = new Map();
});

async function load(loader: Loader, files: Record<string, string | Uint8Array>): Promise<string[]> {
  folder = await folderWith(files);
  return loadAgain(loader);
}

/** A build over the same folder: what is stored after it. */
async function loadAgain(loader: Loader): Promise<string[]> {
  const clock = { now: new Date('2026-01-15'), preview: false };
  setEditionSource(() => ({ path: folder, publicFolder: resolve('public'), clock }));
  const store: Partial<DataStore> = {
    get: ((id: string) => kept.get(id)) as DataStore['get'],
    keys: () => [...kept.keys()],
    set: (entry) => kept.set(entry.id, entry) === kept,
    delete: (id) => void kept.delete(id),
  };
  await loader.load({
    store,
    config: { root: pathToFileURL(`${root}/`) },
    parseData: async ({ data }: { data: unknown }) => data,
  } as unknown as LoaderContext);
  return [...kept.keys()];
}

const pixel = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
  .png()
  .toBuffer();
const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
const post = (body: string, fields = '') =>
  `---\ntitle: A\npublishedAt: 2026-01-01\nsummary: It is.\nauthors: [otto-brolly]\ntopics: [rain]\n${fields}---\n\n${body}\n`;

test('Astro is to read the pictures of front matter and bodies that are there, each once', async () => {
  const cover = 'cover: { src: ./cover.png, alt: A cover }\n';
  const stored = await load(pictures(), {
    'posts/a/index.mdx': post('![One](./one%201.svg) ![Again](<one 1.svg>) ![Two][two]\n\n[two]: ./in/two.svg', cover),
    'posts/a/cover.png': pixel,
    'posts/a/one 1.svg': drawing,
    'posts/a/in/two.svg': drawing,
    'posts/a/unused.svg': drawing,
    'posts/b/index.mdx': post('![None](./none.svg) ![Broken](./broken.svg) ![Of the site](/mark.svg)'),
    'posts/b/broken.svg': 'no picture',
  });
  expect(stored.filter((path) => path.startsWith('posts/'))).toEqual([
    'posts/a/cover.png',
    'posts/a/in/two.svg',
    'posts/a/one 1.svg',
  ]);
  expect(kept.get('posts/a/cover.png')).toMatchObject({
    data: { src: './posts/a/cover.png' },
    filePath: expect.stringMatching(/show\.yaml$/),
  });
});

test('an entry is a module where there is code in its body, and only there', async () => {
  expect(
    await load(modules(), {
      'posts/a/index.mdx': post('<Callout kind="tip">{"It is"} {/* what it is */}</Callout>'),
      'posts/b/index.mdx': post('It is {1 + 1}.'),
    }),
  ).toEqual(['posts/b']);
  expect(kept.get('posts/b')).toMatchObject({
    deferredRender: true,
    filePath: expect.stringMatching(/posts\/b\/index\.mdx$/),
  });
});

test('what is no longer there, or has no code any more, is not stored any more', async () => {
  await load(modules(), { 'posts/a/index.mdx': post('{1 + 1}'), 'posts/b/index.mdx': post('{2 + 2}') });
  expect(kept.size).toBe(2);
  await writeFile(join(folder, 'posts/a/index.mdx'), post('2'));
  await rm(join(folder, 'posts/b'), { recursive: true });
  expect(await loadAgain(modules())).toEqual([]);
});

test('what is there still is stored as it was, and in a file of another name anew', async () => {
  await load(modules(), { 'posts/a/index.mdx': post('{1 + 1}'), 'posts/b/index.mdx': post('{2 + 2}') });
  const [a, b] = [kept.get('posts/a'), kept.get('posts/b')];
  await rm(join(folder, 'posts/b'), { recursive: true });
  await writeFile(join(folder, 'posts/b.mdx'), post('{2 + 2}'));
  await loadAgain(modules());
  expect(kept.get('posts/a')).toBe(a);
  expect(kept.get('posts/b')).not.toBe(b);
  expect(kept.get('posts/b')?.filePath).toMatch(/posts\/b\.mdx$/);
});

test('the lists of another content folder that Astro wrote are gone before it looks for them', async () => {
  const lists = ['content-assets.mjs', 'content-modules.mjs'].map((name) => join(root, '.astro', name));
  for (const list of lists) await writeFile(list, 'of another folder');
  await load(pictures(), {});
  for (const list of lists) await expect(readFile(list)).rejects.toThrow('ENOENT');
});

test('a body has another digest for another text, and for another picture at the same path', async () => {
  const digests: unknown[] = [];
  for (const [text, picture] of [
    ['One', drawing],
    ['Two', drawing],
    ['Two', drawing.replace('width="1"', 'width="2"')],
  ] as const) {
    const body = `${text} ![A mark](./mark.svg)`;
    await load(pictures(), { 'posts/a/index.mdx': post(body), 'posts/a/mark.svg': picture });
    const { catalog } = await currentEdition();
    digests.push(catalog.posts.find(({ slug }) => slug === 'a')?.body.digest);
  }
  expect(new Set(digests).size).toBe(3);
});
