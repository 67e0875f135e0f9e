import { groups } from './groups.ts';
import type { AnyCard, Catalog, ShownDate } from './records.ts';
import { url } from '#site/url.ts';

/** What was published in a year, newest first. */
export interface Year {
  year: string;
  url: string;
  entries: AnyCard[];
}

/** The years in which something was published, the newest first. */
export function years({ episodes, posts, whitepapers }: Catalog['cards']): Year[] {
  const newestFirst = [...episodes, ...posts, ...whitepapers].toSorted((a, b) =>
    b.publishedAt.iso.localeCompare(a.publishedAt.iso),
  );
  return [...groups(newestFirst, ({ publishedAt }) => [yearOf(publishedAt)])].map(([year, entries]) => ({
    year,
    url: url.year(year),
    entries,
  }));
}

/** The year that readers see, in the time zone of the show. */
export const yearOf = ({ text, iso }: ShownDate): string => /\d{4}/.exec(text)?.[0] ?? iso.slice(0, 4);
