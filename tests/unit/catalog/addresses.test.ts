import { describe, expect, test } from 'vitest';
import { type Addressed, redirects } from '#catalog/addresses.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { content, episode, page, person, post, show, topics, whitepaper } from '../../fakes/content.ts';

const entry = (slug: string, ...aliases: string[]): Addressed => ({
  collection: 'posts',
  slug,
  url: `/posts/${slug}/`,
  aliases,
});

test.each(['/old', '/old/'])('the alias %s leads to its entry, from an address with a slash at its end', (alias) => {
  expect(redirects([entry('new', alias)], [])).toEqual({
    redirects: [{ from: '/old/', to: '/posts/new/' }],
    problems: [],
  });
});

test('an entry may have several aliases', () => {
  expect(redirects([entry('new', '/2014/10/old', '/older.php')], []).redirects).toEqual([
    { from: '/2014/10/old/', to: '/posts/new/' },
    { from: '/older.php/', to: '/posts/new/' },
  ]);
});

describe('an alias that no page can be built at is a problem', () => {
  test.each([
    ['/old/page.html', []],
    ['/old/page.html/', []],
    ['/old.html/page', []],
    ['/index.html', []],
    ['/a//b', ['/a/b']],
    ['/a/b//', ['/a/b/']],
    ['/caf%C3%A9', ['/café']],
    ['/100%', []],
    ['/a%20b', []],
    ['/a%2Fb', ['/a/b']],
    ['/a/./b/../c', ['/a/c']],
    ['/..', []],
    ['/a\\b', ['/a/b']],
    [`/${'ö'.repeat(128)}`, []],
  ])('%s', (alias, candidates) => {
    expect(redirects([entry('new', alias)], [])).toMatchObject({
      redirects: [],
      problems: [{ collection: 'posts', slug: 'new', field: ['aliases', 0], value: alias, candidates }],
    });
  });
});

test.each(['/old.php', '/v1.5', '/feed.xml', '/x.htm', '/größe', '/a:b', '/a+b&c;d,e=@f', '/[x]', '/a/index', '/...'])(
  'the alias %s is kept alive',
  (alias) => {
    expect(redirects([entry('new', alias)], []).redirects).toEqual([{ from: `${alias}/`, to: '/posts/new/' }]);
  },
);

test('an alias of two entries is a problem of the second, with a free one for it', () => {
  const { redirects: found, problems } = redirects([entry('a', '/old'), entry('b', '/fine', '/old/')], []);
  expect(found).toEqual([
    { from: '/old/', to: '/posts/a/' },
    { from: '/fine/', to: '/posts/b/' },
  ]);
  expect(problems).toEqual([
    {
      collection: 'posts',
      slug: 'b',
      field: ['aliases', 1],
      value: '/old/',
      what: 'Alias "/old/" belongs to posts/a already',
      candidates: ['/old-2'],
    },
  ]);
});

test('an alias that is offered instead is free', () => {
  const { problems } = redirects([entry('a', '/old', '/old-2'), entry('b', '/old')], []);
  expect(problems.map(({ candidates }) => candidates)).toEqual([['/old-3']]);
});

describe('an alias may not hide', () => {
  test.each([
    ['the page of an entry that comes later', '/posts/b', 'posts/b'],
    ['the page of its own entry', '/posts/a/', 'posts/a'],
    ['a page that is always there', '/episodes', 'the page /episodes/'],
    ['a later page of a list', '/episodes/page/2', 'a page of a list'],
    ['a feed', '/rss.xml', 'the file /rss.xml'],
    ['a feed, with a slash', '/rss.xml/', 'the file /rss.xml'],
    ['a file that is always there', '/robots.txt', 'the file /robots.txt'],
    ['the page of a topic', '/topics/fog', 'the page /topics/fog/'],
    ['a file of an entry', '/episodes/e1/audio.mp3', 'the file /episodes/e1/audio.mp3'],
    ['a form', '/forms/old', 'the forms and links of the site, which have /forms/'],
    ['the links of mails', '/confirm', 'the forms and links of the site, which have /confirm/'],
  ])('%s', (_, alias, hidden) => {
    const others = ['/topics/fog/', '/episodes/e1/audio.mp3'];
    const { redirects: found, problems } = redirects([entry('a', alias), entry('b')], others);
    expect(found).toEqual([]);
    expect(problems.map(({ what }) => what)).toEqual([`Alias "${alias}" would hide ${hidden}`]);
  });
});

test('two entries with one address are a problem', () => {
  const { problems } = redirects([entry('a'), { ...entry('b'), url: '/posts/a/' }], []);
  expect(problems).toMatchObject([
    { slug: 'b', field: [], what: expect.stringMatching('/posts/a/ is taken by posts/a') },
  ]);
});

test('an episode has not the address of a season, of one to come neither', () => {
  const slugs = (...seasons: number[]) => [
    episode({ slug: 'season-2' }),
    ...seasons.map((season) => episode({ slug: `e${season}`, season })),
  ];
  for (const episodes of [slugs(), slugs(1, 2)]) {
    const { problems } = buildCatalog(content({ episodes }), { now: new Date('2026-11-22'), preview: false });
    expect(problems).toMatchObject([
      {
        collection: 'episodes',
        slug: 'season-2',
        what: expect.stringMatching('/episodes/season-2/ is taken by the page'),
      },
    ]);
  }
  const others = [episode({ slug: 'season-2-begins' }), episode({ slug: 'e2', season: 2 })];
  const { problems } = buildCatalog(content({ episodes: others }), { now: new Date('2026-11-22'), preview: false });
  expect(problems.filter(({ field }) => field.length === 0)).toEqual([]);
});

test('an alias that is offered in place of one that the server answers is free', () => {
  const { problems } = redirects([entry('a', '/forms/old', '/forms/old')], []);
  const [offered = ''] = problems[0]?.candidates ?? [];
  expect(redirects([entry('a', offered)], []).problems).toEqual([]);
});

test.each(['episodes', 'search', '404', 'forms', 'confirm', 'download', 'unsubscribe', 'preferences'])(
  'a page of its own may not be named "%s"',
  (slug) => {
    const { problems } = buildCatalog(content({ pages: [page({ slug })] }), { now: new Date(0), preview: false });
    expect(problems).toMatchObject([
      { collection: 'pages', slug, what: expect.stringContaining(`/${slug}/ is taken`) },
    ]);
  },
);

test('the aliases of every collection are redirects of the catalog', () => {
  const { catalog, problems } = buildCatalog(
    content({
      episodes: [episode({ slug: 'e', aliases: ['/1'] })],
      posts: [post({ slug: 'p', aliases: ['/2'] })],
      whitepapers: [whitepaper({ slug: 'w', aliases: ['/3'] })],
      people: [person({ slug: 'joel', aliases: ['/4'] })],
      pages: [page({ slug: 'about', aliases: ['/5'] })],
    }),
    { now: new Date('2026-11-22T12:00:00Z'), preview: false },
  );
  expect(problems).toEqual([]);
  expect(Object.fromEntries(catalog.redirects.map(({ from, to }) => [from, to]))).toEqual({
    '/1/': '/episodes/e/',
    '/2/': '/posts/p/',
    '/3/': '/whitepapers/w/',
    '/4/': '/people/joel/',
    '/5/': '/about/',
  });
});

test('in the catalog an alias may hide neither a topic nor a file beside an episode', () => {
  const { problems } = buildCatalog(
    content({
      topics: topics('advocacy', 'unused'),
      episodes: [episode({ slug: 'e', transcript: './said.vtt' })],
      posts: [post({ slug: 'p', aliases: ['/topics/advocacy', '/episodes/e/said.vtt', '/topics/unused'] })],
    }),
    { now: new Date('2026-11-22T12:00:00Z'), preview: false },
  );
  expect(problems.map(({ what }) => what)).toEqual([
    'Alias "/topics/advocacy" would hide the page /topics/advocacy/',
    'Alias "/episodes/e/said.vtt" would hide the file /episodes/e/said.vtt',
  ]);
});

test('in the catalog an alias hides no list that there is', () => {
  const { problems } = buildCatalog(
    content({
      show: show({ pageSize: 2 }),
      episodes: [1, 2, 3].map((number) => episode({ slug: `e${number}`, season: 4 })),
      posts: [
        post({
          slug: 'p',
          aliases: ['/episodes/season-4', '/people/joel/entries', '/search/2026', '/search/2025', '/episodes/season-5'],
        }),
      ],
    }),
    { now: new Date('2026-11-22T12:00:00Z'), preview: false },
  );
  expect(problems.map(({ what }) => what)).toEqual([
    'Alias "/episodes/season-4" would hide the page /episodes/season-4/',
    'Alias "/people/joel/entries" would hide the page /people/joel/entries/',
    'Alias "/search/2026" would hide the page /search/2026/',
  ]);
});

test('the alias of a draft is kept for no one before it is published', () => {
  const given = content({ posts: [post({ slug: 'draft', draft: true, aliases: ['/old'] })] });
  expect(buildCatalog(given, { now: new Date(0), preview: false }).catalog.redirects).toEqual([]);
  expect(buildCatalog(given, { now: new Date(0), preview: true }).catalog.redirects).toHaveLength(1);
});
