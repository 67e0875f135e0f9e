import { resolve, relative } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { editionOf, folderWith } from './content-folder.ts';

const show = readFileSync('tests/fixtures/invalid/base/show.yaml', 'utf8');
const umbrella = 'episodes/the-umbrella-says-no/index.mdx';
const episode = readFileSync(`tests/fixtures/invalid/base/${umbrella}`, 'utf8');

/** What the check advises on some files laid over those of the base, which nothing is to be said of. */
async function advice(files: Record<string, string | Uint8Array>) {
  const folder = await folderWith(files);
  const { problems, advice } = await editionOf(folder);
  expect(problems).toEqual([]);
  return advice.map(({ what, file, field }) => [relative(folder, resolve(file)), field, what]);
}

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#884422' } });
const cover = (file: string) => `${show}\ncover: { src: ./${file}, alt: A cloud }\n`;

test('content that every receiver takes gets no advice', async () => {
  const square = await picture(1400, 1400).jpeg().toBuffer();
  expect(await advice({ 'show.yaml': cover('cloud.jpg'), 'cloud.jpg': square })).toEqual([]);
});

describe('artwork that Apple Podcasts refuses is told', () => {
  test.each([
    [
      'not square',
      () => picture(1600, 1400).jpeg(),
      'has 1600 × 1400 pixels: Apple Podcasts takes square artwork alone',
    ],
    ['too small', () => picture(600, 600).png(), 'has 600 × 600 pixels: Apple Podcasts takes none under 1400 × 1400'],
    [
      'turned by its camera',
      () => picture(1400, 1500).jpeg().withMetadata({ orientation: 6 }),
      'has 1500 × 1400 pixels: Apple Podcasts takes square artwork alone',
    ],
    [
      'in colours for print',
      () => picture(1400, 1400).toColourspace('cmyk').jpeg(),
      'is in CMYK, colours for print: it is published in RGB, where they may look different',
    ],
    [
      'transparent',
      () => picture(1400, 1400).ensureAlpha(0.5).png(),
      'has transparent parts: Apple Podcasts takes artwork without',
    ],
  ])('%s', async (_, made, what) => {
    expect(await advice({ 'show.yaml': cover('cloud.png'), 'cloud.png': await made().toBuffer() })).toEqual([
      ['show.yaml', 'cover.src', `The artwork ./cloud.png ${what}`],
    ]);
  });
});

test('a description is counted in bytes, as Apple does', async () => {
  const long = show.replace(/^description:[^\n]*(?:\n {2}[^\n]*)*/m, `description: ${'ü'.repeat(2500)}`);
  expect(await advice({ 'show.yaml': long })).toEqual([
    ['show.yaml', 'description', '"description" has 5000 bytes: podcast feeds have the first 4000 of them'],
  ]);
});

test.each([
  [4000, []],
  [4001, [['show.yaml', 'description', '"description" has 4001 bytes: podcast feeds have the first 4000 of them']]],
])('a description has four thousand bytes at most: %i', async (bytes, expected) => {
  const long = show.replace(
    /^description:[^\n]*(?:\n {2}[^\n]*)*/m,
    `description: ${'ü'.repeat(2000)}${'x'.repeat(bytes - 4000)}`,
  );
  expect(await advice({ 'show.yaml': long })).toEqual(expected);
});

test('chapters of two seconds are right, and those of one are told where they are not the first', async () => {
  const chapters =
    'chapters: [{ start: 0, title: A }, { start: 1, title: B }, { start: 2, title: C }, { start: 2.9, title: D }]';
  expect(await advice({ [umbrella]: episode.replace('number: 2', `number: 2\n${chapters}`) })).toEqual([
    [umbrella, 'chapters[3].start', 'The chapters "C" and "D" begin in one second, at 0:02: apps show one of them'],
  ]);
});

test('two chapters in one second are told, and kept', async () => {
  const chapters = 'chapters: [{ start: 0, title: Drops }, { start: 0.4, title: Drips }]';
  expect(await advice({ [umbrella]: episode.replace('number: 2', `number: 2\n${chapters}`) })).toEqual([
    [
      umbrella,
      'chapters[1].start',
      'The chapters "Drops" and "Drips" begin in one second, at 0:00: apps show one of them',
    ],
  ]);
});

test('pictures in a file of chapters that are no addresses are told, and kept', async () => {
  const listed = (imgs: (string | undefined)[]) =>
    advice({
      [umbrella]: episode.replace('number: 2', 'number: 2\nchapters: ./chapters.json'),
      [umbrella.replace('index.mdx', 'chapters.json')]: JSON.stringify({
        version: '1.2.0',
        chapters: imgs.map((img, i) => ({ startTime: i, title: `Drop ${i}`, img })),
      }),
    });
  expect(await listed([undefined, 'https://pictures.example.com/drop.jpg'])).toEqual([]);
  expect(await listed(['./drop.jpg', undefined])).toEqual([
    [
      umbrella,
      'chapters',
      'The picture "./drop.jpg" of the chapter "Drop 0" is no address, and apps find none by it: chapters that are a list in the front matter may name a file beside the entry',
    ],
  ]);
});

test('two recordings of one moment are told; two of one day have seconds of their own', async () => {
  const recorded = (number: number, publishedAt: string) =>
    episode
      .replace(
        'number: 2',
        `number: ${number}\naudio: { url: "https://m.example/a.mp3", bytes: 9, type: audio/mpeg, duration: 9 }`,
      )
      .replace('2025-02-10', publishedAt);
  const files = (date: string) => ({ [umbrella]: recorded(7, date), 'episodes/twin/index.mdx': recorded(8, date) });
  expect(await advice(files('2025-02-10T09:00:00Z'))).toEqual([
    [
      'episodes/twin/index.mdx',
      'publishedAt',
      'This episode and episodes/the-umbrella-says-no are published at one moment: apps put them in any order. Give one a later second',
    ],
  ]);
  expect(await advice(files('2025-02-10'))).toEqual([]);
});

test('a bound of the podcast is told where it leaves episodes to further pages', async () => {
  const recorded = Object.fromEntries(
    Array.from({ length: 11 }, (_, i) => [
      `episodes/e${i}/index.mdx`,
      episode.replace(
        'number: 2',
        `number: ${i + 10}\naudio: { url: "https://m.example/${i}.mp3", bytes: 9, type: audio/mpeg, duration: 9 }`,
      ),
    ]),
  );
  const bounded = `${show}podcast: { feedSize: 10 }\n`;
  expect(await advice({ 'show.yaml': bounded, ...recorded })).toEqual([
    [
      'show.yaml',
      'podcast.feedSize',
      "The podcast's feed leaves 1 older episode to its further pages, which most apps do not follow",
    ],
  ]);
});
