import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DataStore, Loader, LoaderContext } from 'astro/loaders';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { renewEdition, setEditionSource } from '#authoring/current-edition.ts';
import { bodies, entries, topics } from '#authoring/loaders.ts';
import { folderWith } from './content-folder.ts';

type Stored = Parameters<DataStore['set']>[0];

let root: string;
let folder: string;
/** What Astro keeps from build to build, and what was parsed for the schemas since it was looked at last. */
let kept: Map<string, Stored>;
let parsed: string[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'loaders-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const path of ['src/model', 'src/site', '.astro']) await mkdir(join(root, path), { recursive: true });
  await writeFile(join(root, 'src/model/post.ts'), 'one');
  kept = new Map();
  parsed = [];
});

async function load(loader: Loader, files: Record<string, string>): Promise<string[]> {
  folder = await folderWith(files);
  return loadAgain(loader);
}

/** A build: what it stored, in the order in which it stands. */
async function loadAgain(loader: Loader): Promise<string[]> {
  setEditionSource(() => ({
    path: folder,
    publicFolder: resolve('public'),
    clock: { now: new Date('2026-01-15'), preview: false },
  }));
  await renewEdition();
  parsed = [];
  const store: Partial<DataStore> = {
    get: ((id: string) => kept.get(id)) as DataStore['get'],
    keys: () => [...kept.keys()],
    set: (entry) => {
      kept.set(entry.id, entry);
      return true;
    },
    clear: () => kept.clear(),
  };
  await loader.load({
    store,
    config: { root: pathToFileURL(`${root}/`) },
    generateDigest: (data: unknown) => String(data),
    parseData: async ({ id, data }: { id: string; data: unknown }) => {
      parsed.push(id);
      return data;
    },
  } as unknown as LoaderContext);
  return [...kept.keys()];
}

const post = (title: string, body = 'Text.') =>
  `---\ntitle: ${title}\npublishedAt: 2026-01-01\nsummary: It is.\nauthors: [otto-flask]\ntopics: [rain]\n---\n\n${body}\n`;

test('a body is stored as text, with its pictures, and is no module', async () => {
  const picture = await readFile('public/mark.svg', 'utf8');
  await load(bodies(), {
    'posts/a/index.mdx': post(
      'A',
      'See <Callout kind="tip">this</Callout>.\n\n![A mark](./mark.svg)\n\n![None](./no.svg)',
    ),
    'posts/a/mark.svg': picture,
  });
  expect(kept.get('posts/a')).toMatchObject({
    body: expect.stringContaining('See <Callout'),
    data: { words: expect.any(Number), pictures: { './mark.svg': './mark.svg' }, hasCode: false },
  });
  expect(kept.get('posts/a')).not.toHaveProperty('deferredRender');
});

test('a body with code in it is a module', async () => {
  await load(bodies(), { 'posts/a/index.mdx': post('A', 'It is {1 + 1}.') });
  expect(kept.get('posts/a')).toMatchObject({ data: { hasCode: true }, deferredRender: true });
});

test('a body has another digest for another text, and for another picture at the same path', async () => {
  const digests: unknown[] = [];
  for (const [text, picture] of [
    ['One', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
    ['Two', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
    ['Two', '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>'],
  ] as const) {
    const body = `${text} ![A mark](./mark.svg)`;
    await load(bodies(), { 'posts/a/index.mdx': post('A', body), 'posts/a/mark.svg': picture });
    digests.push(kept.get('posts/a')?.data['digest']);
  }
  expect(new Set(digests).size).toBe(3);
});

test('what is as an earlier build stored it is not parsed again; what changed is', async () => {
  const posts = entries('posts');
  const ids = await load(posts, { 'posts/a/index.mdx': post('A'), 'posts/b/index.mdx': post('B') });
  expect(parsed).toEqual(ids);
  await loadAgain(posts);
  expect(parsed).toEqual([]);
  await writeFile(join(folder, 'posts/b/index.mdx'), post('B and more'));
  await loadAgain(posts);
  expect(parsed).toEqual(['b']);
  expect(kept.get('b')?.data['title']).toBe('B and more');
});

test('all is parsed again when a schema has changed', async () => {
  const posts = entries('posts');
  const ids = await load(posts, { 'posts/a/index.mdx': post('A') });
  await writeFile(join(root, 'src/model/post.ts'), 'two');
  await loadAgain(posts);
  expect(parsed).toEqual(ids);
});

test('what is no longer there is not stored any more', async () => {
  const posts = entries('posts');
  const ids = await load(posts, { 'posts/a/index.mdx': post('A') });
  for (const id of [ids.at(-1) ?? '', 'a']) await rm(join(folder, 'posts', id), { recursive: true });
  expect(await loadAgain(posts)).toEqual(ids.slice(0, -1).filter((id) => id !== 'a'));
});

test('what is new stands where a first build puts it, pictures and all', async () => {
  const yaml = (...slugs: string[]) => slugs.map((slug) => `${slug}: { title: A, description: B. }\n`).join('');
  await load(topics(), { 'topics.yaml': yaml('rain', 'fog') });
  await writeFile(join(folder, 'topics.yaml'), yaml('snow', 'rain', 'hail', 'fog'));
  expect(await loadAgain(topics())).toEqual(['snow', 'rain', 'hail', 'fog']);
  expect(parsed).toEqual(['snow', 'hail']);
});

test('the lists of another content folder that Astro wrote are gone before it looks for them', async () => {
  const lists = ['content-assets.mjs', 'content-modules.mjs'].map((name) => join(root, '.astro', name));
  for (const list of lists) await writeFile(list, 'of another folder');
  await load(entries('posts'), {});
  for (const list of lists) await expect(readFile(list)).rejects.toThrow('ENOENT');
});
