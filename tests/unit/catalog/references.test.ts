import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { References } from '#catalog/references.ts';
import { content, episode, person, post, show, whitepaper } from '../../fakes/content.ts';

const now = new Date('2026-11-22T12:00:00Z');
const problems = (given: Partial<Content>, preview = false) => buildCatalog(content(given), { now, preview }).problems;

describe('a reference to what does not exist is a problem at its field, with what does exist', () => {
  test.each<[string, Partial<Content>, object]>([
    [
      'a topic',
      { posts: [post({ slug: 'a', topics: ['advocacy', 'advocasy'] })] },
      {
        collection: 'posts',
        slug: 'a',
        field: ['topics', 1],
        to: 'topics',
        value: 'advocasy',
        what: 'Unknown topic "advocasy"',
        candidates: ['advocacy'],
      },
    ],
    [
      'a host',
      { episodes: [episode({ slug: 'e', hosts: ['jole'] })] },
      {
        collection: 'episodes',
        slug: 'e',
        field: ['hosts', 0],
        to: 'people',
        value: 'jole',
        what: 'Unknown person "jole"',
        candidates: ['joel'],
      },
    ],
    [
      'a guest',
      { episodes: [episode({ slug: 'e', guests: ['joel', 'anna'] })] },
      { collection: 'episodes', field: ['guests', 1], to: 'people', value: 'anna' },
    ],
    [
      'an author of a post',
      { posts: [post({ slug: 'a', authors: ['anna'] })] },
      { collection: 'posts', field: ['authors', 0], to: 'people', value: 'anna' },
    ],
    [
      'an author of a whitepaper',
      { whitepapers: [whitepaper({ slug: 'w', authors: ['anna'] })] },
      { collection: 'whitepapers', field: ['authors', 0], to: 'people', value: 'anna' },
    ],
    [
      'a whitepaper',
      { posts: [post({ slug: 'a', whitepaper: 'papr' })], whitepapers: [whitepaper({ slug: 'paper' })] },
      {
        collection: 'posts',
        field: ['whitepaper'],
        to: 'whitepapers',
        value: 'papr',
        what: 'Unknown whitepaper "papr"',
        candidates: ['paper'],
      },
    ],
    [
      'a related episode',
      { posts: [post({ slug: 'a', related: ['episodes/a'] })] },
      {
        collection: 'posts',
        field: ['related', 0],
        to: 'episodes',
        value: 'episodes/a',
        what: 'Unknown episode "episodes/a"',
        candidates: ['posts/a'],
      },
    ],
    [
      'a related post',
      { episodes: [episode({ slug: 'e', related: ['episodes/e', 'posts/e'] })] },
      { collection: 'episodes', field: ['related', 1], to: 'posts', what: 'Unknown post "posts/e"' },
    ],
    [
      'a host of the series',
      { show: show({ hosts: ['joel', 'matt'] }) },
      { collection: 'show', slug: '', field: ['hosts', 1], to: 'people', what: 'Unknown person "matt"' },
    ],
  ])('%s', (_, given, problem) => {
    const found = problems(given);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject(problem);
  });
});

test('what cannot be resolved is left out of the records', () => {
  const { catalog } = buildCatalog(
    content({ episodes: [episode({ slug: 'e', topics: ['fog', 'advocacy'], guests: ['anna'], whitepaper: 'w' })] }),
    { now, preview: false },
  );
  expect(catalog.episodes).toMatchObject([{ topics: [{ slug: 'advocacy' }], guests: [], hosts: [{ slug: 'joel' }] }]);
  expect(catalog.episodes[0]?.whitepaper).toBeUndefined();
});

describe('a reference to what is not published yet', () => {
  const given = {
    people: [person({ slug: 'joel' }), person({ slug: 'ghost', draft: true })],
    episodes: [episode({ slug: 'e', guests: ['ghost'] })],
    posts: [
      post({ slug: 'a', whitepaper: 'soon', related: ['posts/rough'] }),
      post({ slug: 'rough', draft: true, authors: ['ghost'] }),
    ],
    whitepapers: [whitepaper({ slug: 'soon', publishedAt: '2030-01-01' })],
  };

  test('is named as such', () => {
    expect(problems(given).map(({ what }) => what)).toEqual([
      'The person "ghost" is not published yet (a draft, or dated in the future)',
      'The post "posts/rough" is not published yet (a draft, or dated in the future)',
      'The whitepaper "soon" is not published yet (a draft, or dated in the future)',
    ]);
  });

  test('is no problem of a preview', () => {
    expect(problems(given, true)).toEqual([]);
  });

  test('is no problem of an entry that is not published itself', () => {
    expect(problems({ people: given.people, posts: given.posts.slice(1) })).toEqual([]);
  });
});

test('a record that is named twice is found once, and a wrong name is told each time', () => {
  const references = new References(content());
  const records = new Map([['joel', { name: 'Joel' }]]);
  const place = { collection: 'posts', slug: 'a', field: ['authors'] } as const;
  const found = references.all({ ...place, field: ['authors'] }, 'people', ['joel', 'x', 'joel', 'x'], records);
  expect(found).toEqual([{ name: 'Joel' }]);
  expect(references.problems.map(({ field }) => field)).toEqual([
    ['authors', 1],
    ['authors', 3],
  ]);
});

test('a field that is left out refers to nothing', () => {
  const references = new References(content());
  const place = { collection: 'posts' as const, slug: 'a', field: ['authors'] };
  expect(references.all(place, 'people', undefined, new Map())).toEqual([]);
  expect(references.problems).toEqual([]);
});
