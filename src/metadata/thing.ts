import { seasonTitle } from '#catalog/feed-links.ts';
import type { Catalog, EpisodeRecord, PersonLink } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import type { About, Page } from './about.ts';
import { socialImage } from './social-card.ts';
import { socialSize } from './social-drawing.ts';

/** A node of a graph in schema.org's terms. What is undefined is left out. */
export interface Thing {
  '@type'?: string;
  '@id'?: string;
  [property: string]: unknown;
}

/** An address of the site in full. */
export const absolute = (site: URL, path: string): string => new URL(path, site).href;

/** The identities of things: the address of the page that describes one, and a fragment that never changes. */
export const id = {
  website: (site: URL) => absolute(site, '/#website'),
  publisher: (site: URL) => absolute(site, '/#publisher'),
  series: (site: URL) => absolute(site, '/#series'),
  season: (site: URL, season: number) => absolute(site, `/#season-${season}`),
  episode: (site: URL, slug: string) => absolute(site, `${url.episode(slug)}#episode`),
  partner: (site: URL, slug: string) => absolute(site, `${url.partner(slug)}#who`),
  person: (site: URL, { url }: Pick<PersonLink, 'url'>) => absolute(site, `${url}#who`),
  /** What a page of its own is about, by the kind of thing it is. */
  own: (page: URL, kind: 'post' | 'whitepaper' | 'list' | 'audio' | 'video') => `${page.href}#${kind}`,
  page: (page: URL) => `${page.href}#page`,
  breadcrumbs: (page: URL) => `${page.href}#breadcrumbs`,
};

/** A thing that is described elsewhere. */
export const reference = (id: string): Thing => ({ '@id': id });

/** A person or organisation as others name them: who they are is said on their own page. */
export const named = (site: URL, person: PersonLink): Thing => ({
  '@type': person.kind === 'organisation' ? 'Organization' : 'Person',
  '@id': id.person(site, person),
  name: person.name,
  url: absolute(site, person.url),
});

export const seriesNamed = (site: URL, { title }: Catalog['show']): Thing => ({
  '@type': 'PodcastSeries',
  '@id': id.series(site),
  name: title,
  url: absolute(site, url.home),
});

export const publisherNamed = (site: URL, { owner }: Catalog['show']): Thing => ({
  '@type': 'Organization',
  '@id': id.publisher(site),
  name: owner.name,
  url: absolute(site, url.home),
});

export const seasonNamed = (site: URL, show: Catalog['show'], season: number): Thing => ({
  '@type': 'PodcastSeason',
  '@id': id.season(site, season),
  name: seasonTitle(show, season),
  url: absolute(site, url.season(season)),
  seasonNumber: season,
});

/** How many comments there are on what a page is about, and where. */
export const commented = (page: Page, { discussion }: Pick<EpisodeRecord, 'discussion'>): Thing =>
  discussion ? { commentCount: discussion.count, discussionUrl: `${page.url.href}#comments` } : {};

/** The social image of a page, after the picture that its author chose if there is one. */
export function images(site: URL, show: Catalog['show'], about: About | undefined, picture?: string): Thing[] {
  const { path } = socialImage(about, show);
  return [
    ...(picture ? [{ '@type': 'ImageObject', url: picture }] : []),
    { '@type': 'ImageObject', url: absolute(site, path), ...socialSize },
  ];
}
