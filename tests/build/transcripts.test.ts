import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../fixture-site.ts';

// Astro keeps a cache for each content folder: one name, one cache.
const content = join(tmpdir(), 'transcripts-content');
const output = 'node_modules/.cache/transcripts-site';

/** The longest of 810 transcripts of a podcast has so many cues. */
const cueCount = 5536;

/** A conversation of many hours: who speaks changes at every eighth cue. */
const long = Array.from({ length: cueCount }, (_, i) => {
  const mark = (thousandths: number) => {
    const hours = String(Math.floor(thousandths / 3_600_000)).padStart(2, '0');
    return `${hours}:${new Date(thousandths).toISOString().slice(14, 23)}`;
  };
  const voice = Math.floor(i / 8) % 2 ? 'Otto Brolly' : 'Ada Drizzle';
  return `${mark(i * 2117)} --> ${mark(i * 2117 + 2000)}\n<v ${voice}>umbrella ${i} and the rain.`;
});

const transcripts: Record<string, string | Buffer> = {
  'long.vtt': ['WEBVTT', ...long].join('\n\n'),
  'sloppy.srt':
    '00:01.5 -> 00:03\nOtto: If a < b,\n\nthe point is: \0rain.\n\n9\n00:00:03,000 --> 00:00:03,000\n>> Is it?',
  'latin.vtt': Buffer.from('\uFEFFWEBVTT\n\n00:01.000 --> 00:02.000 align:middle\n<v Ada>Café <Acme>.', 'utf16le'),
  'whisper.json':
    '{"segments":[{"start":"1","text":" Rain\\u0000 & hail."},{"start":2,"speaker":null,"text":" Sun."}]}',
};

const episode = (number: number, transcript: string) => `---
title: Episode ${number}
publishedAt: 2025-03-0${number}
number: ${number + 10}
summary: What was said.
topics: [rain-forecasts]
hosts: [ada-drizzle, otto-brolly]
sharedGoal: To be read.
marketingView: A word.
salesView: Another word.
transcript: ./${transcript}
---

Rain.
`;

let said = '';

beforeAll(async () => {
  const files = Object.entries(transcripts).flatMap(([name, text], i): [string, string | Buffer][] => [
    [`episodes/e${i + 1}/index.mdx`, episode(i + 1, name)],
    [`episodes/e${i + 1}/${name}`, text],
  ]);
  await rm(content, { recursive: true, force: true });
  await cp('tests/fixtures/invalid/base', content, { recursive: true });
  for (const [file, text] of files) {
    await mkdir(join(content, dirname(file)), { recursive: true });
    await writeFile(join(content, file), text);
  }
  const built = await build(
    { SITE_URL: 'https://rain.example.com', NOW: '2026-01-15T12:00:00Z', CONTENT_DIR: content },
    output,
  );
  said = built.output;
  expect(built.code, said).toBe(0);
}, 180_000);
afterAll(() => rm(content, { recursive: true, force: true }));

const file = (path: string) => readFile(join(output, 'client/episodes', path), 'utf8');
const page = async (slug: string) => parseHTML(await file(`${slug}/index.html`)).document;
const wordsOf = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

describe(`a transcript of ${cueCount} cues`, () => {
  test('is a page of at most 600 kB', async () => {
    expect((await file('e1/index.html')).length).toBeLessThanOrEqual(600_000);
  });

  test('has each moment, in its paragraph with a link and a time', async () => {
    const document = await page('e1');
    const paragraphs = [...document.querySelectorAll('episode-transcript [id^="t-"]')];
    const starts = paragraphs.map((each) => each.getAttribute('data-starts')?.split(' ').map(Number) ?? []);
    expect(starts.flat()).toEqual(Array.from({ length: cueCount }, (_, i) => (i * 2117) / 1000));
    for (const [i, paragraph] of paragraphs.entries()) {
      expect(paragraph.querySelectorAll('[data-said] > *')).toHaveLength(starts[i]?.length ?? 0);
      expect(paragraph.querySelector('a[href^="#"]')?.getAttribute('href')).toBe(`#${paragraph.id}`);
      expect(paragraph.querySelector('time')?.getAttribute('datetime')).toMatch(/^PT/);
    }
    expect(new Set(paragraphs.map(({ id }) => id)).size).toBe(paragraphs.length);
  });
});

describe('a transcript that is not as its format has it', () => {
  const shown = async (slug: string) =>
    [...(await page(slug)).querySelectorAll('episode-transcript [id^="t-"]')].map((each) =>
      [each.querySelector('.label')?.textContent ?? '', each.querySelector('[data-said]')?.textContent ?? ''].map(
        wordsOf,
      ),
    );

  test('is whole on its page', async () => {
    expect(await shown('e2')).toEqual([
      ['Otto Brolly (sales)', 'If a < b, the point is: rain.'],
      ['', 'Is it?'],
    ]);
    expect((await page('e2')).querySelector('[data-turn]')?.textContent).toContain('Is it?');
    expect(await shown('e3')).toEqual([['Ada Drizzle (marketing)', 'Café <Acme>.']]);
    expect(await shown('e4')).toEqual([['', 'Rain & hail. Sun.']]);
  });

  test('and is right in its file', async () => {
    expect(await file('e2/sloppy.srt')).toBe(
      '1\n00:00:01,500 --> 00:00:03,000\nOtto: If a < b,\nthe point is: rain.\n\n2\n00:00:03,000 --> 00:00:07,000\n>> Is it?\n',
    );
    expect(await file('e3/latin.vtt')).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ada>Café &lt;Acme&gt;.\n');
    expect(JSON.parse(await file('e4/whisper.json'))).toMatchObject({ segments: [{ endTime: 2 }, { endTime: 6 }] });
  });

  test('and the build says that there is advice', () => {
    expect(said).toMatch(/Advice on \d+ things: npm run content/);
  });
});
