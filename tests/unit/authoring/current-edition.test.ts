import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { currentEdition, onRenewal, renewEdition, setEditionSource } from '#authoring/current-edition.ts';
import type { Edition } from '#authoring/edition.ts';
import { folderOf } from './content-folder.ts';

let folder: string;
let readings: number;
let fails: boolean;

beforeEach(async () => {
  folder = await folderOf('base');
  readings = 0;
  fails = false;
  setEditionSource(() => {
    if (fails) throw new Error('gone');
    readings += 1;
    const now = new Date(Date.UTC(2026, 0, 14 + readings));
    return { path: folder, publicFolder: resolve('public'), clock: { now, preview: true } };
  });
});

test('all who ask for the edition get the same one, of one reading and one moment', async () => {
  const editions = await Promise.all([currentEdition(), currentEdition(), currentEdition()]);
  expect(new Set(editions).size).toBe(1);
  expect(readings).toBe(1);
});

test('a save makes one new edition, for all who wait for one', async () => {
  const before = await currentEdition();
  const told: Edition[] = [];
  for (const name of ['episodes', 'posts', 'people']) onRenewal(name, (edition) => told.push(edition));
  await writeFile(join(folder, 'topics.yaml'), 'rain: { title: Rain, description: What falls. }\n');
  const renewed = await renewEdition();
  expect(readings).toBe(2);
  expect(told).toEqual([renewed, renewed, renewed]);
  expect(renewed.clock.now > before.clock.now).toBe(true);
  expect(renewed.folder.topics.yaml.data).toEqual({ rain: { title: 'Rain', description: 'What falls.' } });
  expect(await currentEdition()).toBe(renewed);
});

test('of two saves in a row the later one counts, whichever is read first', async () => {
  const told: Edition[] = [];
  onRenewal('posts', (edition) => told.push(edition));
  const [first, second] = await Promise.all([renewEdition(), renewEdition()]);
  expect(told).toEqual([second]);
  expect(await currentEdition()).toBe(second);
  expect(first).toBe(second);
});

test('a reading that fails leaves the last edition as it was', async () => {
  const before = await currentEdition();
  fails = true;
  await expect(renewEdition()).rejects.toThrow('gone');
  expect(await currentEdition()).toBe(before);
});

test('a folder that is not there is an edition with a mistake in it', async () => {
  await rename(folder, `${folder}-away`);
  const { problems } = await renewEdition();
  await rename(`${folder}-away`, folder);
  expect(problems.map(({ what }) => what)).toEqual([expect.stringContaining('is not there')]);
});
