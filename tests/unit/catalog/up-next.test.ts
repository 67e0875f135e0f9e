import { expect, test } from 'vitest';
import { buildCatalog } from '#catalog/graph.ts';
import { content, episode } from '../../fakes/content.ts';

const clock = { now: new Date('2026-11-22T12:00:00Z'), preview: false };
const audio = { url: 'https://example.com/1.mp3', bytes: 1, type: 'audio/mpeg', duration: 99 } as const;
const heard = (slug: string, season: number | undefined, day: number) =>
  episode({ slug, season, number: day, audio, publishedAt: `2026-01-0${day}` });
const upNextOf = (episodes: ReturnType<typeof episode>[]) =>
  Object.fromEntries(
    buildCatalog(content({ episodes }), clock).catalog.episodes.map(({ slug, upNext }) => [slug, upNext?.slug]),
  );

test('after an episode comes the next one of its season, and after the last of a season the newest of all', () => {
  expect(
    upNextOf([heard('a1', 1, 1), heard('b1', 2, 2), heard('a2', 1, 3), heard('b2', 2, 4), heard('b3', 2, 5)]),
  ).toEqual({ a1: 'a2', a2: 'b3', b1: 'b2', b2: 'b3', b3: undefined });
});

test('episodes outside the seasons follow one another', () => {
  expect(upNextOf([heard('one', undefined, 1), heard('s', 1, 2), heard('two', undefined, 3)])).toEqual({
    one: 'two',
    s: 'two',
    two: undefined,
  });
});

test('what has no recording in a file is passed over', () => {
  const film = episode({ slug: 'film', season: 1, video: { youtube: 'dQw4w9WgXcQ' }, publishedAt: '2026-01-02' });
  const text = episode({ slug: 'text', season: 1, publishedAt: '2026-01-04' });
  expect(upNextOf([heard('a', 1, 1), film, heard('b', 1, 3), text])).toEqual({
    a: 'b',
    film: 'b',
    b: undefined,
    text: 'b',
  });
});

test('nothing comes next where nothing can be played', () => {
  expect(upNextOf([episode({ slug: 'text' }), episode({ slug: 'other' })])).toEqual({
    text: undefined,
    other: undefined,
  });
});
