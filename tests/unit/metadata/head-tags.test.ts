import { describe, expect, test } from 'vitest';
import type { About, Page } from '#metadata/about.ts';
import { headTags } from '#metadata/head-tags.ts';
import { episode, files, page as standing, partner, person, post, show, whitepaper } from '../../fakes/content.ts';
import { catalogOf, mp3, mp4, only, pageOf, palette } from './facts.ts';

/** What the tags of a page say, by property or name; several of one name in their order. */
function said(page: Page): Record<string, string[]> {
  const metas = headTags(page, palette).filter(({ element }) => element === 'meta');
  const pairs = metas.map(
    ({ attributes }) => [attributes['property'] ?? attributes['name'] ?? '', attributes['content'] ?? ''] as const,
  );
  return Object.fromEntries(
    [...Map.groupBy(pairs, ([name]) => name)].map(([name, all]) => [name, all.map(([, content]) => content)]),
  );
}
const links = (page: Page, rel: string) =>
  headTags(page, palette).flatMap(({ element, attributes }) =>
    element === 'link' && attributes['rel'] === rel ? [attributes] : [],
  );

const joel = person({ slug: 'joel', name: 'Joel Capperella', side: 'marketing' });
const remote = { url: 'https://media.example/e1.mp3', ...mp3 };

describe('every page', () => {
  const page = pageOf(catalogOf({ show: show({ subtitle: 'For tests' }) }), '/about/');

  test('says its title, type, address, site and language', () => {
    expect(said(page)).toMatchObject({
      'og:title': ['Something · The Test Files'],
      'og:description': ['What there is to see.'],
      'og:type': ['website'],
      'og:url': ['https://files.example/about/'],
      'og:site_name': ['The Test Files'],
      'og:locale': ['en_GB'],
    });
  });

  test('has a large picture, with its size and the words for it', () => {
    expect(said(page)).toMatchObject({
      'og:image': ['https://files.example/social/default.png'],
      'og:image:width': ['1200'],
      'og:image:height': ['630'],
      'og:image:type': ['image/png'],
      'og:image:alt': ['A folder with “The files” on its tab and “The Test Files” on the sheet in it'],
      'twitter:card': ['summary_large_image'],
    });
  });

  test('names its icons, its manifest and the colour of its edge in both themes', () => {
    expect(links(page, 'icon').map(({ href }) => href)).toEqual(['/favicon.ico', '/mark.svg']);
    expect(links(page, 'apple-touch-icon')).toEqual([
      { rel: 'apple-touch-icon', href: '/icons/apple-touch-icon.png', sizes: '180x180' },
    ]);
    expect(links(page, 'manifest').map(({ href }) => href)).toEqual(['/manifest.webmanifest']);
    expect(said(page)['theme-color']).toEqual(['#eeeeee', '#111111']);
  });

  test('has no address to be shared by if it is hidden', () => {
    expect(said({ ...page, hidden: true })['og:url']).toBeUndefined();
  });
});

test('a language without a territory gets the one where most of its readers are', () => {
  expect(said(pageOf(catalogOf({ show: show({ language: 'de' }) }), '/'))['og:locale']).toEqual(['de_DE']);
});

test('the front page is the series in one sentence', () => {
  const catalog = catalogOf({ show: show({ subtitle: 'For tests' }) });
  expect(said(pageOf(catalog, '/', { kind: 'home', episodes: [] }))).toMatchObject({
    'og:title': ['The Test Files: For tests'],
    'og:description': ['A series for tests.'],
  });
});

describe('an episode', () => {
  const aired = (written: Partial<Parameters<typeof episode>[0]>, given = {}) => {
    const catalog = catalogOf({ episodes: [episode({ slug: 'e1', ...written })], ...given });
    return pageOf(catalog, '/episodes/e1/', { kind: 'episodes', record: only(catalog.episodes) });
  };

  test('says when it came out and changed, by whom, and what it is about', () => {
    const modified = { iso: '2026-02-02T00:00:00.000Z', text: '2 February 2026' };
    expect(said({ ...aired({ title: 'One "goal"' }), modified })).toMatchObject({
      'og:title': ['One "goal"'],
      'og:type': ['article'],
      'og:image': ['https://files.example/social/episodes/e1.png'],
      'article:published_time': ['2026-01-01T00:00:00.000Z'],
      'article:modified_time': ['2026-02-02T00:00:00.000Z'],
      'article:section': ['Episodes'],
      'article:author': ['https://files.example/people/joel/'],
      'article:tag': ['Customer advocacy'],
    });
  });

  test('is a piece of sound or a film where the file is known, here or on another host', () => {
    expect(said(aired({ audio: remote }))).toMatchObject({
      'og:type': ['music.song'],
      'og:audio': ['https://media.example/e1.mp3'],
      'og:audio:type': ['audio/mpeg'],
      'music:duration': ['1805'],
    });
    const local = files({ media: { 'episodes/e1/film.mp4': mp4 } });
    expect(said(aired({ audio: remote, video: './film.mp4' }, local))).toMatchObject({
      'og:type': ['video.other'],
      'og:video': ['https://files.example/episodes/e1/film.mp4'],
      'video:duration': ['62'],
      'og:audio': ['https://media.example/e1.mp3'],
    });
  });

  test('leads to its player for other sites only if it has one', () => {
    const players = (page: Page) => links(page, 'alternate').filter(({ type }) => type === 'application/json+oembed');
    expect(players(aired({ audio: remote }))).toEqual([
      {
        rel: 'alternate',
        type: 'application/json+oembed',
        href: 'https://files.example/oembed/e1.json',
        title: 'The usual episode',
      },
    ]);
    expect(players(aired({ video: { youtube: 'abcdefghijk' } }))).toEqual([]);
  });
});

describe('the Markdown beside a page', () => {
  const catalog = catalogOf({
    episodes: [episode({ slug: 'e1' })],
    posts: [post({ slug: 'p' })],
    whitepapers: [whitepaper({ slug: 'w' })],
    partners: [partner({ slug: 'ferry' })],
    pages: [standing({ slug: 'about' })],
  });
  const named = (address: string, about?: About) => {
    const alternates = links(pageOf(catalog, address, about), 'alternate');
    return alternates.filter(({ type }) => type === 'text/markdown').map(({ href }) => href);
  };
  const [somebody] = catalog.people;
  if (!somebody) throw new Error('There is nobody');

  test.each<[string, About]>([
    ['/episodes/e1/', { kind: 'episodes', record: only(catalog.episodes) }],
    ['/posts/p/', { kind: 'posts', record: only(catalog.posts) }],
    ['/whitepapers/w/', { kind: 'whitepapers', record: only(catalog.whitepapers) }],
    ['/people/joel/', { kind: 'people', record: somebody }],
    ['/with/ferry/', { kind: 'partners', record: only(catalog.partners) }],
    ['/about/', { kind: 'pages', record: only(catalog.pages) }],
  ])('of %s is named', (address, about) => {
    expect(named(address, about)).toEqual([`${address}index.md`]);
  });

  test('is that of an entry alone, and of no list', () => {
    const part = { url: '/people/joel/entries/', entries: [] };
    expect(named('/people/joel/entries/', { kind: 'people', record: somebody, part })).toEqual([]);
    expect(named('/posts/', { kind: 'lists', record: { slug: 'posts', ...part } })).toEqual([]);
    expect(named('/', { kind: 'home', episodes: [] })).toEqual([]);
    expect(named('/ask/')).toEqual([]);
  });
});

test('posts and whitepapers are articles, people are profiles, organisations are neither', () => {
  const guild = person({ slug: 'guild', name: 'The Guild', kind: 'organisation' });
  const paper = whitepaper({ slug: 'w', title: 'Ten steps', subtitle: 'In order' });
  const catalog = catalogOf({ posts: [post({ slug: 'p' })], whitepapers: [paper], people: [joel, guild] });
  const [first, second] = catalog.people.toSorted((a, b) => b.slug.localeCompare(a.slug));
  expect(said(pageOf(catalog, '/posts/p/', { kind: 'posts', record: only(catalog.posts) }))['og:type']).toEqual([
    'article',
  ]);
  expect(
    said(pageOf(catalog, '/whitepapers/w/', { kind: 'whitepapers', record: only(catalog.whitepapers) })),
  ).toMatchObject({
    'og:type': ['article'],
    'og:title': ['Ten steps: In order'],
    'article:section': ['Whitepapers'],
  });
  expect(said(pageOf(catalog, '/people/joel/', { kind: 'people', record: first! }))).toMatchObject({
    'og:type': ['profile'],
    'og:title': ['Joel Capperella'],
  });
  expect(said(pageOf(catalog, '/people/guild/', { kind: 'people', record: second! }))['og:type']).toEqual(['website']);
});

test('a page of a list names the pages before and after it', () => {
  const catalog = catalogOf({});
  const part = (current: number) =>
    pageOf(catalog, '/posts/', {
      kind: 'lists',
      record: { slug: 'posts', url: '/posts/', entries: [], current, last: 3 },
    });
  const around = (page: Page) => ['prev', 'next'].map((rel) => links(page, rel)[0]?.['href']);
  expect(around(part(1))).toEqual([undefined, '/posts/page/2/']);
  expect(around(part(2))).toEqual(['/posts/', '/posts/page/3/']);
  expect(around(part(3))).toEqual(['/posts/page/2/', undefined]);
  expect(said(part(2))['og:title']).toEqual(['Posts, page 2']);
});
