import { expect, test } from 'vitest';
import { buildCatalog } from '#catalog/graph.ts';
import { pagedLists } from '#catalog/paged-lists.ts';
import { years } from '#catalog/years.ts';
import { content, episode, person, post, show, topics, whitepaper } from '../../fakes/content.ts';

const { catalog, problems } = buildCatalog(
  content({
    show: show({ pageSize: 2, timezone: 'America/New_York', podcast: { seasons: [{ number: 1, name: 'Fog' }] } }),
    topics: topics('advocacy', 'rain'),
    people: ['joel', 'ana', 'ben', 'cleo'].map((slug) => person({ slug })),
    episodes: [
      episode({ slug: 'e1', season: 1, publishedAt: '2024-12-31T23:00:00-05:00' }),
      episode({ slug: 'e2', season: 1, publishedAt: '2025-01-02' }),
      episode({ slug: 'e3', season: 1, publishedAt: '2025-01-03', topics: ['rain'] }),
      episode({ slug: 'e4', season: 2, publishedAt: '2025-01-04' }),
      episode({ slug: 'e5', publishedAt: '2025-01-05' }),
    ],
    posts: [post({ slug: 'p', publishedAt: '2025-01-03T12:00:00Z', authors: ['ana'] })],
    whitepapers: [whitepaper({ slug: 'w', publishedAt: '2024-06-01' })],
  }),
  { now: new Date('2026-11-22T12:00:00Z'), preview: false },
);

test('every list has as many pages as hold it; one of an empty list, or of one that one page holds', () => {
  expect(problems).toEqual([]);
  expect(pagedLists(catalog).map(({ url, pages }) => [url, pages])).toEqual([
    ['/episodes/', 3],
    ['/posts/', 1],
    ['/whitepapers/', 1],
    ['/hosts/', 2],
    ['/topics/', 1],
    ['/episodes/season-2/', 1],
    ['/episodes/season-1/', 2],
    ['/topics/advocacy/', 3],
    ['/topics/rain/', 1],
    ['/people/joel/entries/', 3],
    ['/search/2025/', 1],
    ['/search/2024/', 1],
  ]);
});

test('a season has its name, its episodes newest first, and a page of its own; what is outside the seasons has none', () => {
  expect(catalog.seasons.map(({ url, title, entries }) => [url, title, entries.map(({ slug }) => slug)])).toEqual([
    ['/episodes/season-2/', 'Season 2', ['e4']],
    ['/episodes/season-1/', 'Season 1: Fog', ['e3', 'e2', 'e1']],
  ]);
});

test('a year has all that readers see as published in it, newest first', () => {
  expect(years(catalog.cards).map(({ year, entries }) => [year, entries.map(({ slug }) => slug)])).toEqual([
    ['2025', ['e5', 'e4', 'p', 'e3', 'e2']],
    ['2024', ['e1', 'w']],
  ]);
});
