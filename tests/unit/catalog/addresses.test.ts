import { describe, expect, test } from 'vitest';
import { type Addressed, redirects } from '#catalog/addresses.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { content, episode, files, page, person, post, show, topics, whitepaper } from '../../fakes/content.ts';

const entry = (slug: string, ...aliases: string[]): Addressed => ({
  collection: 'posts',
  slug,
  url: `/posts/${slug}/`,
  aliases,
});

const lead = (...aliases: string[]) => redirects([entry('new', ...aliases)], []);

describe('an old address leads to its entry as old links have it', () => {
  test.each([
    ['a path', '/old', '/old/'],
    ['a path with a slash', '/old/', '/old/'],
    ['a path with dates', '/2014/10/old', '/2014/10/old/'],
    ['the file of another system', '/older.php', '/older.php/'],
    ['the first file of another system', '/index.php', '/index.php/'],
    ['a file of HTML', '/old/page.html', '/old/page.html'],
    ['a file of HTML by its short ending', '/OLD/Page.HTM', '/OLD/Page.HTM'],
    ['the first file of a folder', '/old/index.html', '/old/'],
    ['a path below a name with an ending', '/old.html/page', '/old.html/page/'],
    ['a query', '/?p=123', '/?p=123'],
    ['a query of a file', '/index.php?id=4&lang=de', '/index.php/?id=4&lang=de'],
    ['a question mark with nothing behind it', '/old?', '/old/'],
    ['coded letters', '/caf%C3%A9%20%231', '/caf%C3%A9%20%231/'],
    ['letters as people read them', '/größe', '/gr%C3%B6%C3%9Fe/'],
    ['other signs', '/a:b+c&d;e,f=@g', '/a:b+c&d;e,f=@g/'],
    ['a percent sign, coded', '/100%25', '/100%25/'],
    ['a version', '/v1.5', '/v1.5/'],
    ['a feed of another system', '/feed.xml', '/feed.xml/'],
    ['brackets', '/[x]', '/%5Bx%5D/'],
    ['three dots', '/...', '/.../'],
  ])('%s', (_, alias, from) => {
    expect(lead(alias)).toEqual({ redirects: [{ from, to: '/posts/new/' }], problems: [] });
  });
});

test('an entry may have several aliases, and one address with and without a query', () => {
  const { redirects: found, problems } = lead('/old', '/old?page=2', '/old?page=3', '/?p=1', '/?p=2');
  expect(problems).toEqual([]);
  expect(found).toHaveLength(5);
});

describe('an alias that is no address of this site is a problem', () => {
  test.each([
    ['/https://old.example.com/a?p=1', ['/a?p=1']],
    ['/http:/old.example.com/a', ['/a']],
    ['/https://old.example.com/', []],
    ['/a//b', ['/a/b']],
    ['/a/b//', ['/a/b/']],
    ['/a//b?c=d//e', ['/a/b?c=d//e']],
    ['/100%', ['/100%25']],
    ['/a%2Fb', ['/a/b']],
    ['/a%5Cb', ['/a/b']],
    ['/a%00b', []],
    ['/a%0Ab', []],
    ['/gr%F6%DFe', []],
    ['/a/./b/../c', ['/a/c']],
    ['/a/%2E%2E/c', ['/c']],
    ['/..', []],
    ['/a\\b', ['/a/b']],
    [`/${'ö'.repeat(128)}`, []],
    [`/${'x'.repeat(248)}.html`, []],
  ])('%s', (alias, candidates) => {
    expect(lead(alias)).toMatchObject({
      redirects: [],
      problems: [{ collection: 'posts', slug: 'new', field: ['aliases', 0], value: alias, candidates }],
    });
  });
});

describe('two aliases are one address', () => {
  test.each([
    ['in capitals', '/Old/Page', '/old/page'],
    ['in another coding', '/caf%C3%A9', '/café'],
    ['in small digits of a coding', '/caf%c3%a9', '/caf%C3%A9'],
    ['composed in another way', '/cafe\u0301', '/café'],
    ['with a slash', '/old', '/old/'],
    ['by the name of its file', '/old', '/old/index.html'],
    ['with a query in another order', '/?a=1&b=2', '/?b=2&a=1'],
    ['with a query in another coding', '/?q=a%20b', '/?q=a+b'],
    ['as a file of HTML in capitals', '/old.html', '/OLD.HTML'],
  ])('%s', (_, one, other) => {
    const own = lead(one, other);
    expect(own.redirects).toHaveLength(1);
    expect(own.problems).toMatchObject([
      { field: ['aliases', 1], what: `Alias "${other}" is there already, written in another way`, fix: 'take it out' },
    ]);
    const { problems } = redirects([entry('a', one), entry('b', '/fine', other)], []);
    expect(problems).toMatchObject([
      { slug: 'b', field: ['aliases', 1], what: `Alias "${other}" belongs to posts/a already`, fix: 'take it out' },
    ]);
  });
});

test('an alias that is written twice is told as that', () => {
  expect(lead('/old', '/old').problems.map(({ what }) => what)).toEqual(['Alias "/old" is there already']);
});

test.each([
  ['/old.html/page', '/old.html'],
  ['/old.html', '/old.html/page'],
  ['/Old.html', '/old.html/page/two'],
])('no file can lie in a file: %s is told with %s', (one, other) => {
  const { redirects: found, problems } = lead(one, other);
  expect(found).toHaveLength(1);
  expect(problems).toMatchObject([
    { field: ['aliases', 1], what: expect.stringMatching(/^Alias ".+" cannot be kept beside alias of posts\/new/) },
  ]);
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
    ['what would lie in a file of an entry', '/episodes/e1/audio.mp3/old', undefined],
    ['a picture of a page', '/social/posts/a.png', 'a file that the build makes'],
    ['a script of the site', '/_astro/x.js', 'a file that the build makes'],
    ['the index of the search', '/pagefind', 'a file that the build makes'],
    ['what shows a player elsewhere', '/oembed/lamp.json', 'a file that the build makes'],
    ['an older document of a feed', '/rss/page-2.xml', 'a page of a feed'],
    ['what a search finds', '/search/?q=fog', 'the answers of /search/'],
    ['the home page by the name of its file', '/index.html', 'the page /, of which it is another name'],
    ['a page in capitals', '/Episodes', 'the page /episodes/, of which it is another name'],
    ['the page of an entry in capitals', '/posts/B/', 'posts/b, of which it is another name'],
    ['a form with a query', '/forms/old?x=1', 'the forms and links of the site, which have /forms/'],
    ['a form', '/forms/old', 'the forms and links of the site, which have /forms/'],
    ['the links of mails', '/confirm', 'the forms and links of the site, which have /confirm/'],
  ])('%s', (_, alias, hidden) => {
    const others = ['/topics/fog/', '/episodes/e1/audio.mp3'];
    const { redirects: found, problems } = redirects([entry('a', alias), entry('b')], others);
    expect(found).toEqual([]);
    expect(problems).toMatchObject([
      {
        what:
          hidden === undefined
            ? expect.stringContaining('cannot be kept beside the file')
            : `Alias "${alias}" would hide ${hidden}`,
        fix: 'take it out',
      },
    ]);
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

describe('an entry under another slug', () => {
  const { catalog, problems } = buildCatalog(
    content({
      ...files({ media: { 'episodes/new/talk #1.mp3': { bytes: 1, type: 'audio/mpeg', duration: 60 } } }),
      episodes: [
        episode({
          slug: 'new',
          aliases: ['/episodes/older', '/Episodes/old/', '/episodes/old/extra'],
          audio: './talk #1.mp3',
          transcript: './said.vtt',
          chapters: [{ start: 0, title: 'All' }],
        }),
      ],
      people: [person({ slug: 'joel', aliases: ['/people/joe'] })],
      posts: [post({ slug: 'told', aliases: ['/posts/said'], body: '<Video title="Fog" src="./the fog.mp4" />' })],
    }),
    { now: new Date('2026-11-22T12:00:00Z'), preview: false },
  );
  const to = new Map(catalog.redirects.map((each) => [each.from, each.to]));

  test('leads on from all that apps and other sites hold of it', () => {
    expect(problems).toEqual([]);
    for (const old of ['older', 'old'])
      expect(Object.fromEntries(to)).toMatchObject({
        [`/episodes/${old}/talk%20%231.mp3`]: '/episodes/new/talk%20%231.mp3',
        [`/episodes/${old}/said.vtt`]: '/episodes/new/said.vtt',
        [`/episodes/${old}/chapters.json`]: '/episodes/new/chapters.json',
        [`/episodes/${old}/embed/`]: '/episodes/new/embed/',
        [`/episodes/${old}/index.md`]: '/episodes/new/index.md',
        [`/oembed/${old}.json`]: '/oembed/new.json',
        [`/social/episodes/${old}.png`]: '/social/episodes/new.png',
      });
    expect(to.get('/episodes/old/extra/')).toBe('/episodes/new/');
  });

  test('that is a person leads on from the feed that they had', () => {
    expect(to.get('/people/joe/rss.xml')).toBe('/people/joel/rss.xml');
    expect(to.get('/people/joe/')).toBe('/people/joel/');
    expect(to.get('/people/joe/index.md')).toBe('/people/joel/index.md');
  });

  test('leads on from the film that its text plays', () => {
    expect(to.get('/posts/said/the%20fog.mp4')).toBe('/posts/told/the%20fog.mp4');
  });

  test('leads on from what it has now alone', () => {
    const silent = content({ episodes: [episode({ slug: 'new', aliases: ['/episodes/old'] })] });
    const { catalog } = buildCatalog(silent, { now: new Date('2026-11-22T12:00:00Z'), preview: false });
    expect(catalog.redirects.map(({ from }) => from)).toEqual([
      ...['/episodes/old/', '/episodes/old/index.md', '/social/episodes/old.png'],
    ]);
  });
});

test('an alias hides no file that is served as it is', () => {
  const given = content({ posts: [post({ slug: 'p', aliases: ['/Mark.svg', '/files/old'] })] });
  const clock = { now: new Date('2026-11-22T12:00:00Z'), preview: false };
  const { problems } = buildCatalog(given, clock, ['/mark.svg', '/files']);
  expect(problems.map(({ what }) => what)).toEqual([
    'Alias "/Mark.svg" would hide the file /mark.svg, of which it is another name',
    expect.stringMatching(/^Alias "\/files\/old" cannot be kept beside the file \/files/),
  ]);
});

test('in the catalog an alias may hide neither a topic nor a file beside an episode', () => {
  const { problems } = buildCatalog(
    content({
      topics: topics('advocacy', 'unused'),
      episodes: [episode({ slug: 'e', transcript: './said.vtt' })],
      posts: [
        post({
          slug: 'p',
          aliases: ['/topics/advocacy', '/episodes/e/said.vtt', '/people/joel/index.md', '/topics/unused'],
        }),
      ],
    }),
    { now: new Date('2026-11-22T12:00:00Z'), preview: false },
  );
  expect(problems.map(({ what }) => what)).toEqual([
    'Alias "/topics/advocacy" would hide the page /topics/advocacy/',
    'Alias "/episodes/e/said.vtt" would hide the file /episodes/e/said.vtt',
    'Alias "/people/joel/index.md" would hide the file /people/joel/index.md',
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

describe('an old feed', () => {
  const feeds = ['/rss.xml', '/podcast.xml'];
  const feedsOf = (old: Record<string, string>, ...entries: Addressed[]) => redirects(entries, feeds, { old, feeds });

  test('leads to the one that took its place, by a path or by a query', () => {
    const { redirects: found, problems } = feedsOf({ '/feed/podcast': '/podcast.xml', '/?feed=rss2': '/rss.xml' });
    expect(problems).toEqual([]);
    expect(found).toEqual([
      { from: '/feed/podcast/', to: '/podcast.xml' },
      { from: '/?feed=rss2', to: '/rss.xml' },
    ]);
  });

  test('leads to no feed that is not there', () => {
    expect(feedsOf({ '/feed/': '/podcats.xml' }).problems).toEqual([
      {
        ...{ collection: 'show', slug: '', field: ['oldFeeds', '/feed/'], value: '/podcats.xml', candidates: feeds },
        what: 'Old feed "/feed/" leads to /podcats.xml, and there is no such feed',
      },
    ]);
  });

  test.each([
    ['/rss.xml', 'would hide the file /rss.xml'],
    ['/posts/a/', 'would hide posts/a'],
    ['/old', 'belongs to posts/a already'],
    ['/a//b', 'has nothing between two slashes'],
  ])('is not at %s, where something else is', (path, what) => {
    const { problems } = feedsOf({ [path]: '/podcast.xml' }, entry('a', '/old'));
    expect(problems).toMatchObject([{ collection: 'show', what: `Old feed "${path}" ${what}`, fix: 'by hand' }]);
  });
});
