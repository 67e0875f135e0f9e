import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { proposals } from '#authoring/proposals.ts';
import { slugFor } from '#authoring/slug.ts';
import { editionOf, folderWith } from './content-folder.ts';

const base = 'tests/fixtures/invalid/base';
const text = await readFile(`${base}/episodes/the-umbrella-says-no/index.mdx`, 'utf8');

/** What is proposed, on the 15th of January 2026, beside episodes of these dates. */
async function proposedAfter(dates: readonly string[], seasons: readonly (number | undefined)[] = []) {
  const episodes = dates.map((date, i): [string, string] => [
    `episodes/e${i}/index.mdx`,
    text
      .replace(/^publishedAt:.*$/m, `publishedAt: ${date}`)
      .replace(/^number:.*$/m, `number: ${i + 10}${seasons[i] === undefined ? '' : `\nseason: ${seasons[i]}`}`),
  ]);
  return proposals(await editionOf(await folderWith(Object.fromEntries(episodes))));
}

test.each([
  ['the rhythm of the last ones', ['2025-12-18', '2026-01-01', '2026-01-14'], '2026-01-28'],
  ['today, where the rhythm was broken', ['2025-03-01', '2025-03-08', '2025-03-15'], '2026-01-15'],
  [
    'their time of day, in summer too',
    ['2026-04-13T09:00:00+02:00', '2026-04-20T09:00:00+02:00'],
    '2026-04-27T09:00:00+03:00',
  ],
])('an episode is proposed for %s', async (_, dates, expected) => {
  const { episodeDate } = await proposedAfter(dates);
  expect(episodeDate).toBe(expected);
});

test('its number is the next one of the newest season', async () => {
  expect(await proposedAfter(['2026-01-01', '2026-01-08'], [1, 2])).toMatchObject({ number: 12, season: 2 });
  expect(await proposedAfter(['2026-01-01'])).toMatchObject({ number: 11, season: undefined });
});

test.each([
  ["It's a Café!", 'its-a-cafe'],
  ['Größe, Łódź & Ærø', 'grosse-lodz-aero'],
  ['雨', undefined],
  ['…', undefined],
])('the slug of %j is %j', (title, slug) => {
  expect(slugFor(title)).toBe(slug);
});
