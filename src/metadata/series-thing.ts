import { fullTitle } from '#site/title.ts';
import type { EpisodeCard } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import { type Page } from './about.ts';
import { icons } from './icons.ts';
import {
  absolute,
  id,
  images,
  named,
  publisherNamed,
  reference,
  seasonNamed,
  seriesNamed,
  type Thing,
} from './thing.ts';

/** The series, the site that is its home, who publishes both, and its seasons. */
export function seriesNodes({ site, show, about, picture }: Page, episodes: readonly EpisodeCard[]): Thing[] {
  const seasons = Map.groupBy(
    episodes.filter(({ season }) => season !== undefined),
    ({ season }) => season ?? 0,
  );
  const hosts = show.hosts.map((host) => named(site, host));
  const publisher = reference(id.publisher(site));
  return [
    {
      ...seriesNamed(site, show),
      alternateName: show.subtitle && fullTitle(show),
      description: show.description,
      inLanguage: show.language,
      webFeed: absolute(site, url.feed),
      image: images(site, show, about, picture),
      author: hosts,
      actor: hosts,
      publisher,
      genre: show.categories,
      isFamilyFriendly: !show.explicit,
      copyrightNotice: show.copyright,
      sameAs: show.apps?.map(({ url }) => url),
      // A season says that it is one of the series'; only TV and radio have `containsSeason`.
      hasPart: seasons.size > 0 ? [...seasons.keys()].map((season) => reference(id.season(site, season))) : undefined,
    },
    {
      '@type': 'WebSite',
      '@id': id.website(site),
      url: absolute(site, url.home),
      name: show.title,
      description: show.tagline,
      inLanguage: show.language,
      publisher,
      potentialAction: {
        '@type': 'SearchAction',
        target: {
          '@type': 'EntryPoint',
          // A template (RFC 6570), whose braces an address in full would escape.
          urlTemplate: `${absolute(site, url.search)}?q={search_term_string}`,
        },
        'query-input': 'required name=search_term_string',
      },
    },
    {
      ...publisherNamed(site, show),
      email: show.owner.email,
      logo: {
        '@type': 'ImageObject',
        url: absolute(site, url.icon('512')),
        width: icons['512'].size,
        height: icons['512'].size,
      },
    },
    ...[...seasons].map(([season, episodes]) => ({
      ...seasonNamed(site, show, season),
      numberOfEpisodes: episodes.length,
      partOfSeries: reference(id.series(site)),
    })),
  ];
}
