import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recordingFacts } from '#authoring/recordings.ts';
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
