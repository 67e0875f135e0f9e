import { expect, test } from 'vitest';
import type { EpisodeRecord, PersonLink, Profile } from '#catalog/records.ts';
import { searchRecord } from '#metadata/search-record.ts';

const person = (name: string, side?: PersonLink['side']) => ({ name, side }) as PersonLink;

const episode = (facts: Partial<EpisodeRecord>) =>
  searchRecord({
    kind: 'episodes',
    record: {
      ...{ label: 'File 003', publishedAt: { iso: '2025-12-31T23:30:00.000Z', text: '1 January 2026' } },
      ...{ topics: [], people: [], readingMinutes: 4 },
      ...facts,
    } as unknown as EpisodeRecord,
  });

test('an episode can be narrowed to by what readers see of it', () => {
  const topics = [{ slug: 'pricing', url: '/topics/pricing/', title: 'Pricing' }];
  const people = [person('Gus', 'sales'), person('Petra', 'marketing'), person('Bram', 'both')];
  expect(episode({ season: 2, topics, people })?.filters).toEqual({
    ...{ kind: ['Episode'], topic: ['Pricing'], person: ['Gus', 'Petra', 'Bram'], side: ['Marketing', 'Sales'] },
    ...{ season: ['2'], year: ['2026'], length: ['Under 10 minutes'], has: [] },
  });
});

test.each([
  [599, 'Under 10 minutes'],
  [600, '10 to 30 minutes'],
  [1800, '10 to 30 minutes'],
  [1801, '30 to 60 minutes'],
  [3600, '30 to 60 minutes'],
  [3601, 'Over an hour'],
])('a recording of %d seconds takes %j', (duration, length) => {
  expect(episode({ duration })?.filters.length).toEqual([length]);
});

const list = { url: '/', entries: [] };

test('home, the search itself and the later pages of a list are not found', () => {
  expect(searchRecord({ kind: 'home', episodes: [] })).toBeUndefined();
  expect(searchRecord({ kind: 'lists', record: { slug: 'search', ...list } })).toBeUndefined();
  expect(searchRecord({ kind: 'lists', record: { slug: 'posts', current: 2, ...list } })).toBeUndefined();
  expect(searchRecord({ kind: 'lists', record: { slug: 'posts', current: 1, ...list } })?.kind).toBe('Page');
});

test('a topic and a season are found by their first page, and somebody by their own', () => {
  const topic = { slug: 'fog', url: '/topics/fog/', title: 'Fog', description: 'All about fog.', count: 30 };
  const season = { slug: 'season-2', url: '/episodes/season-2/', title: 'Season 2', number: 2 };
  const record = person('Gus') as Profile;
  const found = (current: number) => [
    searchRecord({ kind: 'topics', record: topic, part: { ...list, current } })?.kind,
    searchRecord({ kind: 'seasons', record: season, part: { ...list, current } })?.filters,
  ];
  expect(found(1)).toEqual(['Topic', { kind: ['Page'], season: ['2'] }]);
  expect(found(2)).toEqual([undefined, undefined]);
  expect(searchRecord({ kind: 'people', record })?.filters.person).toEqual(['Gus']);
  expect(searchRecord({ kind: 'people', record, part: list })).toBeUndefined();
});
