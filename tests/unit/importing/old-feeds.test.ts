import { expect, test } from 'vitest';
import type { Archive, ArchivedPiece } from '#importing/archive.ts';
import { oldFeedsOf } from '#importing/old-feeds.ts';

const heard = { kind: 'episodes', draft: false, fields: { audio: {} } } as unknown as ArchivedPiece;
const archive = (kind: Archive['kind'], more: Partial<Archive> & { address?: string } = {}): Archive => ({
  ...{ kind, people: [], topics: [], pieces: [], comments: [], lost: [] },
  series: { address: more.address ?? 'https://old.example.com/', fields: {} },
  ...more,
});

test('a site below a path has its feeds there, and one without recordings has no podcast', () => {
  expect(oldFeedsOf(archive('wordpress', { address: 'https://old.example.com/blog' }))).toEqual({
    '/blog/feed/': '/rss.xml',
    '/blog/?feed=rss2': '/rss.xml',
  });
  expect(oldFeedsOf(archive('wordpress', { pieces: [heard] }))['/feed/podcast/']).toBe('/podcast.xml');
  expect(oldFeedsOf(archive('hugo'))).toEqual({ '/index.xml': '/rss.xml' });
});

test('the feed itself leads on where it is at the address of its site, and not from the host of a podcast', () => {
  const at = (feed: string) => oldFeedsOf(archive('podcast feed', { feed, pieces: [heard] }));
  expect(at('https://www.old.example.com/show/feed.xml?x=1')).toEqual({ '/show/feed.xml?x=1': '/podcast.xml' });
  expect(at('https://feeds.example.net/123.rss')).toEqual({});
});
