import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentFiles, plainMarkdown } from '../../bench/build/content.ts';
import { series, wordsIn } from '../../bench/build/series.ts';
import { writeSeries } from '../../bench/build/write-series.ts';
import { editionOf, problemsIn } from '../authoring/content-folder.ts';

const filesOf = async (count: number, seed: number) => {
  const files: Record<string, string> = {};
  for await (const { path, content } of contentFiles(series(count, seed)))
    files[path] = Buffer.from(content).toString('base64');
  return files;
};

test('a series of one seed is the same each time, and another seed is another series', async () => {
  const files = await filesOf(30, 1);
  expect(await filesOf(30, 1)).toEqual(files);
  expect(Object.keys(await filesOf(30, 2))).not.toEqual(Object.keys(files));
});

test.each([1, 10, 100])(
  'a made-up series of %i entries is content without a mistake, all of it published',
  async (count) => {
    const folder = await mkdtemp(join(tmpdir(), 'series-'));
    try {
      await writeSeries(folder, count);
      expect(await problemsIn(folder)).toEqual([]);
      const { episodes, posts } = (await editionOf(folder)).catalog;
      expect([episodes.length, posts.length]).toEqual([Math.ceil(count / 2), Math.floor(count / 2)]);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

test('half of it is episodes, and its lengths vary around 620 words', () => {
  const { entries, topics, people } = series(1000, 1);
  const lengths = entries.map(({ blocks }) => wordsIn(blocks)).toSorted((a, b) => a - b);
  const episodes = entries.flatMap(({ episode }) => episode ?? []);
  expect(episodes).toHaveLength(500);
  expect(episodes.filter(({ transcript }) => transcript.length > 0)).toHaveLength(50);
  expect(lengths[500]).toBeGreaterThan(590);
  expect(lengths[500]).toBeLessThan(650);
  expect(lengths[50]).toBeLessThan(400);
  expect(lengths[950]).toBeGreaterThan(850);
  expect([topics.length, people.length]).toEqual([30, 127]);
});

test('other generators are given the same text in plain Markdown', () => {
  for (const entry of series(50, 1).entries) {
    const text = plainMarkdown(entry);
    expect(text).not.toMatch(/[<{]|\.\//);
    expect(text.split(/\s+/).length).toBeGreaterThan(wordsIn(entry.blocks) * 0.95);
  }
});
