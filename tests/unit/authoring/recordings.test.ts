import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readChapters, recordingFacts } from '#authoring/recordings.ts';
import { pruneCache } from '#cache/build-cache.ts';

const episodes = 'tests/fixtures/series/episodes';

test('a recording is read once, until its file is another one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [cache, file] = [join(folder, 'cache'), join(folder, 'audio.mp3')];
  await copyFile(`${episodes}/torchys-discount-beacons/audio.mp3`, file);
  const first = await recordingFacts(file, cache);
  expect(first).toMatchObject({ type: 'audio/mpeg', bytes: expect.any(Number), duration: expect.any(Number) });
  expect(await recordingFacts(file, cache)).toEqual(first);
  expect(await pruneCache(cache)).toEqual({ made: 1, reused: 1 });

  await copyFile(`${episodes}/the-contract-read-aloud/audio.mp3`, file);
  expect(await recordingFacts(file, cache)).not.toEqual(first);
  expect(await pruneCache(cache)).toEqual({ made: 1, reused: 0 });
});

test('what is no recording is told each time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'audio.mp3');
  await writeFile(file, 'No recording.');
  for (const _ of [1, 2]) await expect(recordingFacts(file, join(folder, 'cache'))).rejects.toThrow('is not audio');
});

/** The chapters of a file with this text. */
async function chaptersOf(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'chapters-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'chapters.json'), text);
  return readChapters(join(folder, 'chapters.json'));
}
const listed = (...chapters: unknown[]) => JSON.stringify({ version: '1.2.0', chapters });

test('a file of chapters is read as far as the site shows it', async () => {
  const text = listed(
    { startTime: 0, title: ' Rain ', url: 'https://example.com/a', endTime: 4 },
    { startTime: 4, img: 'https://example.com/b.png', toc: false },
    { startTime: 5, title: 'Hail', toc: true },
    { startTime: 6, title: ' ', toc: false },
  );
  expect(await chaptersOf(`\uFEFF${text}`)).toEqual([
    { start: 0, end: 4, title: 'Rain', url: 'https://example.com/a' },
    { start: 4, title: '', img: 'https://example.com/b.png', toc: false },
    { start: 5, title: 'Hail', toc: true },
    { start: 6, title: ' ', toc: false },
  ]);
});

const none = 'is not a chapters file: it wants "version" and "chapters" with "startTime" and "title" each';
test.for([
  ['Rain.', 'is not JSON'],
  ['{}', none],
  [listed(), none],
  [listed({ title: 'Rain' }), none],
  [listed({ startTime: -1, title: 'Rain' }), none],
  [listed({ startTime: 0, title: 'Rain' }, { startTime: 1 }), 'has a mistake in chapter 2: its title is empty'],
  [listed({ startTime: 0, title: ' ', toc: true }), 'has a mistake in chapter 1: its title is empty'],
  [
    listed({ startTime: 0, title: 'Rain' }, { startTime: 1, title: 'Hail', url: 'hail' }),
    'has a mistake in chapter 2: its url must be an http(s) address, not "hail"',
  ],
] as const)('%s is no file of chapters: %s', async ([text, message]) => {
  await expect(chaptersOf(text)).rejects.toThrow(new Error(message));
});
