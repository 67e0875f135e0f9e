import type { IssueRow } from '#capture/store/tables.ts';
import type { Entry, Site } from '#site/contract.ts';

/**
 * What an issue is about, of what the site has now: its entry, or those of a digest in their order. `listed` are the digest's,
 * as its row has them. Nothing where there is no such issue, or the site has none of it any more.
 */
export function aboutOf(site: Pick<Site, 'entries'>, issue: string, listed: IssueRow['entries'] | undefined): Entry[] {
  const ids = isDigest(issue) ? listedIn(listed) : [issue];
  return ids.flatMap((id) => site.entries.find((entry) => entry.id === id) ?? []);
}

/** The ids of a digest's entries. */
export const listedIn = (listed: IssueRow['entries'] | undefined): string[] =>
  listed == null ? [] : (JSON.parse(listed) as string[]);

/** Digests are called by the day on which they were begun, which no entry's id is like. */
export const isDigest = (issue: string): boolean => /^digest\/\d{4}-\d\d-\d\d$/.test(issue);

/** The issue that is the digest of a day, `2026-11-27`. */
export const digestOf = (day: string): string => `digest/${day}`;

/** What an issue is called that nobody gave a subject. */
export function usualSubject([first, ...others]: readonly Pick<Entry, 'label' | 'title'>[]): string {
  if (!first) return '';
  if (others.length > 0) return `${first.title}, and ${others.length} more`;
  return first.label ? `${first.label}: ${first.title}` : first.title;
}
