import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { siteFeed } from '#feeds/site-feed.ts';
import { episode, person, post, show, topic } from '../../fakes/content.ts';
import { catalogOf, documentsOf, publication, site } from './publication.ts';

interface Item {
  title: string;
  link: string;
  guid: { '#text': string; '@_isPermaLink': string };
  pubDate: string;
  description: string;
  category: string[];
  'dc:creator': string[];
  'content:encoded': string;
  source: { '#text': string; '@_url': string };
  enclosure: Record<string, string>;
  'atom:updated': string;
}
interface Channel {
  title: string;
  description: string;
  link: string;
  language: string;
  copyright: string;
  lastBuildDate: string;
  'podcast:medium': string;
  'atom:link': Record<string, string>[];
  item: Item[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ['item', 'category', 'dc:creator', 'atom:link'].includes(name),
});

async function xmlOf(
  given: Partial<Content>,
  { at = site, html = '<p>Hello.</p>', address = '/rss.xml' } = {},
): Promise<string> {
  const catalog = catalogOf(given);
  const [document] = documentsOf(catalog, address);
  return siteFeed(document, publication(catalog, { at, html }));
}

/** The feed as a reader parses it; an error if it is not well-formed. */
async function feed(...of: Parameters<typeof xmlOf>): Promise<Channel> {
  const xml = await xmlOf(...of);
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml).not.toMatch(forbidden);
  return (parser.parse(xml) as { rss: { channel: Channel } }).rss.channel;
}

/** What XML 1.0 forbids (section 2.2), which the validator lets pass. */
const forbidden = new RegExp('[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]', 'u');

test('the channel says what the series is and where its feed lies', async () => {
  const channel = await feed({
    show: show({ subtitle: 'Disconnected', language: 'en-US' }),
    posts: [post({ slug: 'a' })],
  });
  expect(channel).toMatchObject({
    title: 'The Test Files: Disconnected',
    description: 'A series that exists in tests only.',
    link: 'https://files.example/',
    language: 'en-US',
    'atom:link': [{ '@_href': 'https://files.example/rss.xml', '@_rel': 'self', '@_type': 'application/rss+xml' }],
    'podcast:medium': 'blog',
  });
});

test('a series without a second half of its name has the first half for a title', async () => {
  expect((await feed({ posts: [post({ slug: 'a' })] })).title).toBe('The Test Files');
});

test('a series without entries has a feed without items', async () => {
  const channel = await feed({});
  expect(channel.title).toBe('The Test Files');
  expect(channel.item).toBeUndefined();
});

test('an item has the title, the address, the summary and the content of its entry', async () => {
  const { item } = await feed(
    { episodes: [episode({ slug: 'e1', title: 'One', summary: 'The first.' })] },
    { html: '<section><p>Go <a href="/about/">on</a> or <a href="#top">up</a>.</p></section>' },
  );
  expect(item).toMatchObject([{ title: 'One', link: 'https://files.example/episodes/e1/', description: 'The first.' }]);
  expect(item[0]?.['content:encoded']).toBe(
    '<div><p>Go <a href="https://files.example/about/">on</a> or <a href="https://files.example/episodes/e1/#top">up</a>.</p></div>',
  );
});

test('episodes and posts stand together, the newest first', async () => {
  const { item } = await feed({
    episodes: [episode({ slug: 'e1', publishedAt: '2026-01-01' }), episode({ slug: 'e2', publishedAt: '2026-01-03' })],
    posts: [
      post({ slug: 'p1', publishedAt: '2026-01-02' }),
      post({ slug: 'p2', publishedAt: '2026-01-03T00:00:01Z' }),
      post({ slug: 'draft', draft: true }),
      post({ slug: 'soon', publishedAt: '2027-01-01' }),
    ],
  });
  expect(item.map(({ link }) => new URL(link).pathname)).toEqual([
    '/posts/p2/',
    '/episodes/e2/',
    '/posts/p1/',
    '/episodes/e1/',
  ]);
});

test('a date of publication is written as RFC 822 wants it', async () => {
  const { item } = await feed({
    show: show({ timezone: 'America/New_York' }),
    posts: [
      post({ slug: 'a', publishedAt: '2026-07-04' }),
      post({ slug: 'b', publishedAt: '2026-01-04T09:05:06+05:30' }),
    ],
  });
  expect(item.map(({ pubDate }) => pubDate)).toEqual([
    'Sat, 04 Jul 2026 04:00:00 GMT',
    'Sun, 04 Jan 2026 03:35:06 GMT',
  ]);
});

test('an item has each topic as a category and each of its people as a creator, in order', async () => {
  const { item } = await feed({
    topics: { fog: topic('Fog & friends'), rain: topic('Rain') },
    people: [person({ slug: 'joel', name: 'Joel C' }), person({ slug: 'ana', name: 'Ana <the third> & co' })],
    episodes: [
      episode({ slug: 'e1', topics: ['rain', 'fog'], hosts: ['joel'], guests: ['ana'], publishedAt: '2026-01-02' }),
    ],
    posts: [post({ slug: 'p', topics: ['fog'] })],
  });
  expect(item.map(({ category }) => category)).toEqual([['Rain', 'Fog & friends'], ['Fog & friends']]);
  expect(item.map((each) => each['dc:creator'])).toEqual([['Joel C', 'Ana <the third> & co'], ['Joel C']]);
});

test('an item says when its substance changed, where it first appeared, and what can be heard', async () => {
  const { item } = await feed({
    episodes: [
      episode({
        slug: 'e1',
        updatedAt: '2026-02-03T04:05:06Z',
        source: 'https://old.example/blog/one?a=b&c=d',
        audio: { url: 'https://media.example/é.mp3', bytes: 1234, type: 'audio/mpeg', duration: 60 },
      }),
    ],
  });
  expect(item).toMatchObject([
    {
      'atom:updated': '2026-02-03T04:05:06.000Z',
      source: { '#text': 'old.example', '@_url': 'https://old.example/blog/one?a=b&c=d' },
      enclosure: { '@_url': 'https://media.example/%C3%A9.mp3', '@_length': '1234', '@_type': 'audio/mpeg' },
    },
  ]);
});

test('an item has no source, date of change or enclosure that its entry has not', async () => {
  const { item } = await feed({ episodes: [episode({ slug: 'e1', video: { youtube: 'abcdefghijk' } })] });
  expect(Object.keys(item[0] ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(source|enclosure|atom:updated)$/)]),
  );
});

test('the date of a feed is that of its newest change, whenever it is built', async () => {
  const posts = [
    post({ slug: 'new', publishedAt: '2026-03-01' }),
    post({ slug: 'old', publishedAt: '2026-01-01', updatedAt: '2026-04-05' }),
  ];
  expect((await feed({ posts })).lastBuildDate).toBe('Sun, 05 Apr 2026 00:00:00 GMT');
  expect(await feed({})).not.toHaveProperty('lastBuildDate');
});

test('a feed names its copyright and its WebSub hub', async () => {
  const channel = await feed({ show: show({ copyright: '007', podcast: { hub: 'https://hub.example/' } }) });
  expect(channel.copyright).toBe('007');
  expect(channel['atom:link']).toContainEqual({ '@_href': 'https://hub.example/', '@_rel': 'hub' });
});

test('the feed of a topic has its title, its page and its entries alone', async () => {
  const given = {
    topics: { fog: topic('Fog'), rain: topic('Rain') },
    posts: [post({ slug: 'a', topics: ['fog'] }), post({ slug: 'b', topics: ['rain'] })],
  };
  const channel = await feed(given, { address: '/topics/fog/rss.xml' });
  expect(channel).toMatchObject({
    title: 'The Test Files: Fog',
    description: 'All about Fog.',
    link: 'https://files.example/topics/fog/',
    'atom:link': [{ '@_href': 'https://files.example/topics/fog/rss.xml' }],
  });
  expect(channel.item.map(({ guid }) => guid['#text'])).toEqual(['d-files:posts/a']);
});

describe('the GUID of an item', () => {
  const guids = async (...of: Parameters<typeof feed>) => (await feed(...of)).item.map(({ guid }) => guid['#text']);
  const usual = {
    episodes: [episode({ slug: 'same', publishedAt: '2026-01-02' })],
    posts: [post({ slug: 'same', publishedAt: '2026-01-01' })],
  };

  test('is made of its collection and its slug, and is no address', async () => {
    expect(await guids(usual)).toEqual(['d-files:episodes/same', 'd-files:posts/same']);
    const { item } = await feed(usual);
    expect(item.map(({ guid }) => guid['@_isPermaLink'])).toEqual(['false', 'false']);
  });

  test('stays the same under a new title, date, host, topic, series or site', async () => {
    const changed = {
      show: show({ title: 'Another series', timezone: 'Asia/Tokyo' }),
      topics: { fog: topic('Fog') },
      people: [person({ slug: 'joel' }), person({ slug: 'matt', name: 'Matt' })],
      episodes: [
        episode({
          slug: 'same',
          title: 'Renamed',
          publishedAt: '2026-03-02',
          topics: ['fog'],
          hosts: ['matt'],
          number: 9,
        }),
      ],
      posts: [post({ slug: 'same', title: 'Renamed', publishedAt: '2026-03-01', topics: ['fog'] })],
    };
    expect(await guids(changed, { at: new URL('https://elsewhere.example') })).toEqual(await guids(usual));
  });
});

describe('text that XML could stumble over is read back as it was written', () => {
  const hostile = [
    ['the end of a CDATA section', 'a ]]> b'],
    ['an ampersand', 'Sales & Marketing'],
    ['an entity, as words', 'AT&amp;T &lt;b&gt; &#60; &nbsp;'],
    ['markup', '</title><script>alert("1")</script><!-- --> <?xml?>'],
    ['quotes', `"double" 'single' “curly”`],
    ['emoji', '🦞 👩‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['text from right to left', '\u202Bمرحبا بالعالم\u202C שלום'],
    ['what looks like a number', '007'],
    ['what looks like another number', '1e3'],
    ['what looks like a truth', 'true'],
    ['what looks like a date', '2026-11-22'],
    ['what looks like nothing', 'null'],
    ['words of objects', '__proto__'],
  ] as const;

  test.each(hostile)('%s', async (_, text) => {
    const channel = await feed(
      {
        show: show({ title: text, description: text }),
        topics: { fog: topic(text) },
        people: [person({ slug: 'joel', name: text })],
        posts: [post({ slug: 'a', title: text, summary: text, topics: ['fog'] })],
      },
      { html: `<p>${escapedHtml(text)}</p>` },
    );
    expect(channel).toMatchObject({ title: text, description: text });
    const [item] = channel.item;
    expect(item).toMatchObject({ title: text, description: text, category: [text], 'dc:creator': [text] });
    expect(textOf(item?.['content:encoded'] ?? '')).toBe(text);
  });

  test('4,000 characters of it', async () => {
    const long = '&<]]>"🦞 '.repeat(500).trim();
    expect(long.length).toBeGreaterThan(4000 - 2);
    const given = { show: show({ description: long }), posts: [post({ slug: 'a' })] };
    const channel = await feed(given, { html: `<p>${escapedHtml(long)}</p>` });
    expect(channel.description).toBe(long);
    expect(textOf(channel.item[0]?.['content:encoded'] ?? '')).toBe(long);
  });

  test('a title of 4,000 characters, should the schema ever allow one', async () => {
    const title = 'é'.repeat(4000);
    const catalog = catalogOf({ posts: [post({ slug: 'a' })] });
    const posts = catalog.posts.map((each) => ({ ...each, title }));
    const [document] = documentsOf({ ...catalog, posts }, '/rss.xml');
    const xml = await siteFeed(document, publication(catalog));
    expect(XMLValidator.validate(xml)).toBe(true);
    expect((parser.parse(xml) as { rss: { channel: Channel } }).rss.channel.item[0]?.title).toBe(title);
  });

  test('but for the characters that XML forbids, which are left out', async () => {
    const html = '<p>\u0000f\u0001o\u0008g\u000B \u001F\uFFFEl\uFFFFa\uD83Dm\uDE00p</p>';
    const { item } = await feed({ posts: [post({ slug: 'a' })] }, { html });
    expect(item).toMatchObject([{ 'content:encoded': '<p>fog lamp</p>' }]);
  });
});

const escapedHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The text of a paragraph, as a browser would show it. */
const textOf = (html: string) =>
  html
    .replace(/^<p>|<\/p>$/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
