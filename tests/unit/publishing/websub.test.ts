import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import type { Catalog } from '#catalog/records.ts';
import { feedList } from '#feeds/list.ts';
import { changedFeeds } from '#publishing/changed-feeds.ts';
import { compare } from '#publishing/comparison.ts';
import type { Fetch } from '#publishing/redirect-chain.ts';
import { snapshot } from '#publishing/snapshot.ts';
import { hubOf, ping } from '#publishing/websub.ts';
import { content, episode, person, post, topics } from '../../fakes/content.ts';

/** What is published of a content, and the feeds that have changed since `before` was. */
function changed(before: Partial<Content>, now: Partial<Content>): string[] {
  const [was, is] = [before, now].map((given) => {
    const { catalog, problems } = buildCatalog(content({ ...setting, ...given }), clock);
    expect(problems).toEqual([]);
    return catalog;
  }) as [Catalog, Catalog];
  const comparison = compare(snapshot(was, []), snapshot(is, []), is.redirects);
  return changedFeeds(comparison, feedList(is)).map(({ url }) => url);
}

const clock = { now: new Date('2026-11-22T12:00:00Z'), preview: false };
const setting = {
  topics: topics('advocacy', 'handover'),
  people: [person({ slug: 'joel' }), person({ slug: 'matt' })],
};
const audio = { url: 'https://cdn.example/e1.mp3', bytes: 1, type: 'audio/mpeg', duration: 1 } as const;
const old = post({ slug: 'old', topics: ['advocacy', 'handover'], authors: ['joel', 'matt'] });

describe('the feeds in which something is new', () => {
  test('are none where nothing changed', () => {
    expect(changed({ posts: [old] }, { posts: [old] })).toEqual([]);
  });

  test('are those of the site, of the topics and of the people of a new post', () => {
    expect(changed({ posts: [old] }, { posts: [old, post({ slug: 'new', authors: ['matt'] })] })).toEqual([
      ...['/rss.xml', '/feed.json', '/posts/rss.xml', '/topics/advocacy/rss.xml', '/people/matt/rss.xml'],
    ]);
  });

  test('are the podcast feeds too where an episode has a recording', () => {
    const feeds = changed({ posts: [old] }, { posts: [old], episodes: [episode({ slug: 'e1', audio })] });
    expect(feeds).toEqual([
      ...['/rss.xml', '/podcast.xml', '/feed.json', '/episodes/rss.xml'],
      ...['/topics/advocacy/rss.xml', '/topics/advocacy/podcast.xml', '/people/joel/rss.xml'],
    ]);
  });

  test('are those that a post has left which is gone', () => {
    const gone = post({ slug: 'gone', topics: ['handover'], authors: ['matt'] });
    expect(changed({ posts: [old, gone] }, { posts: [old] })).toEqual([
      ...['/rss.xml', '/feed.json', '/posts/rss.xml', '/topics/handover/rss.xml', '/people/matt/rss.xml'],
    ]);
  });

  test('are those of podcasts where what is gone was heard, and no others', () => {
    const heard = episode({ slug: 'e1', audio });
    const gone = (written: object) =>
      changed(
        { posts: [old], episodes: [heard, episode({ slug: 'e2', ...written })] },
        { posts: [old], episodes: [heard] },
      );
    expect(gone({})).toEqual([
      ...['/rss.xml', '/feed.json', '/episodes/rss.xml', '/topics/advocacy/rss.xml', '/people/joel/rss.xml'],
    ]);
    expect(gone({ audio: { ...audio, url: 'https://cdn.example/e2.mp3' } })).toEqual([
      ...['/rss.xml', '/podcast.xml', '/feed.json', '/episodes/rss.xml'],
      ...['/topics/advocacy/rss.xml', '/topics/advocacy/podcast.xml', '/people/joel/rss.xml'],
    ]);
  });

  test('are those that an entry leaves, and those that it comes to', () => {
    const before = post({ slug: 'one', topics: ['advocacy'], authors: ['joel'], title: 'Before' });
    const now = post({ slug: 'one', topics: ['handover'], authors: ['matt'], title: 'Now' });
    expect(changed({ posts: [old, before] }, { posts: [old, now] })).toEqual([
      ...['/rss.xml', '/feed.json', '/posts/rss.xml', '/topics/advocacy/rss.xml', '/topics/handover/rss.xml'],
      ...['/people/joel/rss.xml', '/people/matt/rss.xml'],
    ]);
  });
});

test('a hub hears of each feed in a form of its own', async () => {
  const told: string[] = [];
  const fetch: Fetch = (address, { method, body }) => {
    told.push(`${method} ${address} ${String(body as URLSearchParams)}`);
    return Promise.resolve(new Response(null, { status: 204 }));
  };
  const pings = await ping('https://hub.example/', ['https://d.example/rss.xml'], { fetch, timeout: 1000 });
  expect(told).toEqual(['POST https://hub.example/ hub.mode=publish&hub.url=https%3A%2F%2Fd.example%2Frss.xml']);
  expect(pings).toEqual([{ feed: 'https://d.example/rss.xml', accepted: true, answer: '204' }]);
});

test('a hub that refuses one feed still hears of the next', async () => {
  const answers = [
    () => Promise.resolve(new Response(null, { status: 500, statusText: 'Sorry' })),
    () => Promise.reject(new Error('fetch failed')),
    () => Promise.resolve(new Response(null, { status: 202 })),
  ];
  const pings = await ping('https://hub.example/', ['a', 'b', 'c'], {
    fetch: () => (answers.shift() ?? (() => Promise.reject(new Error('too many'))))(),
    timeout: 1000,
  });
  expect(pings.map(({ accepted, answer }) => [accepted, answer])).toEqual([
    [false, '500 Sorry'],
    [false, 'fetch failed'],
    [true, '202'],
  ]);
});

test('the hub is the one that the show names, if it names one', () => {
  expect(hubOf({ podcast: { hub: 'https://hub.example/' } })).toBe('https://hub.example/');
  expect(hubOf({ title: 'A show' })).toBeUndefined();
  expect(hubOf({ podcast: { hub: 'no address' } })).toBeUndefined();
});
