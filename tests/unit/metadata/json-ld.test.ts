import { describe, expect, test } from 'vitest';
import type { About } from '#metadata/about.ts';
import { jsonLd, scriptText } from '#metadata/json-ld.ts';
import { episode, partner, person, post, show, whitepaper } from '../../fakes/content.ts';
import { at, catalogOf, graphOf, only, pageOf } from './facts.ts';

const joel = person({ slug: 'joel', name: 'Joel Capperella', side: 'marketing', role: 'Host of the show' });

describe('the front page', () => {
  const catalog = catalogOf({
    show: show({
      apps: [{ name: 'Podcasts', url: 'https://podcasts.example/7' }],
      categories: ['Business > Marketing'],
    }),
    episodes: [episode({ slug: 'e1', season: 1 }), episode({ slug: 'e2', season: 1 }), episode({ slug: 'e3' })],
  });
  const graph = graphOf(pageOf(catalog, '/', { kind: 'home', episodes: catalog.episodes }));

  test('describes the series with its feed and its hosts', () => {
    expect(graph['PodcastSeries']).toMatchObject({
      '@id': at('/#series'),
      name: 'The Test Files',
      webFeed: at('/rss.xml'),
      author: [{ '@type': 'Person', '@id': at('/people/joel/#who'), name: 'Joel Capperella' }],
      actor: [{ '@id': at('/people/joel/#who') }],
      genre: ['Business > Marketing'],
      sameAs: ['https://podcasts.example/7'],
      hasPart: [{ '@id': at('/#season-1') }],
    });
    expect(graph['PodcastSeason']).toMatchObject({ '@id': at('/#season-1'), seasonNumber: 1, numberOfEpisodes: 2 });
  });

  test('describes the site and how to search it', () => {
    expect(graph['WebSite']).toMatchObject({
      '@id': at('/#website'),
      potentialAction: {
        '@type': 'SearchAction',
        target: { urlTemplate: at('/search/?q={search_term_string}') },
        'query-input': 'required name=search_term_string',
      },
    });
    expect(graph['WebPage']).toMatchObject({
      mainEntity: { '@id': at('/#series') },
      isPartOf: { '@id': at('/#website') },
    });
  });

  test('has no way from home', () => {
    expect(graph['BreadcrumbList']).toBeUndefined();
  });
});

test('a post is a blog posting, a whitepaper a report, each with its authors and its publisher', () => {
  const catalog = catalogOf({
    posts: [post({ slug: 'p', title: 'Whose lead?', updatedAt: '2026-02-02' })],
    whitepapers: [whitepaper({ slug: 'w', authors: ['joel'], title: 'Ten steps', subtitle: 'In order' })],
  });
  const author = [{ '@type': 'Person', '@id': at('/people/joel/#who'), url: at('/people/joel/') }];
  const publisher = { '@type': 'Organization', '@id': at('/#publisher'), name: 'Nobody' };
  expect(
    graphOf(pageOf(catalog, '/posts/p/', { kind: 'posts', record: only(catalog.posts) }))['BlogPosting'],
  ).toMatchObject({
    '@id': at('/posts/p/#post'),
    headline: 'Whose lead?',
    datePublished: '2026-01-01T00:00:00.000Z',
    dateModified: '2026-02-02T00:00:00.000Z',
    author,
    publisher,
  });
  const page = pageOf(catalog, '/whitepapers/w/', { kind: 'whitepapers', record: only(catalog.whitepapers) });
  expect(graphOf(page)['Report']).toMatchObject({
    headline: 'Ten steps: In order',
    pagination: '1-6',
    author,
    publisher,
  });
});

test('a person and an organisation are what their profile pages are about', () => {
  const guild = person({ slug: 'guild', name: 'The Guild', kind: 'organisation', role: 'A guild' });
  const { people, ...catalog } = catalogOf({ people: [joel, guild] });
  const profile = (slug: string) => {
    const record = only(people.filter((person) => person.slug === slug));
    const picture = at('/_astro/photo.jpg');
    return graphOf(pageOf({ people, ...catalog }, `/people/${slug}/`, { kind: 'people', record }, { picture }));
  };
  expect(profile('joel')['ProfilePage']).toMatchObject({ mainEntity: { '@id': at('/people/joel/#who') } });
  expect(profile('joel')['Person']).toMatchObject({
    jobTitle: 'Host of the show',
    image: [{ url: at('/_astro/photo.jpg') }, { url: at('/social/people/joel.png') }],
  });
  expect(profile('guild')['Organization']).toMatchObject({ '@id': at('/people/guild/#who'), name: 'The Guild' });
  expect(profile('guild')['Organization']).not.toHaveProperty('jobTitle');
});

test('a page of a list numbers its entries from the beginning of the list', () => {
  const catalog = catalogOf({ posts: [post({ slug: 'p', title: 'Whose lead?' })] });
  const record = { slug: 'posts', url: '/posts/', entries: catalog.posts, current: 3, last: 3, before: 48 } as const;
  const graph = graphOf(pageOf(catalog, '/posts/page/3/', { kind: 'lists', record }));
  expect(graph['CollectionPage']).toMatchObject({ mainEntity: { '@id': at('/posts/page/3/#list') } });
  expect(graph['ItemList']).toMatchObject({
    numberOfItems: 1,
    itemListElement: [{ position: 49, name: 'Whose lead?', url: at('/posts/p/') }],
  });
});

test('a topic is a collection of what is posted in it', () => {
  const catalog = catalogOf({ posts: [post({ slug: 'p' })] });
  const { entries, ...record } = only(catalog.topics);
  const part = { url: record.url, entries };
  const graph = graphOf(pageOf(catalog, record.url, { kind: 'topics', record, part }));
  expect(graph['ItemList']).toMatchObject({ itemListElement: [{ position: 1, url: at('/posts/p/') }] });
  expect(graph['BreadcrumbList']).toMatchObject({
    itemListElement: [
      { position: 1, name: 'The Test Files', item: at('/') },
      { position: 2, item: at('/topics/advocacy/') },
    ],
  });
});

test('the list of all that somebody made is a collection beside their profile', () => {
  const catalog = catalogOf({ posts: [post({ slug: 'p' })] });
  const { entries, ...record } = only(catalog.people);
  const part = { url: '/people/joel/entries/', entries, current: 2, last: 2, before: 24 };
  const graph = graphOf(pageOf(catalog, '/people/joel/entries/page/2/', { kind: 'people', record, part }));
  expect(Object.keys(graph)).not.toContain('Person');
  expect(graph['CollectionPage']).toMatchObject({ name: 'Joel Capperella: all entries, page 2' });
  expect(graph['ItemList']).toMatchObject({ itemListElement: [{ position: 25, url: at('/posts/p/') }] });
});

test('a season is a collection of its episodes, and is named by them as its author calls it', () => {
  const catalog = catalogOf({
    show: show({ podcast: { seasons: [{ number: 2, name: 'The long winter' }] } }),
    episodes: [episode({ slug: 'e1', season: 2 })],
  });
  const { entries, ...record } = only(catalog.seasons);
  const graph = graphOf(pageOf(catalog, record.url, { kind: 'seasons', record, part: { url: record.url, entries } }));
  expect(graph['CollectionPage']).toMatchObject({ name: 'Season 2: The long winter' });
  expect(graph['ItemList']).toMatchObject({ itemListElement: [{ position: 1, url: at('/episodes/e1/') }] });
  const about: About = { kind: 'episodes', record: only(catalog.episodes) };
  expect(graphOf(pageOf(catalog, '/episodes/e1/', about))['PodcastEpisode']).toMatchObject({
    partOfSeason: { name: 'Season 2: The long winter', url: at('/episodes/season-2/'), seasonNumber: 2 },
  });
});

test('the titles of a year are a collection, and only the search itself is a page of results', () => {
  const record = { slug: 'search', url: '/search/2026/', name: 'Titles of 2026', entries: [] } as const;
  const { name: _, ...search } = record;
  const graph = (given: typeof record | typeof search) =>
    Object.keys(graphOf(pageOf(catalogOf({}), given.url, { kind: 'lists', record: given })));
  expect(graph(record)).toContain('CollectionPage');
  expect(graph(search)).toContain('SearchResultsPage');
});

test('a page that search engines are not to know tells them nothing', () => {
  expect(jsonLd(pageOf(catalogOf({}), '/404/', undefined, { hidden: true }))).toBeUndefined();
});

test.each(['</script><script>alert(1)</script>', '<!--<script>', ']]>', 'two\u2028lines', '"\\'])(
  'a title of %j neither ends the script element nor is changed by it',
  (title) => {
    const catalog = catalogOf({ posts: [post({ slug: 'p', title })] });
    const page = pageOf(catalog, '/posts/p/', { kind: 'posts', record: only(catalog.posts) });
    expect(jsonLd(page)).not.toContain('<');
    expect(graphOf(page)['BlogPosting']?.['headline']).toBe(title);
    expect(JSON.parse(scriptText(title))).toBe(title);
  },
);

describe('the page for the readers of a partner', () => {
  const catalog = catalogOf({
    partners: [partner({ slug: 'ferry', name: 'The Ferry', url: 'https://ferry.example/', theyOffer: 'A crossing.' })],
  });
  const graph = (logo?: string) =>
    graphOf(pageOf(catalog, '/with/ferry/', { kind: 'partners', record: only(catalog.partners), logo }));

  test('is there for an organisation, with what it offers', () => {
    expect(graph('/_astro/logo.png')['Organization']).toEqual({
      '@type': 'Organization',
      '@id': at('/with/ferry/#who'),
      name: 'The Ferry',
      url: 'https://ferry.example/',
      logo: { '@type': 'ImageObject', url: at('/_astro/logo.png') },
      makesOffer: [{ '@type': 'Offer', description: 'A crossing.' }],
    });
    expect(graph()['WebPage']).toMatchObject({ mainEntity: { '@id': at('/with/ferry/#who') } });
    expect(graph()['Organization']).not.toHaveProperty('logo');
  });

  test('calls nobody a sponsor', () => {
    expect(JSON.stringify(graph())).not.toContain('sponsor');
  });
});
