import type { FeedLink } from '#catalog/records.ts';

/** A feed as a reader takes it along. */
export interface NamedAddress {
  title: string;
  /** Absolute. */
  address: string;
}

/** The feeds of a site by what readers look for. */
export interface FeedGroups {
  /** Of the whole series, for podcast apps and for feed readers; the one for most comes first. */
  hear: NamedAddress[];
  read: NamedAddress[];
  seasons: NamedAddress[];
  topics: NamedAddress[];
  people: NamedAddress[];
}

/**
 * Groups the feeds of a series, JSON behind what every reader takes. Under headings that say the rest, the name of the
 * series is left out of theirs.
 */
export function feedGroups(feeds: readonly FeedLink[], series: string, site: URL): FeedGroups {
  const groups: FeedGroups = { hear: [], read: [], seasons: [], topics: [], people: [] };
  const json = ({ kind }: FeedLink) => Number(kind === 'json');
  for (const { kind, of, title, url } of feeds.toSorted((a, b) => json(a) - json(b))) {
    const address = new URL(url, site).href;
    const own = title.replace(`${series}: `, '');
    const spoken = kind === 'podcast' ? `${own}, to hear` : own;
    if (typeof of !== 'object')
      groups[kind === 'podcast' ? 'hear' : 'read'].push({
        title: kind === 'json' ? 'Everything, as JSON Feed' : whole[of],
        address,
      });
    else if ('season' in of) groups.seasons.push({ title: own, address });
    else groups['topic' in of ? 'topics' : 'people'].push({ title: spoken, address });
  }
  return groups;
}

const whole = { everything: 'Everything', episodes: 'Episodes', posts: 'Posts' };
