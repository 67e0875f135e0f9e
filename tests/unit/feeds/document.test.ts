import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { feedDocuments, otherDocuments, publishedAt } from '#feeds/document.ts';
import { jsonFeed } from '#feeds/json-feed.ts';
import { feedList } from '#feeds/list.ts';
import { podcastFeed } from '#feeds/podcast-feed.ts';
import { siteFeed } from '#feeds/site-feed.ts';
import { episode, files, person, post, show, topics } from '../../fakes/content.ts';
import { brokenRules } from '../../build/feeds-rules.ts';
import { audio, catalogOf, documentsOf, publication } from './publication.ts';

const episodes = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    episode({ slug: `e${i + 1}`, audio, season: 1, publishedAt: new Date(Date.UTC(2000, 0, i + 1)).toISOString() }),
  );

const links = (xml: string) => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'atom:link',
  });
  const { rss } = parser.parse(xml) as { rss: { channel: { 'atom:link': { rel: string; href: string }[] } } };
  return rss.channel['atom:link'].map(({ rel, href }) => [rel, new URL(href).pathname]);
};

describe('a feed for readers of more than 100 items is told in several documents', () => {
  const catalog = catalogOf({ episodes: episodes(250) });

  test.each([
    ['/rss.xml', '/rss/page-2.xml'],
    ['/episodes/rss.xml', '/episodes/rss/page-2.xml'],
    ['/feed.json', '/feed/page-2.json'],
  ])('%s goes on at %s', (address, second) => {
    const documents = documentsOf(catalog, address);
    expect(documents.map(({ pieces }) => pieces.length)).toEqual([100, 100, 50]);
    expect(documents.map(({ url }) => url)).toEqual([address, second, second.replace('2', '3')]);
    const slugs = documents.flatMap(({ pieces }) => pieces.map(({ slug }) => slug));
    expect(slugs).toEqual(catalog.episodes.map(({ slug }) => slug));
  });

  test.each(['/topics/advocacy/rss', '/people/joel/rss'])(
    '%s.xml begins with the newest 25, whose whole text it has; the older ones have their summary',
    async (address) => {
      const documents = documentsOf(catalog, `${address}.xml`);
      expect(documents.map(({ pieces }) => pieces.length)).toEqual([25, 100, 100, 25]);
      expect(documents.map(({ url }) => url)).toEqual([
        `${address}.xml`,
        ...[2, 3, 4].map((number) => `${address}/page-${number}.xml`),
      ]);
      const slugs = documents.flatMap(({ pieces }) => pieces.map(({ slug }) => slug));
      expect(slugs).toEqual(catalog.episodes.map(({ slug }) => slug));
      const written = await Promise.all(documents.map((document) => siteFeed(document, publication(catalog))));
      for (const [i, xml] of written.entries()) {
        const broken = brokenRules(xml, `https://files.example${documents[i]?.url}`);
        expect(broken.filter((rule) => i === 0 || !rule.startsWith('Missing: content:encoded'))).toEqual([]);
      }
      expect(written.map((xml) => xml.split('<content:encoded>').length - 1)).toEqual([25, 0, 0, 0]);
      expect(written.map((xml) => xml.split('What happens in the usual episode.').length - 1)).toEqual([
        25, 100, 100, 25,
      ]);
      expect(written.map((xml) => xml.split('>d-files:episodes/').length - 1)).toEqual([25, 100, 100, 25]);
    },
  );

  test('no text is rendered for a document that has summaries alone', async () => {
    const rendered: string[] = [];
    const anew = catalogOf({ episodes: episodes(250) });
    const told = publication(anew, { rendered: ({ slug }) => rendered.push(slug) });
    for (const document of documentsOf(anew, '/people/joel/rss.xml')) await siteFeed(document, told);
    expect(rendered).toHaveLength(25);
  });

  test.each([
    [
      0,
      [
        ['self', '/rss.xml'],
        ['first', '/rss.xml'],
        ['next', '/rss/page-2.xml'],
        ['last', '/rss/page-3.xml'],
      ],
    ],
    [
      1,
      [
        ['self', '/rss/page-2.xml'],
        ['first', '/rss.xml'],
        ['previous', '/rss.xml'],
        ['next', '/rss/page-3.xml'],
        ['last', '/rss/page-3.xml'],
      ],
    ],
    [
      2,
      [
        ['self', '/rss/page-3.xml'],
        ['first', '/rss.xml'],
        ['previous', '/rss/page-2.xml'],
        ['last', '/rss/page-3.xml'],
      ],
    ],
  ])('document %i names itself and the others (RFC 5005)', async (index, expected) => {
    const document = documentsOf(catalog, '/rss.xml')[index];
    if (!document) throw new Error('There are three');
    expect(links(await siteFeed(document, publication(catalog)))).toEqual(expected);
  });

  test('in JSON each but the last names the next', async () => {
    const made = await Promise.all(
      documentsOf(catalog, '/feed.json').map((document) => jsonFeed(document, publication(catalog))),
    );
    expect(made.map((json) => (JSON.parse(json) as { next_url?: string }).next_url)).toEqual([
      'https://files.example/feed/page-2.json',
      'https://files.example/feed/page-3.json',
      undefined,
    ]);
  });
});

describe('a podcast', () => {
  const count = (text: string, part: string) => text.split(part).length - 1;

  test.each([
    ['/podcast.xml', 100],
    ['/podcast/season-1.xml', 100],
    ['/topics/advocacy/podcast.xml', 25],
  ])('at %s is one document with every episode, the newest %i with their whole text', async (address, whole) => {
    const catalog = catalogOf({ episodes: episodes(250) });
    const [document, ...others] = documentsOf(catalog, address);
    expect(others).toEqual([]);
    expect(document.pieces.map(({ slug }) => slug)).toEqual(catalog.episodes.map(({ slug }) => slug));
    const xml = await podcastFeed(document, publication(catalog));
    expect(count(xml, '<item>')).toBe(250);
    expect(count(xml, 'What happens in the usual episode.')).toBe(250);
    expect(count(xml, '<content:encoded>')).toBe(whole);
    expect(xml.lastIndexOf('<content:encoded>')).toBeLessThan(xml.indexOf(`>d-files:episodes/e${250 - whole}<`));
  });

  test('is bounded by its show: the first document says how many it leaves to the others', async () => {
    const catalog = catalogOf({ show: show({ podcast: { feedSize: 120 } }), episodes: episodes(250) });
    const documents = documentsOf(catalog, '/podcast.xml');
    expect(documents.map(({ url, pieces }) => [url, pieces.length])).toEqual([
      ['/podcast.xml', 120],
      ['/podcast/page-2.xml', 100],
      ['/podcast/page-3.xml', 30],
    ]);
    const written = await Promise.all(documents.map((document) => podcastFeed(document, publication(catalog))));
    expect(written.map((xml) => / rel="next" [^>]*title="([^"]*)"/.exec(xml)?.[1])).toEqual([
      '130 older entries',
      '30 older entries',
      undefined,
    ]);
    expect(written.map((xml) => count(xml, '<content:encoded>'))).toEqual([100, 0, 0]);
  });

  test('of 2,000 episodes with long summaries and notes is under 3 MB', async () => {
    const summary =
      'What sales heard, what marketing meant, and where the two of them had last seen the customer. '.repeat(3);
    const catalog = catalogOf({
      people: ['joel', 'matt', 'ana'].map((slug) => person({ slug })),
      show: show({ hosts: ['joel', 'matt'] }),
      episodes: episodes(2000).map(({ data, ...rest }, i) => ({
        ...rest,
        data: {
          ...data,
          ...{ summary: summary.trim(), hosts: ['joel', 'matt'], guests: i % 2 ? ['ana'] : [] },
          chapters: Array.from({ length: 12 }, (__, n) => ({ start: n * 4, title: `What was said then (${n})` })),
        },
      })),
    });
    const [document] = documentsOf(catalog, '/podcast.xml');
    const xml = await podcastFeed(
      document,
      publication(catalog, { html: `<p>${'Fog and more of it. '.repeat(350)}</p>` }),
    );
    expect(Buffer.byteLength(xml)).toBeLessThan(3_000_000);
  });
});

test.each([0, 1, 100])('a feed of %i items is one document, which names no other', (count) => {
  const catalog = catalogOf({ episodes: episodes(count) });
  const [document, ...others] = documentsOf(catalog, '/rss.xml');
  expect(others).toEqual([]);
  expect(otherDocuments(document)).toEqual([]);
});

test('a document is handed what it says of its entries, and nothing that only their pages show', () => {
  const document = (more: Partial<Parameters<typeof episode>[0]>, said: string) => {
    const catalog = catalogOf({
      ...files({ transcripts: { 'episodes/e1/said.vtt': [{ start: 0, end: 1, text: said }] } }),
      posts: [post({ slug: 'p', topics: ['advocacy'] })],
      episodes: [
        episode({ slug: 'e1', audio, transcript: './said.vtt', ...more }),
        ...['e2', 'e3', 'e4'].map((slug) => episode({ slug, publishedAt: '2026-01-09' })),
      ],
    });
    const [first] = documentsOf(catalog, '/podcast.xml');
    return first;
  };
  expect(document({ related: ['posts/p'] }, 'Fog.')).toEqual(document({}, 'Rain.'));
});

describe('5,000 episodes', () => {
  test('are rendered once each for all feeds, and no document for readers holds more than 100', async () => {
    const slugs = Array.from({ length: 50 }, (_, i) => `t${i}`);
    const catalog = catalogOf({
      topics: topics(...slugs),
      episodes: episodes(5000).map((entry, i) => ({ ...entry, data: { ...entry.data, topics: [`t${i % 50}`] } })),
    });
    const rendered = new Map<string, number>();
    const html = `<p>${'Fog. '.repeat(100)}</p>`;
    const told = publication(catalog, {
      html,
      rendered: ({ slug }) => rendered.set(slug, (rendered.get(slug) ?? 0) + 1),
    });
    let longest = 0;
    let documents = 0;
    for (const feed of feedList(catalog))
      for (const document of feedDocuments(feed)) {
        const write = { rss: siteFeed, podcast: podcastFeed, json: jsonFeed }[feed.kind];
        const { length } = await write(document, told);
        if (feed.kind !== 'podcast') longest = Math.max(longest, length);
        documents++;
      }
    expect(rendered.size).toBe(5000);
    expect(new Set(rendered.values())).toEqual(new Set([1]));
    // Three feeds for readers hold all episodes, and so does that of the host, in 25 and 50 times 100 of them; the 50 of
    // topics hold a hundred each, 25 of them and the rest; the feed of posts holds nothing. The podcast and those of its
    // season and topics are one document each.
    expect(documents).toBe(3 * 50 + 51 + 50 * 2 + 1 + 1 + 1 + 50);
    expect(longest).toBeLessThan(100 * (html.length + 2500));
  }, 60_000);
});

describe('a guid that a series brings is in every feed to the letter', () => {
  const guids = [
    ...[
      'https://old.example.com/?p=12&x=<y>',
      '0012',
      '1e5',
      'true',
      'a  b',
      `it's "so"`,
      'Größe 🎙️',
      'e\u0301',
      ']]>',
    ],
    ...['&amp;', '&#65;', '<guid>x</guid>', 'tag:old.example.com,2014:/a', '<![CDATA[x]]>', '{"a":1}', 'a\u00A0b'],
  ];
  // More than one document holds, so that it is on the older ones too.
  const others = episodes(150);
  const brought = guids.map((guid, i) =>
    episode({ slug: `b${i + 1}`, season: 2, audio, guid, publishedAt: `1999-01-${String(i + 1).padStart(2, '0')}` }),
  );
  const catalog = catalogOf({
    topics: topics('advocacy', 'fog'),
    episodes: [...others, ...brought].map((each) => ({ ...each, data: { ...each.data, topics: ['advocacy', 'fog'] } })),
  });
  const parser = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === 'item' });
  const inXml = (xml: string) =>
    (parser.parse(xml) as { rss: { channel: { item: { guid: string }[] } } }).rss.channel.item.map(({ guid }) => guid);
  const inJson = (json: string) => (JSON.parse(json) as { items: { id: string }[] }).items.map(({ id }) => id);

  test.each([
    ['/rss.xml', siteFeed, inXml],
    ['/episodes/rss.xml', siteFeed, inXml],
    ['/topics/fog/rss.xml', siteFeed, inXml],
    ['/people/joel/rss.xml', siteFeed, inXml],
    ['/podcast.xml', podcastFeed, inXml],
    ['/topics/fog/podcast.xml', podcastFeed, inXml],
    ['/podcast/season-2.xml', podcastFeed, inXml],
    ['/feed.json', jsonFeed, inJson],
  ])('%s', async (address, write, read) => {
    const documents = documentsOf(catalog, address);
    const written = await Promise.all(documents.map((document) => write(document, publication(catalog))));
    expect(written.flatMap(read).slice(-guids.length).toReversed()).toEqual(guids);
  });
});

test.each([
  [{ number: 3 }, '00:00:03'],
  [{ season: 2, number: 3 }, '00:02:03'],
  [{ season: 1319, number: 60 }, '22:00:00'],
  [{ season: 1400, number: 60 }, '22:00:00'],
])('an episode of a day, %j, is published at %s of it, and on that day in any zone', (numbers, time) => {
  const catalog = catalogOf({ episodes: [episode({ slug: 'e', audio, publishedAt: '2026-01-01', ...numbers })] });
  const [piece] = documentsOf(catalog, '/podcast.xml')[0].pieces;
  expect(piece && publishedAt(piece).toISOString()).toBe(`2026-01-01T${time}.000Z`);
});
