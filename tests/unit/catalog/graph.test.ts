import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { content, episode, files, page, person, post, show, topics, whitepaper } from '../../fakes/content.ts';

const clock = { now: new Date('2026-11-22T12:00:00Z'), preview: false };

/** The catalog of content that is right. */
function catalogOf(given: Partial<Content>) {
  const { catalog, problems } = buildCatalog(content(given), clock);
  expect(problems).toEqual([]);
  return catalog;
}
const slugOf = (link: { url: string } | undefined) => link?.url.split('/').at(-2);
const slugs = (list: readonly { slug: string }[]) => list.map(({ slug }) => slug);

describe('an empty content folder', () => {
  test('gives a catalog of the series and its hosts alone', () => {
    const { show, people, hosts, feeds, cards, ...rest } = catalogOf({});
    expect(show).toMatchObject({ title: 'The Test Files', pageSize: 24, pages: [] });
    expect(slugs(show.hosts)).toEqual(['joel']);
    expect(slugs(hosts)).toEqual(['joel']);
    expect(slugs(people)).toEqual(['joel']);
    expect(feeds).toEqual(show.feeds);
    for (const list of Object.values({ ...rest, ...cards })) expect(list).toEqual([]);
  });
});

describe('previous and next', () => {
  test('lead through the episodes and through the posts, each on their own', () => {
    const { episodes, posts } = catalogOf({
      episodes: [
        episode({ slug: 'e1', publishedAt: '2026-01-01' }),
        episode({ slug: 'e3', publishedAt: '2026-01-05' }),
        episode({ slug: 'e2', publishedAt: '2026-01-03' }),
      ],
      posts: [post({ slug: 'p1', publishedAt: '2026-01-02' }), post({ slug: 'p2', publishedAt: '2026-01-04' })],
    });
    const way = (list: typeof episodes | typeof posts) =>
      list.map(({ slug, previous, next }) => [slugOf(previous), slug, slugOf(next)]);
    expect(way(episodes)).toEqual([
      ['e2', 'e3', undefined],
      ['e1', 'e2', 'e3'],
      [undefined, 'e1', 'e2'],
    ]);
    expect(way(posts)).toEqual([
      ['p1', 'p2', undefined],
      [undefined, 'p1', 'p2'],
    ]);
  });

  test('pass over what is not published', () => {
    const { episodes } = catalogOf({
      episodes: [
        episode({ slug: 'e1', publishedAt: '2026-01-01' }),
        episode({ slug: 'e2', publishedAt: '2026-01-02', draft: true }),
        episode({ slug: 'e3', publishedAt: '2026-01-03' }),
      ],
    });
    expect(episodes.map(({ previous, next }) => [slugOf(previous), slugOf(next)])).toEqual([
      ['e1', undefined],
      [undefined, 'e3'],
    ]);
  });
});

describe('related entries', () => {
  test('are episodes and posts together, at most three, and never the entry itself', () => {
    const { episodes, posts } = catalogOf({
      episodes: ['e1', 'e2', 'e3'].map((slug) => episode({ slug })),
      posts: ['p1', 'p2'].map((slug) => post({ slug })),
    });
    for (const { slug, kind, related } of [...episodes, ...posts]) {
      expect(related).toHaveLength(3);
      expect(related.map((each) => `${each.kind}/${each.slug}`)).not.toContain(`${kind}/${slug}`);
    }
    expect(posts[0]?.related.map(({ kind }) => kind)).toContain('episode');
  });

  test('begin with what the author picked, of either collection, in that order', () => {
    const { episodes } = catalogOf({
      topics: topics('fog', 'rain'),
      episodes: [
        episode({ slug: 'e1', topics: ['fog'], related: ['posts/same', 'episodes/same'] }),
        episode({ slug: 'e2', topics: ['fog'] }),
        episode({ slug: 'same', topics: ['rain'], number: 3 }),
      ],
      posts: [post({ slug: 'same', topics: ['rain'] })],
    });
    const related = episodes.find(({ slug }) => slug === 'e1')?.related;
    expect(related?.map(({ kind, slug }) => `${kind}/${slug}`)).toEqual(['post/same', 'episode/same', 'episode/e2']);
  });

  test('prefer the newer among equals', () => {
    const { posts } = catalogOf({
      posts: [
        post({ slug: 'a', publishedAt: '2026-01-01' }),
        post({ slug: 'b', publishedAt: '2026-01-03T10:00:00Z' }),
        post({ slug: 'c', publishedAt: '2026-01-03T09:00:00Z' }),
        post({ slug: 'd', publishedAt: '2026-01-04' }),
      ],
    });
    expect(slugs(posts.find(({ slug }) => slug === 'a')?.related ?? [])).toEqual(['d', 'b', 'c']);
  });
});

describe('an episode', () => {
  test('has its hosts and guests apart, and its people together', () => {
    const { episodes } = catalogOf({
      people: [person({ slug: 'joel' }), person({ slug: 'matt' }), person({ slug: 'ana' })],
      episodes: [episode({ slug: 'e1', hosts: ['matt', 'joel'], guests: ['ana'] })],
    });
    const [record] = episodes;
    expect(slugs(record?.hosts ?? [])).toEqual(['matt', 'joel']);
    expect(slugs(record?.guests ?? [])).toEqual(['ana']);
    expect(slugs(record?.people ?? [])).toEqual(['matt', 'joel', 'ana']);
  });

  test('whose host is its guest too has them once in each list', () => {
    const { episodes, people } = catalogOf({ episodes: [episode({ slug: 'e1', hosts: ['joel'], guests: ['joel'] })] });
    expect(episodes.map(({ hosts, guests, people }) => [hosts, guests, people].map(slugs))).toEqual([
      [['joel'], ['joel'], ['joel']],
    ]);
    expect(slugs(people[0]?.hosted ?? [])).toEqual(['e1']);
    expect(slugs(people[0]?.appeared ?? [])).toEqual(['e1']);
  });

  test('has its recordings, chapters and transcript, and what it publishes is listed', () => {
    const { episodes, assets } = catalogOf({
      ...files({
        media: { 'episodes/e1/audio.mp3': { bytes: 10, type: 'audio/mpeg', duration: 60 } },
        transcripts: { 'episodes/e1/said.vtt': [{ start: 0, end: 1, speaker: 'Joel Capperella', text: 'Hello.' }] },
      }),
      episodes: [
        episode({
          slug: 'e1',
          audio: './audio.mp3',
          video: { vimeo: '76979871' },
          transcript: './said.vtt',
          chapters: [{ start: '0:30', title: 'The goal' }],
        }),
        episode({ slug: 'e2', audio: './audio.mp3', draft: true }),
      ],
    });
    expect(episodes).toMatchObject([
      {
        audio: { kind: 'file', url: '/episodes/e1/audio.mp3', bytes: 10 },
        video: { kind: 'vimeo', id: '76979871' },
        transcript: {
          url: '/episodes/e1/said.vtt',
          paragraphs: [{ speaker: { name: 'Joel Capperella', side: 'marketing', url: '/people/joel/' } }],
        },
        chapters: [{ start: 30, title: 'The goal' }],
      },
    ]);
    expect(assets).toEqual([
      { url: '/episodes/e1/audio.mp3', path: 'episodes/e1/audio.mp3' },
      { url: '/episodes/e1/said.vtt', path: 'episodes/e1/said.vtt' },
    ]);
  });

  test('is as explicit as the series, unless it says otherwise', () => {
    const { episodes } = catalogOf({
      show: show({ explicit: true }),
      episodes: [episode({ slug: 'e2' }), episode({ slug: 'e1', explicit: false })],
    });
    expect(episodes.map(({ explicit }) => explicit)).toEqual([true, false]);
  });

  test('says when it last changed, in the words of the series', () => {
    const { episodes } = catalogOf({
      episodes: [episode({ slug: 'e2', updatedAt: '2026-02-03' }), episode({ slug: 'e1' })],
    });
    expect(episodes.map(({ updatedAt }) => updatedAt?.text)).toEqual(['3 February 2026', undefined]);
  });
});

describe('a topic', () => {
  test('has its episodes, posts and whitepapers together, newest first', () => {
    const { topics } = catalogOf({
      episodes: [episode({ slug: 'e', publishedAt: '2026-01-02' })],
      posts: [post({ slug: 'p', publishedAt: '2026-01-03' })],
      whitepapers: [whitepaper({ slug: 'w', publishedAt: '2026-01-04' })],
    });
    expect(topics).toMatchObject([{ slug: 'advocacy', url: '/topics/advocacy/', title: 'Customer advocacy' }]);
    expect(topics[0]?.description).toBe('All about Customer advocacy.');
    expect(slugs(topics[0]?.entries ?? [])).toEqual(['w', 'p', 'e']);
  });

  test('without a published entry is left out', () => {
    const catalog = catalogOf({
      topics: topics('fog', 'rain', 'snow'),
      posts: [post({ slug: 'a', topics: ['rain'] }), post({ slug: 'b', topics: ['snow'], draft: true })],
    });
    expect(slugs(catalog.topics)).toEqual(['rain']);
  });

  test('that an entry names twice lists the entry once', () => {
    const { topics } = catalogOf({ posts: [post({ slug: 'a', topics: ['advocacy', 'advocacy'] })] });
    expect(slugs(topics[0]?.entries ?? [])).toEqual(['a']);
  });
});

test('a whitepaper knows the episodes and posts that offer it', () => {
  const { whitepapers, episodes } = catalogOf({
    whitepapers: [whitepaper({ slug: 'paper', title: 'The paper' }), whitepaper({ slug: 'shelf-warmer' })],
    episodes: [episode({ slug: 'e1', whitepaper: 'paper' }), episode({ slug: 'e2' })],
    posts: [post({ slug: 'p', whitepaper: 'paper' }), post({ slug: 'draft', whitepaper: 'paper', draft: true })],
  });
  expect(Object.fromEntries(whitepapers.map(({ slug, offeredBy }) => [slug, slugs(offeredBy)]))).toEqual({
    paper: ['e1', 'p'],
    'shelf-warmer': [],
  });
  expect(episodes.find(({ slug }) => slug === 'e1')?.whitepaper?.title).toBe('The paper');
});

test('a person knows what they hosted, where they were a guest, and what they wrote', () => {
  const { people } = catalogOf({
    people: [person({ slug: 'joel', links: [{ label: 'Web', url: 'https://example.com' }] }), person({ slug: 'ana' })],
    episodes: [
      episode({ slug: 'e1', publishedAt: '2026-01-01' }),
      episode({ slug: 'e2', publishedAt: '2026-01-02', guests: ['ana'] }),
      episode({ slug: 'e3', publishedAt: '2026-01-03', draft: true, guests: ['ana'] }),
    ],
    posts: [post({ slug: 'p', authors: ['joel', 'ana'] })],
    whitepapers: [whitepaper({ slug: 'w', authors: ['ana'] })],
  });
  const facts = people.map(({ slug, hosted, appeared, wrote }) => [slug, slugs(hosted), slugs(appeared), slugs(wrote)]);
  expect(facts).toEqual([
    ['joel', ['e2', 'e1'], [], ['p']],
    ['ana', [], ['e2'], ['p', 'w']],
  ]);
  expect(people.map(({ links }) => links)).toEqual([[{ label: 'Web', url: 'https://example.com' }], []]);
});

describe('what is handed to pages is what they show:', () => {
  const given = (first: Partial<Parameters<typeof episode>[0]> = {}, more: Partial<Content> = {}) =>
    catalogOf({
      topics: topics('fog', 'rain'),
      people: [person({ slug: 'joel' }), person({ slug: 'ana', summary: 'Writes.', role: 'Writer' })],
      episodes: [
        episode({ slug: 'e1', topics: ['fog'], guests: ['ana'], whitepaper: 'w', ...first }),
        episode({ slug: 'e2', topics: ['fog'], body: '<EpisodeCard slug="e1" /> <Line who="ana">Hello.</Line>' }),
        episode({ slug: 'e3', topics: ['fog'] }),
      ],
      posts: ['p', 'q'].map((slug) => post({ slug, topics: ['fog'], authors: ['ana'] })),
      whitepapers: [whitepaper({ slug: 'w', topics: ['fog'], authors: ['ana'] })],
      ...more,
    });

  test('what is said on the page of an episode alone changes no other record', () => {
    const changed = given({
      ...{
        sharedGoal: 'Another goal.',
        salesView: 'Another view.',
        updatedAt: '2026-02-02',
        source: 'https://a.example',
      },
      chapters: [{ start: '0:30', title: 'The goal' }],
      video: { vimeo: '76979871' },
      explicit: true,
    });
    const rest = ({ episodes, ...others }: ReturnType<typeof given>) => [
      episodes.filter(({ slug }) => slug !== 'e1'),
      others,
    ];
    expect(rest(changed)).toEqual(rest(given()));
  });

  test('of the entries before and after it, an entry is handed the title alone', () => {
    const { episodes, posts } = given();
    for (const { previous, next } of [...episodes, ...posts])
      expect(Object.keys({ ...previous, ...next }).toSorted()).toEqual(['title', 'url']);
  });

  test('who somebody is changes their own page and the introductions of hosts, and no entry', () => {
    const changed = given(
      {},
      { people: [person({ slug: 'joel', summary: 'Hosts.' }), person({ slug: 'ana', role: 'Guest' })] },
    );
    const before = given();
    for (const name of ['show', 'episodes', 'posts', 'whitepapers', 'topics'] as const)
      expect(changed[name]).toEqual(before[name]);
    expect(changed.hosts).toMatchObject([{ name: 'joel', summary: 'Hosts.' }]);
  });

  test('another topic or person changes nothing that every page is handed', () => {
    const changed = given(
      {},
      {
        topics: topics('fog', 'rain', 'snow'),
        people: [...['joel', 'ana', 'new'].map((slug) => person({ slug }))],
        posts: [post({ slug: 'p', topics: ['snow'], authors: ['new'] })],
      },
    );
    expect(changed.show).toEqual(given().show);
    expect(changed.feeds.length).toBeGreaterThan(given().feeds.length);
  });
});

test('a body comes with the records that it names and no others', () => {
  const { posts, episodes, people, pages } = catalogOf({
    people: [
      person({ slug: 'joel', name: 'Joel', body: 'See <EpisodeCard slug="e1" />.' }),
      person({ slug: 'matt', name: 'Matt' }),
    ],
    episodes: [episode({ slug: 'e1', title: 'One' }), episode({ slug: 'e2' })],
    whitepapers: [whitepaper({ slug: 'w' })],
    posts: [
      post({ slug: 'a', body: '<Line who="matt">Hello.</Line>\n\n<WhitepaperCard slug="w" />\n' }),
      post({ slug: 'b', body: '<Line who="nobody">Hello.</Line>\n' }),
    ],
    pages: [page({ slug: 'about', body: '<PullQuote who="joel">Hello.</PullQuote>\n' })],
  });
  expect(posts.map(({ body }) => body)).toMatchObject([
    {
      collection: 'posts',
      slug: 'a',
      mentions: { people: { matt: { name: 'Matt' } }, episodes: {}, whitepapers: { w: { url: '/whitepapers/w/' } } },
    },
    { collection: 'posts', slug: 'b', mentions: { people: {}, episodes: {}, whitepapers: {} } },
  ]);
  expect(Object.keys(posts[0]?.body.mentions.people ?? {})).toEqual(['matt']);
  expect(episodes[0]?.body.mentions).toEqual({ people: {}, episodes: {}, whitepapers: {} });
  expect(people[0]?.body.mentions.episodes).toMatchObject({ e1: { title: 'One' } });
  expect(Object.keys(people[0]?.body.mentions.episodes ?? {})).toEqual(['e1']);
  expect(Object.keys(pages[0]?.body.mentions.people ?? {})).toEqual(['joel']);
});

describe('the graph is pure', () => {
  test('the same frozen content and clock give the same catalog and problems', () => {
    const given = frozen(
      content({
        ...files({ media: { 'episodes/e1/audio.mp3': { bytes: 10, type: 'audio/mpeg', duration: 60 } } }),
        topics: topics('advocacy', 'fog'),
        people: [person({ slug: 'joel' }), person({ slug: 'ana', draft: true })],
        episodes: [
          episode({ slug: 'e2', audio: './audio.mp3', aliases: ['/two'], related: ['posts/p'] }),
          episode({ slug: 'e1', audio: './audio.mp3', guests: ['ana'], chapters: [{ start: '0:30', title: 'Go' }] }),
        ],
        posts: [post({ slug: 'p', topics: ['fog', 'rain'], whitepaper: 'w', body: '<EpisodeCard slug="e1" />' })],
        whitepapers: [whitepaper({ slug: 'w', publishedAt: '2030-01-01' })],
        pages: [page({ slug: 'about', aliases: ['/two/'] })],
      }),
    );
    const before = structuredClone(given);
    const first = buildCatalog(given, clock);
    expect(first.problems).toHaveLength(4);
    expect(buildCatalog(given, clock)).toStrictEqual(first);
    expect(given).toStrictEqual(before);
  });

  test('the order in which files are read makes no difference to what is shown', () => {
    const episodes = Array.from({ length: 30 }, (_, i) =>
      episode({ slug: `e${i + 1}`, publishedAt: `2026-01-${String((i % 5) + 1).padStart(2, '0')}` }),
    );
    const shown = (list: typeof episodes) =>
      catalogOf({ episodes: list }).episodes.map(({ slug, previous, related }) => [
        slug,
        slugOf(previous),
        ...slugs(related),
      ]);
    expect(shown(episodes.toReversed())).toEqual(shown(episodes));
    expect(shown(episodes.map((_, i) => episodes[(i * 7) % 30] as (typeof episodes)[0]))).toEqual(shown(episodes));
  });
});

describe('a series of 5,000 episodes on 20 topics', { timeout: 60_000 }, () => {
  const slugsOfTopics = Array.from({ length: 20 }, (_, i) => `topic-${i}`);
  const series = (count: number) =>
    content({
      topics: topics(...slugsOfTopics),
      people: [person({ slug: 'joel' }), person({ slug: 'matt' })],
      episodes: Array.from({ length: count }, (_, i) =>
        episode({ slug: `e${i + 1}`, topics: [`topic-${i % 20}`], hosts: ['joel', 'matt'] }),
      ),
    });

  test('is built whole', () => {
    const { catalog, problems } = buildCatalog(series(5000), clock);
    expect(problems).toEqual([]);
    expect(catalog.episodes).toHaveLength(5000);
    expect(catalog.topics.map(({ entries }) => entries.length)).toEqual(Array.from({ length: 20 }, () => 250));
    expect(catalog.episodes.every(({ related }) => related.length === 3)).toBe(true);
    expect(catalog.people.map(({ hosted }) => hosted.length)).toEqual([5000, 5000]);
  });

  test('is read as often by the entry as a small one: no entry is looked up among all others', () => {
    const reads = (count: number) => {
      const given = series(count);
      const counter = { reads: 0 };
      given.episodes = given.episodes.map((each) => counted(each, counter));
      buildCatalog(given, clock);
      return counter.reads / count;
    };
    const few = reads(100);
    expect(few).toBeGreaterThan(10);
    expect(reads(5000)).toBeLessThan(few * 2);
  });
});

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** An object that counts each read of a property of it, and of its front matter. */
function counted<T extends object>(target: T, counter: { reads: number }): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      counter.reads += 1;
      const value: unknown = Reflect.get(object, key, receiver);
      return key === 'data' ? counted(value as object, counter) : value;
    },
  });
}
