import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
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

test('an entry under another slug stays the same entry to its subscribers, by its alias alone', async () => {
  const guidsOf = async () => [...(await state()).now.keys()].toSorted();
  const before = await guidsOf();
  await rename(join(folder, 'posts/the-last-bucket'), join(folder, 'posts/a-later-bucket'));
  const alias = (slug: string) => (text: string) => text.replace('---\n', `---\naliases: [${slug}]\n`);
  await edit('posts/a-later-bucket/index.mdx', alias('/posts/the-last-bucket'));
  expect(await problemsIn(folder)).toEqual([]);
  expect(await guidsOf()).toEqual(before);

  await publish();
  await rename(join(folder, 'posts/a-later-bucket'), join(folder, 'posts/no-bucket'));
  const [lost] = await problemsIn(folder);
  await edit('posts/no-bucket/index.mdx', (text) =>
    text.replace('aliases: [/posts/the-last-bucket]', 'aliases: [/posts/the-last-bucket, /posts/a-later-bucket]'),
  );
  expect(lost).toMatchObject({ field: 'aliases', paste: 'aliases: [ /posts/the-last-bucket, /posts/a-later-bucket ]' });
  expect(await problemsIn(folder)).toEqual([]);
  expect(await guidsOf()).toEqual(before);
});

test('an entry that would get another guid: the line that keeps it', async () => {
  const dry = 'posts/the-dry-pipeline/index.mdx';
  for (const line of ['guid: urn:x', 'aliases: [/posts/from-elsewhere]']) {
    const old = await readFile(join(folder, dry), 'utf8');
    await writeFile(join(folder, dry), old.replace(/aliases:\n.*\n/, `${line}\n`));
    const [problem, ...others] = await problemsIn(folder);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      ...{ file: dry, field: 'guid', nearest: 'd-files:posts/the-dry-pipeline' },
      paste: 'guid: d-files:posts/the-dry-pipeline',
    });
    expect(problem?.what).toContain('would come to its subscribers as new');
    await writeFile(join(folder, dry), old);
  }
});

test('another prefix of guids: one line that keeps that of what is published', async () => {
  const show = await readFile(join(folder, 'show.yaml'), 'utf8');
  await writeFile(join(folder, 'show.yaml'), `${show}guidPrefix: umbrellas\n`);
  const [problem, ...others] = await problemsIn(folder);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ file: 'show.yaml', field: 'guidPrefix', paste: 'guidPrefix: d-files' });
  if (problem) await paste(problem, folder);
  expect(await problemsIn(folder)).toEqual([]);
});

test('a guid that a shell would read as something else is quoted in what is to be run', async () => {
  await edit(post, (text) => text.replace('---\n', '---\nguid: "https://old.example/?p=1&b=it\'s"\n'));
  await rm(join(folder, '.published.json'));
  await publish();
  await rm(join(folder, 'posts/the-last-bucket'), { recursive: true });
  const [problem] = await problemsIn(folder);
  expect(problem?.paste).toBe(`npm run publish-ledger -- --forget 'https://old.example/?p=1&b=it'\\''s'`);
});

describe('what apps hold beside the recording', () => {
  const place = 'episodes/the-umbrella-says-no';
  const captions = 'WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n';

  beforeEach(async () => {
    await edit(umbrella, (text) =>
      text.replace('\nnumber:', '\ntranscript: ./said.vtt\nchapters: [{ start: 0, title: No }]\nnumber:'),
    );
    for (const name of ['said.vtt', 'words.vtt']) await writeFile(join(folder, place, name), captions);
    await publish();
  });

  test('is in the ledger', async () => {
    const ledger = await readFile(join(folder, '.published.json'), 'utf8');
    for (const address of [`/${place}/embed/`, '/oembed/the-umbrella-says-no.json', `/${place}/said.vtt`])
      expect(ledger).toContain(JSON.stringify(address));
    expect(ledger).toContain(`/${place}/chapters.json`);
  });

  test('is lost where a transcript has another name, with the line that has its old one', async () => {
    await edit(umbrella, (text) => text.replace('./said.vtt', './words.vtt'));
    const [problem, ...others] = await problemsIn(folder);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ file: umbrella, field: 'transcript', paste: 'transcript: ./said.vtt' });
    if (problem) await paste(problem, folder);
    expect(await problemsIn(folder)).toEqual([]);
  });

  test('is lost where the file is gone, and then no line is offered that names it', async () => {
    await edit(umbrella, (text) => text.replace('./said.vtt', './words.vtt'));
    await rm(join(folder, place, 'said.vtt'));
    const [problem] = await problemsIn(folder);
    expect(problem).toMatchObject({ field: 'transcript', nearest: './said.vtt' });
    expect(problem?.paste).toBeUndefined();
  });

  test('is lost where the chapters are gone', async () => {
    await edit(umbrella, (text) => text.replace(/chapters: .*\n/, ''));
    expect(await problemsIn(folder)).toMatchObject([{ file: umbrella, field: 'chapters' }]);
  });

  test('is lost with the recording, which is told once', async () => {
    await edit(umbrella, (text) => text.replace(`${recording}\n`, ''));
    expect(await problemsIn(folder)).toMatchObject([{ file: umbrella, field: 'audio' }]);
  });

  test('is kept under another slug, by the alias of the page', async () => {
    await rename(join(folder, place), join(folder, 'episodes/yes'));
    await edit('episodes/yes/index.mdx', (text) =>
      text.replace(/aliases:\n.*\n/, '').replace('\nnumber:', `\naliases: [/${place}]\nnumber:`),
    );
    expect(await problemsIn(folder)).toEqual([]);
  });
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
  ['dated in the future now', 'publishedAt: 2027-01-01', 'publishedAt: 2025-02-05'],
])('an entry that is %s, at the line that does it', async (name, line, right) => {
  await edit(post, (text) => text.replace(/^(title: .*)\npublishedAt: (.*)/m, `$1\npublishedAt: $2\n${line}`));
  if (line.startsWith('publishedAt')) await edit(post, (text) => text.replace(/publishedAt: 2025.*\n/, ''));
  const [problem, ...others] = await problemsIn(folder);
  expect(others).toEqual([]);
  expect(problem?.file).toBe(post);
  expect(problem?.what).toContain(` and is ${name}: readers would lose it`);
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

test('a recording that was on another host and is a file now: no line can bring it back', async () => {
  const audio = await readFile('tests/fixtures/series/episodes/welcome-to-the-rock/audio.mp3');
  await writeFile(join(folder, 'episodes/the-umbrella-says-no/a.mp3'), audio);
  await edit(umbrella, (text) => text.replace(recording, 'audio: ./a.mp3'));
  const [problem, ...others] = await problemsIn(folder);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ file: umbrella, field: 'audio', nearest: 'https://cdn.example/no.mp3' });
  expect(problem?.paste).toBeUndefined();
});

test('another prefix of guids, where an entry has it already: each of the others is told', async () => {
  await edit(post, (text) => text.replace('---\n', '---\nguid: umbrellas:posts/the-last-bucket\n'));
  await rm(join(folder, '.published.json'));
  await publish();
  const show = await readFile(join(folder, 'show.yaml'), 'utf8');
  await writeFile(join(folder, 'show.yaml'), `${show}guidPrefix: umbrellas\n`);
  const problems = await problemsIn(folder);
  expect(problems.length).toBeGreaterThan(1);
  expect(new Set(problems.map(({ field }) => field))).toEqual(new Set(['guid']));
});
