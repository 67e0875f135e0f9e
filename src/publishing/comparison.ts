import type { Redirect } from '#site/redirects.ts';
import type { Ledger, Published } from './ledger.ts';

/** What the next deploy would do to what is published. */
export interface Comparison {
  added: Identified[];
  changed: Changed[];
  /** Entries that have another slug now, and whose old address leads there. */
  moved: (Identified & { to: string })[];
  lost: Loss[];
}

/** An entry with its GUID. */
export interface Identified {
  guid: string;
  entry: Published;
}

/** An entry that is published as something else than before. */
export interface Changed extends Identified {
  before: Published;
  changes: Change[];
}

export interface Change {
  field: 'title' | 'url' | 'publishedAt' | 'enclosures' | 'content';
  before: string;
  after: string;
}

/** Something published that would be there no more: an entry, a recording's address, or an entry's former address. */
export interface Loss {
  guid: string;
  entry: Published;
  what: 'entry' | 'enclosure' | 'address';
  address: string;
}

/**
 * Compares what was published with what would be. A redirect from the page of an entry explains that the entry is not
 * there; nothing but the same address explains a recording, since apps keep the address from which they began a
 * download.
 */
export function compare(before: Ledger, now: Ledger, redirects: readonly Redirect[]): Comparison {
  const targets = new Map(redirects.map(({ from, to }) => [from, to]));
  const pages = new Set([...now.values()].map(({ url }) => url));
  const found: Comparison = { added: [], changed: [], moved: [], lost: [] };

  for (const [guid, entry] of now) {
    const old = before.get(guid);
    if (!old) found.added.push({ guid, entry });
    else if (changes(old, entry).length > 0)
      found.changed.push({ guid, entry, before: old, changes: changes(old, entry) });
  }
  for (const [guid, entry] of before) {
    const present = now.get(guid);
    const to = targets.get(entry.url);
    const leadsOn = (address: string) => targets.has(address) || pages.has(address);
    if (!present && to) found.moved.push({ guid, entry, to });
    if (!present && !to) found.lost.push({ guid, entry, what: 'entry', address: entry.url });
    if (!present) continue;
    const gone = entry.enclosures.filter((address) => !present.enclosures.includes(address));
    const former = [...(entry.formerly ?? []), entry.url].filter((address) => !leadsOn(address));
    found.lost.push(
      ...gone.map((address): Loss => ({ guid, entry, what: 'enclosure', address })),
      ...former.map((address): Loss => ({ guid, entry, what: 'address', address })),
    );
  }
  return found;
}

/** What subscribers would see of a change; another content under the same fields is one change of its own. */
function changes(before: Published, after: Published): Change[] {
  const seen = (['title', 'url', 'publishedAt', 'enclosures'] as const).flatMap((field): Change | [] => {
    const [was, is] = [before[field], after[field]].map((value) => (Array.isArray(value) ? value.join(' ') : value));
    return was === is ? [] : { field, before: was ?? '', after: is ?? '' };
  });
  if (seen.length > 0 || before.digest === after.digest) return seen;
  return [{ field: 'content', before: before.digest, after: after.digest }];
}
