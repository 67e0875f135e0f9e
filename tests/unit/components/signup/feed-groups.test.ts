import { expect, test } from 'vitest';
import type { FeedLink } from '#catalog/records.ts';
import { feedGroups } from '#components/signup/feed-groups.ts';

const feed = (kind: FeedLink['kind'], of: FeedLink['of'], url: string): FeedLink => ({
  ...{ kind, of, url },
  ...{ title: 'Files: A series', description: '', page: '/' },
});

test('feeds stand under what readers look for, by absolute address', () => {
  const feeds = [
    feed('rss', 'everything', '/rss.xml'),
    feed('podcast', 'episodes', '/podcast.xml'),
    feed('json', 'everything', '/feed.json'),
    feed('rss', 'posts', '/posts/rss.xml'),
  ];
  const at = (path: string) => `https://d.example${path}`;
  expect(feedGroups(feeds, new URL('https://d.example/'))).toEqual({
    hear: [{ title: 'Episodes', address: at('/podcast.xml') }],
    read: [
      { title: 'Everything', address: at('/rss.xml') },
      { title: 'Posts', address: at('/posts/rss.xml') },
      { title: 'Everything, as JSON Feed', address: at('/feed.json') },
    ],
  });
});
