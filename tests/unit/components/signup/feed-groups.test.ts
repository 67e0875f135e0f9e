import { expect, test } from 'vitest';
import type { FeedLink } from '#catalog/records.ts';
import { feedGroups } from '#components/signup/feed-groups.ts';

const feed = (kind: FeedLink['kind'], of: FeedLink['of'], title: string, url: string): FeedLink => ({
  ...{ kind, of, title, url },
  ...{ description: '', page: '/' },
});

test('feeds stand under what readers look for, by absolute address, without the name of the series', () => {
  const feeds = [
    feed('rss', 'everything', 'Files: A series', '/rss.xml'),
    feed('podcast', 'episodes', 'Files: A series', '/podcast.xml'),
    feed('json', 'everything', 'Files: A series', '/feed.json'),
    feed('rss', 'posts', 'Files: Posts', '/posts/rss.xml'),
    feed('podcast', { season: 1 }, 'Files: The first', '/podcast/season-1.xml'),
    feed('rss', { topic: 'a' }, 'Files: About a', '/topics/a/rss.xml'),
    feed('podcast', { topic: 'a' }, 'Files: About a', '/topics/a/podcast.xml'),
    feed('rss', { person: 'joel' }, 'Files: Joel', '/people/joel/rss.xml'),
  ];
  const at = (path: string) => `https://d.example${path}`;
  expect(feedGroups(feeds, 'Files', new URL('https://d.example/'))).toEqual({
    hear: [{ title: 'Episodes', address: at('/podcast.xml') }],
    read: [
      { title: 'Everything', address: at('/rss.xml') },
      { title: 'Posts', address: at('/posts/rss.xml') },
      { title: 'Everything, as JSON Feed', address: at('/feed.json') },
    ],
    seasons: [{ title: 'The first', address: at('/podcast/season-1.xml') }],
    topics: [
      { title: 'About a', address: at('/topics/a/rss.xml') },
      { title: 'About a, to hear', address: at('/topics/a/podcast.xml') },
    ],
    people: [{ title: 'Joel', address: at('/people/joel/rss.xml') }],
  });
});
