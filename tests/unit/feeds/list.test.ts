import { describe, expect, test } from 'vitest';
import { feedsOf } from '#metadata/page-feeds.ts';
import { feedList } from '#feeds/list.ts';
import { episode, partner, person, post, show, topic, whitepaper } from '../../fakes/content.ts';
import { audio, catalogOf, video } from './publication.ts';

const given = {
  show: show({ podcast: { seasons: [{ number: 2, name: 'The second winter' }] } }),
  topics: { fog: topic('Fog'), rain: topic('Rain'), snow: topic('Snow'), hail: topic('Hail') },
  people: [person({ slug: 'joel', name: 'Joel' }), person({ slug: 'ana', name: 'Ana' }), person({ slug: 'idle' })],
  episodes: [
    episode({ slug: 'e1', publishedAt: '2026-01-01', season: 1, topics: ['fog'], audio }),
    episode({ slug: 'e2', publishedAt: '2026-01-02', season: 2, topics: ['fog', 'rain'], video, guests: ['ana'] }),
    episode({ slug: 'e3', publishedAt: '2026-01-03', season: 3, topics: ['snow'], video: { vimeo: '1234567' } }),
  ],
  posts: [post({ slug: 'p', publishedAt: '2026-01-04', topics: ['rain'] })],
  whitepapers: [whitepaper({ slug: 'w', topics: ['hail'], authors: ['idle'] })],
};
const addresses = (of: Parameters<typeof catalogOf>[0]) => feedList(catalogOf(of)).map(({ url }) => url);
const items = (url: string) =>
  feedList(catalogOf(given))
    .find((feed) => feed.url === url)
    ?.pieces.map((piece) => piece.guid.replace('d-files:', ''));

test('there is a feed of everything and of each part, season, topic and person that has something in it', () => {
  expect(addresses(given)).toEqual([
    ...['/rss.xml', '/podcast.xml', '/feed.json', '/episodes/rss.xml', '/posts/rss.xml'],
    ...['/podcast/season-1.xml', '/podcast/season-2.xml'],
    ...['/topics/fog/rss.xml', '/topics/fog/podcast.xml', '/topics/rain/rss.xml', '/topics/rain/podcast.xml'],
    ...['/topics/snow/rss.xml', '/people/joel/rss.xml', '/people/ana/rss.xml'],
  ]);
});

test('without a recording file there is no podcast, of the series or of a part of it', () => {
  const { episodes, ...rest } = given;
  expect(addresses({ ...rest, episodes: episodes.slice(2) }).filter((url) => url.includes('podcast'))).toEqual([]);
});

describe('a feed holds, newest first,', () => {
  test.each([
    ['everything', '/rss.xml', ['posts/p', 'episodes/e3', 'episodes/e2', 'episodes/e1']],
    ['the same in JSON', '/feed.json', ['posts/p', 'episodes/e3', 'episodes/e2', 'episodes/e1']],
    ['every episode', '/episodes/rss.xml', ['episodes/e3', 'episodes/e2', 'episodes/e1']],
    ['every post', '/posts/rss.xml', ['posts/p']],
    ['for podcast apps only what they can play', '/podcast.xml', ['episodes/e2', 'episodes/e1']],
    ['one season', '/podcast/season-1.xml', ['episodes/e1']],
    ['one topic', '/topics/rain/rss.xml', ['posts/p', 'episodes/e2']],
    ['what can be played of a topic', '/topics/rain/podcast.xml', ['episodes/e2']],
    [
      'what a person hosted and wrote',
      '/people/joel/rss.xml',
      ['posts/p', 'episodes/e3', 'episodes/e2', 'episodes/e1'],
    ],
    ['where a person was a guest', '/people/ana/rss.xml', ['episodes/e2']],
  ])('%s', (_, url, expected) => {
    expect(items(url)).toEqual(expected);
  });
});

test('a feed is named for what it is a feed of', () => {
  const titles = feedList(catalogOf(given)).map(({ url, title }) => [url, title]);
  expect(Object.fromEntries(titles)).toMatchObject({
    '/rss.xml': 'The Test Files',
    '/episodes/rss.xml': 'The Test Files: Episodes',
    '/podcast/season-1.xml': 'The Test Files: Season 1',
    '/podcast/season-2.xml': 'The Test Files: The second winter',
    '/topics/fog/podcast.xml': 'The Test Files: Fog',
    '/people/ana/rss.xml': 'The Test Files: Ana',
  });
});

describe('a page names the feeds of everything and of', () => {
  const catalog = catalogOf(given);
  const own = (path: string) =>
    [...catalog.seasons, ...catalog.topics, ...catalog.people].find(({ url }) => url === path)?.feeds ?? [];
  const whole = ['/rss.xml', '/podcast.xml', '/feed.json'];
  test.each([
    ['nothing more', '/about/', []],
    ['the episodes, on their list', '/episodes/', ['/episodes/rss.xml']],
    ['the episodes and its season', '/episodes/season-2/', ['/episodes/rss.xml', season(2)]],
    ['the episodes, on the page of one', '/episodes/e1/', ['/episodes/rss.xml']],
    ['the posts, on the page of one', '/posts/p/', ['/posts/rss.xml']],
    ['its topic', '/topics/fog/', ['/topics/fog/rss.xml', '/topics/fog/podcast.xml']],
    ['its person', '/people/ana/', ['/people/ana/rss.xml']],
  ])('%s', (_, path, more) => {
    expect(feedsOf(path, catalog.show.feeds, own(path)).map(({ url }) => url)).toEqual([...whole, ...more]);
  });
});

const season = (number: number) => `/podcast/season-${number}.xml`;

test('the feed for the readers of a partner has all of its topics, each entry once', () => {
  const partners = [partner({ slug: 'ferry', topics: ['fog', 'rain'] })];
  const feed = feedList(catalogOf({ ...given, partners })).find(({ url }) => url === '/with/ferry/rss.xml');
  expect(feed?.pieces.map(({ slug }) => slug)).toEqual(['p', 'e2', 'e1']);
});
