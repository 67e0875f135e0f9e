import { expect, test } from 'vitest';
import type { Entry } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { numberProblems } from '#catalog/numbers.ts';
import { content, episode, show } from '../../fakes/content.ts';

const problems = (...episodes: Entry<'episodes'>[]) => numberProblems(content({ episodes }));

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

test('a trailer and a bonus go without a number, and no other episode does', () => {
  const found = problems(
    episode({ slug: 'a', number: undefined, episodeType: 'trailer' }),
    episode({ slug: 'b', number: undefined, episodeType: 'bonus' }),
    episode({ slug: 'c', number: undefined }),
    episode({ slug: 'd', number: 4 }),
  );
  expect(found).toEqual([
    {
      collection: 'episodes',
      slug: 'c',
      field: ['number'],
      what: expect.stringMatching(/^Missing field "number".*"numbered: false" in show\.yaml/),
      candidates: ['5'],
    },
  ]);
});

test('in a series that is not numbered every episode may go without, or have the number of another', () => {
  const episodes = [
    episode({ slug: 'a', number: undefined }),
    episode({ slug: 'b', number: undefined }),
    episode({ slug: 'c', number: 1 }),
    episode({ slug: 'd', number: 1 }),
  ];
  expect(numberProblems(content({ episodes, show: show({ numbered: false }) }))).toEqual([]);
});

test('a draft has its number already, so that publishing it brings no surprise', () => {
  const given = content({
    episodes: [episode({ slug: 'a', number: 1, draft: true }), episode({ slug: 'b', number: 1 })],
  });
  const { problems } = buildCatalog(given, { now: new Date('2026-11-22T12:00:00Z'), preview: false });
  expect(problems).toMatchObject([{ slug: 'b', what: 'Number 1 belongs to episodes/a already' }]);
});
