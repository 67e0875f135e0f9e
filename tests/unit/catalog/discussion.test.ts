import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import type { Comment, Reply } from '#site/comments.ts';
import { content, episode, post, show } from '../../fakes/content.ts';

const clock = { now: new Date('2026-11-22T12:00:00Z'), preview: false };
const reply = (id: string, more: Partial<Reply> = {}): Reply => ({
  ...{ id, name: 'Dora', body: 'Words.', at: '2026-03-13T23:10:00Z' },
  ...more,
});
const comment = (id: string, more: Partial<Comment> = {}): Comment => ({ ...reply(id), replies: [], ...more });

function episodeWith(
  comments: Comment[],
  written: Partial<Parameters<typeof episode>[0]> = {},
  given: Partial<Content> = {},
) {
  const { catalog, problems } = buildCatalog(
    content({ episodes: [episode({ slug: 'e', ...written })], comments: { 'episodes/e': comments }, ...given }),
    clock,
  );
  expect(problems).toEqual([]);
  return catalog.episodes[0];
}

describe('the discussion of an entry', () => {
  test('has its comments with their replies, dated as the readers of the series see it', () => {
    const comments = [comment('1', { moment: 90, replies: [reply('2', { person: 'joel' })] }), comment('3')];
    const found = episodeWith(comments, {}, { show: show({ timezone: 'Asia/Tokyo' }) })?.discussion;
    expect(found).toMatchObject({
      ...{ isOpen: true, count: 3, feed: '/episodes/e/comments.xml' },
      comments: [
        {
          ...{ id: '1', name: 'Dora', body: 'Words.', moment: 90, person: undefined },
          at: { iso: '2026-03-13T23:10:00.000Z', text: '14 March 2026' },
          replies: [{ id: '2', person: { slug: 'joel', side: 'marketing' } }],
        },
        { id: '3', replies: [] },
      ],
    });
  });

  test('counts what its authors deleted no more, on cards neither', () => {
    const gone = comment('1', { name: '', body: '', isDeleted: true, replies: [reply('2')] });
    const found = episodeWith([gone]);
    expect([found?.discussion?.count, found?.comments]).toEqual([1, 1]);
    expect([episodeWith([])?.discussion?.count, episodeWith([])?.comments]).toEqual([0, undefined]);
  });

  test('has no feed before its first comment', () => {
    expect(episodeWith([])?.discussion).toEqual({ isOpen: true, comments: [], count: 0, feed: undefined });
  });

  test('goes on under a new slug, in the order in which all was said', () => {
    const comments = {
      'episodes/e': [comment('2', { at: '2026-03-14T00:00:00Z' }), comment('4', { at: '2026-03-16T00:00:00Z' })],
      'episodes/old': [comment('1', { at: '2026-03-13T00:00:00Z' }), comment('3', { at: '2026-03-15T00:00:00Z' })],
    };
    const found = episodeWith([], { aliases: ['/episodes/old', '/elsewhere'] }, { comments });
    expect(found?.discussion?.comments.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
    expect(found?.comments).toBe(4);
  });

  test('keeps what was said when it is closed, and is not there where nothing was', () => {
    expect(episodeWith([comment('1')], { comments: 'closed' })?.discussion).toMatchObject({ isOpen: false, count: 1 });
    expect(episodeWith([], { comments: 'closed' })?.discussion).toBeUndefined();
  });

  test('is nowhere in a series that takes no comments, whatever was said', () => {
    const found = episodeWith([comment('1')], {}, { show: show({ comments: 'off' }) });
    expect([found?.discussion, found?.comments]).toEqual([undefined, undefined]);
  });

  test('is shown under the name that was given then where its host has no page any more', () => {
    expect(episodeWith([comment('1', { person: 'nobody' })])?.discussion?.comments[0]).toMatchObject({
      name: 'Dora',
      person: undefined,
    });
  });

  test('is that of a post, whose episode of the same name has its own', () => {
    const { catalog } = buildCatalog(
      content({
        ...{ episodes: [episode({ slug: 'e' })], posts: [post({ slug: 'e' })] },
        comments: { 'posts/e': [comment('1')] },
      }),
      clock,
    );
    expect(catalog.posts[0]?.discussion?.feed).toBe('/posts/e/comments.xml');
    expect([catalog.posts[0]?.comments, catalog.episodes[0]?.comments]).toEqual([1, undefined]);
    expect([catalog.cards.posts[0]?.comments, catalog.cards.episodes[0]?.comments]).toEqual([1, undefined]);
  });
});
