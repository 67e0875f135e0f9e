import { describe, expect, test } from 'vitest';
import { buildCatalog } from '#catalog/graph.ts';
import type { Content } from '#catalog/content.ts';
import { content, episode, post, show } from '../../fakes/content.ts';

const build = (given: Partial<Content>) =>
  buildCatalog(content(given), { now: new Date('2026-11-22T12:00:00Z'), preview: false });
const guids = (given: Partial<Content>) => {
  const { episodes, posts } = build(given).catalog;
  return [...episodes, ...posts].map(({ guid }) => guid);
};

describe('the guid of an entry', () => {
  test('is made of its collection and slug, after the prefix of the show', () => {
    const given = { episodes: [episode({ slug: 'one' })], posts: [post({ slug: 'one' })] };
    expect(guids(given)).toEqual(['d-files:episodes/one', 'd-files:posts/one']);
    const named = { ...given, show: show({ guidPrefix: 'bughouse.example' }) };
    expect(guids(named)).toEqual(['bughouse.example:episodes/one', 'bughouse.example:posts/one']);
  });

  test('is what its author wrote, to the letter', () => {
    const guid = 'https://old.example.com/?p=12&x=Ä "y"';
    expect(guids({ posts: [post({ slug: 'one', guid, aliases: ['/posts/old'] })] })).toEqual([guid]);
  });

  test('stays that of the slug under which it was first published, by its aliases', () => {
    const aliases = ['/2014/one', '/posts/other-kind', '/episodes/?p=1', '/Episodes/first/', '/episodes/second'];
    expect(guids({ episodes: [episode({ slug: 'third', aliases })] })).toEqual(['d-files:episodes/first']);
  });
});

describe('a guid is one entry’s alone', () => {
  test('and both files are told, at the one that wrote it', () => {
    const { problems } = build({
      episodes: [episode({ slug: 'a', guid: 'd-files:posts/b' }), episode({ slug: 'c', number: 2, guid: 'urn:x' })],
      posts: [post({ slug: 'b' }), { ...post({ slug: 'd', guid: 'urn:x' }), folder: 'posts' }],
    });
    expect(problems.map(({ collection, slug, field, what }) => [collection, slug, ...field, what])).toEqual([
      [
        ...['episodes', 'a', 'guid'],
        'The guid "d-files:posts/b" is that of posts/b/index.mdx already: to every app the two would be one entry',
      ],
      [
        ...['posts', 'd', 'guid'],
        'The guid "urn:x" is that of episodes/c/index.mdx already: to every app the two would be one entry',
      ],
    ]);
  });

  test('a draft’s and that of an entry to come too, since they will be published', () => {
    const posts = [post({ slug: 'a', guid: 'urn:x', draft: true }), post({ slug: 'b', guid: 'urn:x' })];
    expect(build({ posts }).problems).toHaveLength(1);
  });

  test('of two that differ in capitals each has its own', () => {
    expect(build({ posts: [post({ slug: 'a', guid: 'urn:x' }), post({ slug: 'b', guid: 'urn:X' })] }).problems).toEqual(
      [],
    );
  });
});
