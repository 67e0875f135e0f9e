import { url } from '#site/url.ts';
import { isSameSite } from './addresses.ts';
import type { Archive } from './archive.ts';

/** Where software has the feed of everything that is new, below the address of its site. */
const usual: Partial<Record<Archive['kind'], readonly string[]>> = {
  wordpress: ['feed/', '?feed=rss2'],
  hugo: ['index.xml'],
  jekyll: ['feed.xml'],
};

/**
 * Old paths of feeds, each with the feed of this site that has the same: subscribers stay where they are when the site takes
 * the place of the old one. Nothing where the archive does not say where its site is.
 */
export function oldFeedsOf({ kind, series, pieces, feed }: Archive): Record<string, string> {
  const { address } = series;
  if (address === undefined) return {};
  const isHeard = pieces.some(
    ({ kind, draft, fields }) => kind === 'episodes' && !draft && fields['audio'] !== undefined,
  );
  const base = new URL(address).pathname.replace(/\/?$/, '/');
  const found: Record<string, string> = {};
  for (const path of usual[kind] ?? []) found[base + path] = url.feed;
  // The podcast's own feed of PowerPress and Seriously Simple Podcasting.
  if (kind === 'wordpress' && isHeard) found[`${base}feed/podcast/`] = url.podcast;
  if (feed !== undefined && isSameSite(feed, address)) {
    const { pathname, search } = new URL(feed);
    found[pathname + search] = isHeard ? url.podcast : url.feed;
  }
  return found;
}
