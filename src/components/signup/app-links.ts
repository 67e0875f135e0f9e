/** A link that opens an app with a feed in it. */
export interface AppLink {
  name: string;
  /** Where the app runs. */
  on: string;
  url: string;
}

/**
 * The podcast apps that take a feed by a link. Where a scheme stands for the feed's own, the address follows without
 * it. Sources: overcast.fm/podcasterinfo; antennapod.org/documentation/podcasters-hosters/add-on-antennapod; the
 * Podlove Subscribe Button's list of clients (Pocket Casts, Castro, Podcast Addict, Apple Podcasts).
 */
export function podcastApps(feed: URL): AppLink[] {
  const address = encodeURIComponent(feed.href);
  const bare = withoutScheme(feed);
  return [
    { name: 'Apple Podcasts', on: 'iPhone, Mac', url: `podcast://${bare}` },
    { name: 'Overcast', on: 'iPhone', url: `overcast://x-callback-url/add?url=${address}` },
    { name: 'Pocket Casts', on: 'iPhone, Android', url: `pktc://subscribe/${bare}` },
    { name: 'AntennaPod', on: 'Android', url: `https://antennapod.org/deeplink/subscribe?url=${address}` },
    { name: 'Castro', on: 'iPhone', url: `castro://subscribe/${bare}` },
    { name: 'Podcast Addict', on: 'Android', url: `podcastaddict://${bare}` },
  ];
}

/** The feed readers that take a feed by a link. */
export function feedReaders(feed: URL): AppLink[] {
  const address = encodeURIComponent(feed.href);
  return [
    { name: 'Feedly', on: 'web', url: `https://feedly.com/i/subscription/feed/${address}` },
    { name: 'Inoreader', on: 'web', url: `https://www.inoreader.com/?add_feed=${address}` },
    { name: 'NetNewsWire', on: 'iPhone, Mac', url: `feed:${feed.href}` },
  ];
}

const withoutScheme = ({ host, pathname, search }: URL) => host + pathname + search;
