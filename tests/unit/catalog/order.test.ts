import { expect, test } from 'vitest';
import { neighbours, newestFirst } from '#catalog/order.ts';
import { episode, post, show } from '../../fakes/content.ts';

const slugs = (entries: readonly { slug: string }[]) => entries.map(({ slug }) => slug);

test('the newer comes first, whatever its number', () => {
  const old = episode({ slug: 'old', number: 9, publishedAt: '2026-01-01' });
  const recent = episode({ slug: 'recent', number: 1, publishedAt: '2026-01-02' });
  expect(slugs(newestFirst([old, recent], show()))).toEqual(['recent', 'old']);
});

test('on one date the higher season comes first, then the higher number, then the slug in the alphabet', () => {
  const ordered = [
    episode({ slug: 'd', season: 2, number: 2 }),
    episode({ slug: 'c', season: 2, number: 1 }),
    episode({ slug: 'b', season: 1, number: 10 }),
    episode({ slug: 'e', season: 1, number: 9 }),
    episode({ slug: 'f', season: 1, number: 9 }),
    episode({ slug: 'a', number: 99 }),
  ];
  for (const shuffled of [ordered.toReversed(), [...ordered.slice(3), ...ordered.slice(0, 3)]])
    expect(slugs(newestFirst(shuffled, show()))).toEqual(slugs(ordered));
});

test('a day and an instant are compared as moments in the time zone of the series', () => {
  const day = post({ slug: 'day', publishedAt: '2026-07-15' });
  const before = post({ slug: 'before', publishedAt: '2026-07-15T03:59:59Z' });
  const after = post({ slug: 'after', publishedAt: '2026-07-15T04:00:01Z' });
  const { timezone, ...rest } = show({ timezone: 'America/New_York' });
  expect(slugs(newestFirst([before, day, after], { timezone, ...rest }))).toEqual(['after', 'day', 'before']);
  expect(slugs(newestFirst([before, day, after], show()))).toEqual(['after', 'before', 'day']);
});

test('the given list stays as it was', () => {
  const given = [post({ slug: 'b' }), post({ slug: 'a' })];
  newestFirst(given, show());
  expect(slugs(given)).toEqual(['b', 'a']);
});

test('previous is the older entry and next the newer; the ends have one of them', () => {
  const list = ['newest', 'middle', 'oldest'];
  expect(neighbours(list, 0)).toEqual({ previous: 'middle', next: undefined });
  expect(neighbours(list, 1)).toEqual({ previous: 'oldest', next: 'newest' });
  expect(neighbours(list, 2)).toEqual({ previous: undefined, next: 'middle' });
  expect(neighbours(['only'], 0)).toEqual({ previous: undefined, next: undefined });
});
