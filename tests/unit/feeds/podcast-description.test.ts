import { describe, expect, test } from 'vitest';
import { clipped, episodeDescription } from '#feeds/podcast-description.ts';
import { episode } from '../../fakes/content.ts';
import { audio, catalogOf, site } from './publication.ts';

function described(written: Partial<Parameters<typeof episode>[0]>, summary?: string): string {
  const [record] = catalogOf({
    episodes: [episode({ slug: 'e1', audio: { ...audio, duration: 7200 }, ...written })],
  }).episodes;
  if (!record) throw new Error('There is one');
  return episodeDescription(summary === undefined ? record : { ...record, summary }, site);
}
const chapters = (...starts: number[]) => starts.map((start) => ({ start, title: `At ${start} <b>` }));
const page = '<p><a href="https://files.example/episodes/e1/">Notes, links and transcript</a></p>';

test('it is the summary and the way to the page', () => {
  expect(described({ summary: 'Fog & <more>.' })).toBe(`<p>Fog &amp; &lt;more&gt;.</p>${page}`);
});

test('three chapters from the beginning on are listed with their times', () => {
  expect(described({ summary: 'Fog.', chapters: chapters(0, 75.9, 3601) })).toBe(
    '<p>Fog.</p><ul><li>00:00:00 At 0 &lt;b&gt;</li><li>00:01:15 At 75.9 &lt;b&gt;</li>' +
      `<li>01:00:01 At 3601 &lt;b&gt;</li></ul>${page}`,
  );
});

test.each([
  ['two chapters', chapters(0, 75)],
  ['chapters that begin later', chapters(1, 75, 100)],
  ['more chapters than a description has room for', chapters(...Array.from({ length: 200 }, (_, i) => i))],
])('%s are not listed', (_, written) => {
  expect(described({ summary: 'Fog.', chapters: written })).toBe(`<p>Fog.</p>${page}`);
});

test.each([
  ['ampersands', '&'.repeat(4000)],
  ['emoji', '🦞'.repeat(2000)],
  ['words', 'فنار منارة '.repeat(400)],
])('4,000 characters of %s stay within 4,000 bytes, and its tags are whole', (_, summary) => {
  const html = described({ chapters: chapters(0, 1, 2) }, summary);
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(4000);
  expect(html.isWellFormed()).toBe(true);
  expect(html).toMatch(/^<p>[^<>]+…<\/p>.*<\/p>$/);
});

describe('text that is too long', () => {
  test('ends between two words', () => {
    expect(clipped('one two three', 11)).toBe('one two…');
    expect(clipped('one two three', 13)).toBe('one two three');
  });

  test('is cut inside a word that fills it, never inside a character', () => {
    expect(clipped('🦞🦞🦞🦞', 12)).toBe('🦞🦞…');
  });
});

test('chapters are listed as long as the description has 4,000 bytes at most', () => {
  const many = chapters(...Array.from({ length: 100 }, (_, i) => i));
  const listed = (letters: number) => described({ chapters: many }, 'x'.repeat(letters));
  const room = 4001 - Buffer.byteLength(listed(1));
  expect([Buffer.byteLength(listed(room)), listed(room).includes('<ul>')]).toEqual([4000, true]);
  expect(listed(room + 1)).not.toContain('<ul>');
});
