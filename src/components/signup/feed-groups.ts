import type { FeedLink } from '#catalog/records.ts';

/** A feed as a reader takes it along. */
export interface NamedAddress {
  title: string;
  /** Absolute. */
  address: string;
}

/** The feeds of the whole series by what readers look for; the one for most comes first. */
export interface FeedGroups {
  /** For podcast apps. */
  hear: NamedAddress[];
  /** For feed readers. */
  read: NamedAddress[];
}

/** Groups the feeds of the whole series, JSON behind what every reader takes. */
export function feedGroups(feeds: readonly FeedLink[], site: URL): FeedGroups {
  const json = ({ kind }: FeedLink) => Number(kind === 'json');
  const named = ({ kind, of, url }: FeedLink): NamedAddress => ({
    title: kind === 'json' ? 'Everything, as JSON Feed' : typeof of === 'string' ? whole[of] : '',
    address: new URL(url, site).href,
  });
  const sorted = feeds.toSorted((a, b) => json(a) - json(b));
  return {
    hear: sorted.filter(({ kind }) => kind === 'podcast').map(named),
    read: sorted.filter(({ kind }) => kind !== 'podcast').map(named),
  };
}

const whole = { everything: 'Everything', episodes: 'Episodes', posts: 'Posts' };
