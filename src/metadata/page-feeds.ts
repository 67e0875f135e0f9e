import type { FeedLink } from '#catalog/records.ts';

/** The feeds that a page tells its readers of: those of all that it belongs to, and its `own`. */
export const feedsOf = (path: string, whole: readonly FeedLink[], own: readonly FeedLink[]): FeedLink[] => [
  ...whole.filter(({ page }) => path.startsWith(page)),
  ...own,
];
