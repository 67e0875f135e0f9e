import type { Redirect } from '#site/redirects.ts';
import { addressKey } from '#site/url.ts';
import type { Ledger, Published } from './ledger.ts';

/** What the next deploy would do to what is published. */
export interface Comparison {
  added: Identified[];
  changed: Changed[];
  /** Entries that are a part of another one now, to which their old address leads. */
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

/**
 * Something published that would be there no more: an entry, its GUID, the address of one of its files or of its player,
 * or a former address of its page.
 */
export interface Loss {
  guid: string;
  entry: Published;
  what: 'entry' | 'guid' | 'enclosure' | 'transcript' | 'chapters' | 'player' | 'address';
  address: string;
  /** The entry as it would be published, with its GUID, where it would. */
  now?: Identified;
}

/** The addresses that subscribers hold of an entry beside its page, and what each is. */
const held = [
  ['enclosures', 'enclosure'],
  ['transcripts', 'transcript'],
  ['chapters', 'chapters'],
  ['players', 'player'],
] as const satisfies [keyof Published, Loss['what']][];

/**
 * Compares what was published with what would be. An entry is the same one by its GUID. What its page was leads on by a
 * redirect; an address of a file is kept by a redirect to a file alone, since apps keep the address from which they began
 * a download.
 */
export function compare(before: Ledger, now: Ledger, redirects: readonly Redirect[]): Comparison {
  const targets = new Map(
    redirects.filter(({ from }) => !from.includes('?')).map(({ from, to }) => [addressKey(from), to]),
  );
  const pages = new Map([...now].map(([guid, entry]) => [entry.url, { guid, entry }]));
  const leadsOn = (address: string) => targets.has(addressKey(address)) || pages.has(address);
  const found: Comparison = { added: [], changed: [], moved: [], lost: [] };
  const lose = (loss: Loss) => void found.lost.push(loss);

  for (const [guid, entry] of now) {
    const old = before.get(guid);
    if (!old) found.added.push({ guid, entry });
    else if (changes(old, entry).length > 0)
      found.changed.push({ guid, entry, before: old, changes: changes(old, entry) });
  }
  /** The entries that are new by their GUID alone: each took the place of one entry. */
  const renamed = new Set<string>();
  for (const [guid, entry] of before) {
    const present = now.get(guid);
    if (!present) {
      const to = targets.get(addressKey(entry.url));
      const place = pages.get(entry.url) ?? (to === undefined ? undefined : pages.get(to));
      const isRenamed = place && !before.has(place.guid) && !renamed.has(place.guid);
      if (isRenamed) renamed.add(place.guid);
      const forgotten = (entry.formerly ?? []).filter((address) => !leadsOn(address));
      // An alias that is back brings the GUID back that it stands for.
      if (isRenamed && forgotten.length > 0)
        for (const address of forgotten) lose({ guid, entry, what: 'address', address, now: place });
      else if (isRenamed) lose({ guid, entry, what: 'guid', address: entry.url, now: place });
      else if (to !== undefined) found.moved.push({ guid, entry, to });
      else lose({ guid, entry, what: 'entry', address: entry.url });
      continue;
    }
    const self = { guid, entry: present };
    for (const [field, what] of held)
      for (const address of entry[field] ?? []) {
        const to = targets.get(addressKey(address));
        const isThere = present[field]?.includes(address) || (to !== undefined && isSameKind(address, to));
        if (!isThere) lose({ guid, entry, what, address, now: self });
      }
    for (const address of [...(entry.formerly ?? []), entry.url])
      if (!leadsOn(address)) lose({ guid, entry, what: 'address', address, now: self });
  }
  return found;
}

/** A page leads on for a page, and a file for a file. */
const isSameKind = (from: string, to: string) => from.endsWith('/') === to.endsWith('/');

/** What subscribers would see of a change; another content under the same fields is one change of its own. */
function changes(before: Published, after: Published): Change[] {
  const seen = (['title', 'url', 'publishedAt', 'enclosures'] as const).flatMap((field): Change | [] => {
    const [was, is] = [before[field], after[field]].map((value) => (Array.isArray(value) ? value.join(' ') : value));
    return was === is ? [] : { field, before: was ?? '', after: is ?? '' };
  });
  if (seen.length > 0 || before.digest === after.digest) return seen;
  return [{ field: 'content', before: before.digest, after: after.digest }];
}
