import type { Redirect } from '#site/redirects.ts';
import { compare } from './comparison.ts';
import type { Ledger, Published } from './ledger.ts';

/**
 * The ledger after a deploy: what is published now, and what was published and is lost, until it is back or forgotten.
 * An entry that an alias explains goes on as a former address of the entry that took its place.
 */
export function nextLedger(before: Ledger, now: Ledger, redirects: readonly Redirect[]): Ledger {
  const { moved, lost } = compare(before, now, redirects);
  const next = new Map<string, Published>();
  const gone = lost.filter(({ guid }) => !now.has(guid));
  for (const { guid, entry } of gone) next.set(guid, entry);
  // An entry that took the place of one that is lost is not noted before that is put right.
  const replacing = new Set(gone.flatMap(({ now }) => now?.guid ?? []));

  const owners = new Map([...now].map(([guid, { url }]) => [url, guid]));
  const former = new Map<string, string[]>();
  for (const { guid, entry, to } of moved) {
    const owner = owners.get(to);
    // Where the alias belongs to a page that is no episode or post, no other record could keep the address.
    if (owner === undefined) next.set(guid, entry);
    else former.set(owner, [...(former.get(owner) ?? []), entry.url, ...(entry.formerly ?? [])]);
  }
  for (const [guid, entry] of now) {
    if (replacing.has(guid)) continue;
    const old = before.get(guid);
    const formerly = [...(old?.formerly ?? []), ...(old ? [old.url] : []), ...(former.get(guid) ?? [])];
    const both = (field: 'enclosures' | 'players' | 'transcripts' | 'chapters') => [
      ...new Set([...(entry[field] ?? []), ...(old?.[field] ?? [])]),
    ];
    next.set(guid, {
      ...entry,
      ...{ enclosures: both('enclosures'), players: both('players') },
      ...{ transcripts: both('transcripts'), chapters: both('chapters') },
      formerly: [...new Set(formerly)].filter((address) => address !== entry.url).toSorted(),
    });
  }
  return next;
}

/** The ledger without what its owner deleted or changed on purpose; what is still published is new to it then. */
export const forgotten = (ledger: Ledger, guids: readonly string[]): Ledger =>
  new Map([...ledger].filter(([guid]) => !guids.includes(guid)));
