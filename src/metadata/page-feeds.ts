import type { FeedLink } from '#catalog/records.ts';

/** The feeds that a page tells its readers of. */
export const feedsOf = (path: string, feeds: readonly FeedLink[]): FeedLink[] =>
  feeds.filter(({ page, below }) => path === page || (below && path.startsWith(page)));
