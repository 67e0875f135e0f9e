import type { Feed } from '#feeds/list.ts';
import type { Comparison } from './comparison.ts';
import type { Published } from './ledger.ts';

/**
 * The feeds in which something is other than when the ledger was written: those that have a new or changed entry, and
 * those that an entry has left. Which season an entry has left is not in the ledger.
 */
export function changedFeeds({ added, changed, moved, lost }: Comparison, feeds: readonly Feed[]): Feed[] {
  const touched = new Set([...added, ...changed].map((each) => each.guid));
  const old = [
    ...changed.map(({ before }) => before),
    ...moved.map(({ entry }) => entry),
    ...lost.map(({ entry }) => entry),
  ];
  return feeds.filter(
    (feed) => feed.pieces.some((piece) => touched.has(piece.guid)) || old.some((entry) => carried(feed, entry)),
  );
}

/** Whether a feed had an entry as it was published. */
function carried({ kind, of }: Feed, { url, topics, people, enclosures }: Published): boolean {
  if (kind === 'podcast' && enclosures.length === 0) return false;
  if (of === 'everything') return true;
  if (typeof of === 'string') return url.startsWith(`/${of}/`);
  if ('topic' in of) return topics.includes(of.topic);
  return 'person' in of && people.includes(of.person);
}
