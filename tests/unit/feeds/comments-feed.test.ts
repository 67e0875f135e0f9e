import { parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { commentsFeed } from '#feeds/comments-feed.ts';
import { siteFeed } from '#feeds/site-feed.ts';
import type { Comment, Reply } from '#site/comments.ts';
import { episode } from '../../fakes/content.ts';
import { podcast } from './podcast.ts';
import { audio, catalogOf, documentsOf, publication, site } from './publication.ts';

const said = (id: string, more: Partial<Reply> = {}): Reply => ({
  ...{ id, name: 'Dora', body: 'Words.', at: `2026-03-0${id}T09:00:00Z` },
  ...more,
});
const comments: Comment[] = [
  { ...said('1', { moment: 90 }), replies: [said('3', { person: 'joel', name: 'Joel' })] },
  { ...said('2', { body: 'See <b>https://x.example/a</b>\nand\n\n& so on \u0007' }), replies: [] },
  { ...said('4', { isDeleted: true, name: '', body: '' }), replies: [] },
];
const given = (list: Comment[]) => ({
  episodes: [episode({ slug: 'e1', title: 'Fog & <rain>', audio })],
  comments: { 'episodes/e1': list },
});

async function feedOf(list: Comment[]) {
  const { show, episodes } = catalogOf(given(list));
  const [{ title, url, discussion }] = episodes as [(typeof episodes)[0]];
  const { comments = [], feed = '' } = discussion ?? {};
  return parseRssFeed(await commentsFeed({ show, title, url, comments, feed }, site));
}

describe('the feed of comments on an entry', () => {
  test('has each comment and reply as an item with its place on the page, the newest first', async () => {
    const feed = await feedOf(comments);
    expect(feed).toMatchObject({
      title: 'Comments on Fog & <rain>',
      link: 'https://files.example/episodes/e1/',
      lastBuildDate: 'Tue, 03 Mar 2026 09:00:00 GMT',
      atom: { links: [{ href: 'https://files.example/episodes/e1/comments.xml', rel: 'self' }] },
    });
    expect(feed.items?.map(({ guid, link, title, pubDate, dc }) => [guid, link, title, pubDate, dc?.creators])).toEqual(
      [
        [
          { value: '3', isPermaLink: false },
          'https://files.example/episodes/e1/#comment-3',
          'Joel Capperella on Fog & <rain>',
          'Tue, 03 Mar 2026 09:00:00 GMT',
          ['Joel Capperella'],
        ],
        [
          expect.objectContaining({ value: '2' }),
          expect.anything(),
          'Dora on Fog & <rain>',
          expect.anything(),
          ['Dora'],
        ],
        [
          expect.objectContaining({ value: '1' }),
          expect.anything(),
          'Dora on Fog & <rain>',
          expect.anything(),
          ['Dora'],
        ],
      ],
    );
  });

  test('shows what was written, and no markup of it', async () => {
    const { items = [] } = await feedOf(comments);
    expect(items.map(({ description }) => description)).toEqual([
      '<p>Words.</p>',
      '<p>See &lt;b&gt;<a href="https://x.example/a" rel="ugc nofollow">x.example/a</a>&lt;/b&gt;<br/>and</p><p>&amp; so on </p>',
      '<p><a href="https://files.example/episodes/e1/?t=90">at 1:30</a></p><p>Words.</p>',
    ]);
  });
});

describe('the feeds of entries', () => {
  test('tell how many comments an entry has, and where they are', async () => {
    const catalog = catalogOf(given(comments));
    const expected = {
      comments: 'https://files.example/episodes/e1/#comments',
      slash: { comments: 3 },
      wfw: { commentRss: 'https://files.example/episodes/e1/comments.xml' },
    };
    const [document] = documentsOf(catalog, '/rss.xml');
    expect(parseRssFeed(await siteFeed(document, publication(catalog))).items?.[0]).toMatchObject(expected);
    expect((await podcast(given(comments))).items?.[0]).toMatchObject(expected);
  });

  test('tell nothing of comments where there are none', async () => {
    const catalog = catalogOf(given([]));
    const [document] = documentsOf(catalog, '/rss.xml');
    expect(await siteFeed(document, publication(catalog))).not.toMatch(/<(?:comments|slash:|wfw:)/);
  });
});
