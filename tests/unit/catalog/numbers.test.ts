import { expect, test } from 'vitest';
import type { Entry } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { sharedNumbers } from '#catalog/numbers.ts';
import { content, episode } from '../../fakes/content.ts';

const problems = (...episodes: Entry<'episodes'>[]) => sharedNumbers(content({ episodes }));

test('a number that two episodes have is a problem of the one whose slug is later, with the next free number', () => {
  const found = problems(
    episode({ slug: 'b', number: 2 }),
    episode({ slug: 'a', number: 2 }),
    episode({ slug: 'c', number: 7 }),
  );
  expect(found).toEqual([
    {
      collection: 'episodes',
      slug: 'b',
      field: ['number'],
      what: 'Number 2 belongs to episodes/a already',
      candidates: ['8'],
    },
  ]);
});

test('a number may be had once in each season, and once outside of them', () => {
  expect(
    problems(
      episode({ slug: 'a', number: 1, season: 1 }),
      episode({ slug: 'b', number: 1, season: 2 }),
      episode({ slug: 'c', number: 1 }),
    ),
  ).toEqual([]);
  expect(
    problems(episode({ slug: 'a', number: 1, season: 2 }), episode({ slug: 'b', number: 1, season: 2 })),
  ).toMatchObject([{ slug: 'b' }]);
});

test('trailers and bonus episodes may have the number of another', () => {
  expect(
    problems(
      episode({ slug: 'a', number: 1, episodeType: 'trailer' }),
      episode({ slug: 'b', number: 1, episodeType: 'bonus' }),
      episode({ slug: 'c', number: 1 }),
    ),
  ).toEqual([]);
});

test('a draft has its number already, so that publishing it brings no surprise', () => {
  const given = content({
    episodes: [episode({ slug: 'a', number: 1, draft: true }), episode({ slug: 'b', number: 1 })],
  });
  const { problems } = buildCatalog(given, { now: new Date('2026-11-22T12:00:00Z'), preview: false });
  expect(problems).toMatchObject([{ slug: 'b', what: 'Number 1 belongs to episodes/a already' }]);
});
