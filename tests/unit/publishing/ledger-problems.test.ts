import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeLedger } from '#publishing/ledger-file.ts';
import { forgotten, nextLedger } from '#publishing/next-ledger.ts';
import { publishingState, type State } from '#publishing/state.ts';
import { editionOf, folderWith, problemsIn } from '../authoring/content-folder.ts';
import { paste } from '../authoring/pasting.ts';

const post = 'posts/the-last-bucket/index.mdx';
const umbrella = 'episodes/the-umbrella-says-no/index.mdx';
const recording = 'audio: { url: "https://cdn.example/no.mp3", bytes: 14, type: audio/mpeg, duration: 60 }';

let folder = '';

/** A folder that was published as it is. */
beforeEach(async () => {
  const dry = await readFile('tests/fixtures/invalid/base/posts/the-dry-pipeline/index.mdx', 'utf8');
  folder = await folderWith({
    [post]: dry.replace('The dry pipeline', 'The last bucket').replace(/aliases:\n.*\n/, ''),
  });
  await edit(umbrella, (text) => text.replace('\nnumber:', `\n${recording}\nnumber:`));
  await publish();
});

const edit = async (file: string, change: (text: string) => string) =>
  writeFile(join(folder, file), change(await readFile(join(folder, file), 'utf8')));

async function state(): Promise<State> {
  const found = await publishingState(await editionOf(folder));
  if ('problems' in found) throw new Error(JSON.stringify(found.problems, null, 2));
  return found;
}

async function publish(): Promise<void> {
  const { before, now, catalog } = await state();
  await writeLedger(folder, nextLedger(before, now, catalog.redirects));
}

test('what is published as before has no problem', async () => {
  expect(await problemsIn(folder)).toEqual([]);
});

test('a recording that was published when names were not encoded is the same', async () => {
  const audio = await readFile('tests/fixtures/series/episodes/welcome-to-the-rock/audio.mp3');
  await edit(umbrella, (text) => text.replace(recording, 'audio: ./größe & co.mp3'));
  await writeFile(join(folder, 'episodes/the-umbrella-says-no/größe & co.mp3'), audio);
  await rm(join(folder, '.published.json'));
  await publish();
  await edit('.published.json', decodeURI);
  expect(await readFile(join(folder, '.published.json'), 'utf8')).toContain('/größe & co.mp3"');
  expect(await problemsIn(folder)).toEqual([]);

  await rename(
    join(folder, 'episodes/the-umbrella-says-no/größe & co.mp3'),
    join(folder, 'episodes/the-umbrella-says-no/other.mp3'),
  );
  await edit(umbrella, (text) => text.replace('größe & co.mp3', 'other.mp3'));
  expect(await problemsIn(folder)).toMatchObject([{ field: 'audio', nearest: './größe & co.mp3' }]);
});

test('an entry under another slug: the alias for the file that looks most like it', async () => {
  await rename(join(folder, 'posts/the-last-bucket'), join(folder, 'posts/a-later-bucket'));
  const [problem, ...others] = await problemsIn(folder);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ file: '.published.json', field: 'd-files:posts/the-last-bucket' });
  expect(problem?.nearest).toMatch(/posts\/a-later-bucket\/index\.mdx$/);
  expect(problem?.paste).toBe('aliases: [ /posts/the-last-bucket ]');
  const ledger = await readFile(join(folder, '.published.json'), 'utf8');
  expect(ledger.split('\n')[(problem?.line ?? 0) - 1]).toContain('"d-files:posts/the-last-bucket": {');
});

test('the alias, once it is there, explains it, and the address is watched from then on', async () => {
  await rename(join(folder, 'posts/the-last-bucket'), join(folder, 'posts/a-later-bucket'));
  const later = 'posts/a-later-bucket/index.mdx';
  const [problem] = await problemsIn(folder);
  await edit(later, (text) => text.replace('---\n', `---\n${problem?.paste}\n`));
  expect(await problemsIn(folder)).toEqual([]);

  await publish();
  await edit(later, (text) => text.replace(`${problem?.paste}\n`, ''));
  const [lost] = await problemsIn(folder);
  expect(lost).toMatchObject({ file: later, field: 'aliases', paste: 'aliases: [ /posts/the-last-bucket ]' });
});

test('a deleted entry: how to say that it is meant', async () => {
  await rm(join(folder, 'posts/the-last-bucket'), { recursive: true });
  const guid = 'd-files:posts/the-last-bucket';
  const [problem] = await problemsIn(folder);
  expect(problem).toMatchObject({ file: '.published.json', paste: `npm run publish-ledger -- --forget ${guid}` });
  await writeLedger(folder, forgotten((await state()).before, [guid]));
  expect(await problemsIn(folder)).toEqual([]);
});

test.each([
  ['a draft again', 'draft: true', 'draft: false'],
  ['dated in the future', 'publishedAt: 2027-01-01', 'publishedAt: 2025-02-05'],
])('an entry that is %s, at the line that does it', async (_name, line, right) => {
  await edit(post, (text) => text.replace(/^(title: .*)\npublishedAt: (.*)/m, `$1\npublishedAt: $2\n${line}`));
  if (line.startsWith('publishedAt')) await edit(post, (text) => text.replace(/publishedAt: 2025.*\n/, ''));
  const [problem, ...others] = await problemsIn(folder);
  expect(others).toEqual([]);
  expect(problem?.file).toBe(post);
  expect(problem?.what).toContain('--forget d-files:posts/the-last-bucket');
  expect(problem?.paste).toBe(right);
  if (problem) await paste(problem, folder);
  expect(await problemsIn(folder)).toEqual([]);
});

test('a recording at another address: the line with the address that apps have', async () => {
  await edit(umbrella, (text) => text.replace('no.mp3', 'no-2.mp3'));
  const [problem, ...others] = await problemsIn(folder);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ file: umbrella, field: 'audio.url', nearest: 'https://cdn.example/no.mp3' });
  if (problem) await paste(problem, folder);
  expect(await problemsIn(folder)).toEqual([]);
});

test('a recording that is gone with its fields', async () => {
  await edit(umbrella, (text) => text.replace(`${recording}\n`, ''));
  expect(await problemsIn(folder)).toMatchObject([{ file: umbrella, field: 'audio' }]);
});

test('an entry that has mistakes of its own is not taken for lost', async () => {
  await edit(post, (text) => text.replace('title:', 'titel:'));
  expect((await problemsIn(folder)).map(({ field }) => field)).toEqual(['titel']);
});

test('a ledger that is not JSON is one problem', async () => {
  await writeFile(join(folder, '.published.json'), 'oops');
  expect(await problemsIn(folder)).toMatchObject([{ file: '.published.json', line: 1, field: 'JSON' }]);
});

test('in a preview, drafts are not lost', async () => {
  await edit(post, (text) => text.replace('---\n', '---\ndraft: true\n'));
  expect(await problemsIn(folder, true)).toEqual([]);
});
