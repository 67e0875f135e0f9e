import { digestOf, isDigest, listedIn } from '#capture/mail/issue-about.ts';
import type { IssueRow } from '#capture/store/tables.ts';
import type { Entry, Site } from '#site/contract.ts';
import { unwritten } from './issues.ts';

const day = 24 * 60 * 60_000;
/** How far the first digest looks back. */
const firstDays = 31;
/** An entry may be dated some days before the build that publishes it. */
const lateDays = 7;

/**
 * The digest that is not sent yet: the one that an owner has begun, or the one that today's would be, which tells of what is
 * new. `now` in milliseconds since 1970.
 */
export function nextDigest(
  site: Pick<Site, 'entries' | 'timeZone'>,
  issues: readonly IssueRow[],
  now: number,
): IssueRow {
  const begun = issues.findLast(({ entry, begunAt }) => isDigest(entry) && begunAt === null);
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: site.timeZone ?? 'UTC', dateStyle: 'short' }).format(now);
  return begun ?? { ...unwritten(digestOf(today)), entries: listOf(newSince(site, issues, { now })) };
}

/**
 * What a digest may tell of, the newest first: what was published since the last one, or since `since`, and is in no issue
 * that goes out or went. Moments in milliseconds since 1970.
 */
export function newSince(
  { entries }: Pick<Site, 'entries'>,
  issues: readonly IssueRow[],
  { now, since = lastDigest(issues) ?? now - firstDays * day }: { now: number; since?: number | undefined },
): Entry[] {
  const told = new Set(
    issues
      .filter(({ begunAt, sendAt }) => begunAt !== null || sendAt !== null)
      .flatMap(({ entry, entries: listed }) => (isDigest(entry) ? listedIn(listed) : [entry])),
  );
  return newestFirst(entries.filter(({ id, publishedAt }) => !told.has(id) && Date.parse(publishedAt) > since));
}

export const newestFirst = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted(
    (one, other) => Number(one.publishedAt < other.publishedAt) - Number(one.publishedAt > other.publishedAt),
  );

/** The entries of a digest as its row has them. */
export const listOf = (entries: readonly Pick<Entry, 'id'>[]): string => JSON.stringify(entries.map(({ id }) => id));

/** From when entries are new to those who got the last digest; undefined where there was none. */
function lastDigest(issues: readonly IssueRow[]): number | undefined {
  const begun = issues.flatMap(({ entry, begunAt }) => (isDigest(entry) && begunAt !== null ? [begunAt] : []));
  return begun.length > 0 ? Math.max(...begun) - lateDays * day : undefined;
}
