import type { BuiltPage } from './built-page.ts';

/**
 * `pagefind/words.json`, which is asked for only where nothing is found: `{ words, topics }`.
 *
 * `words`: what a mistyped word may have meant, in lower case as it is written (no stems), each once. The words of
 * titles, people and topics come first, then those that at least two pages have; within both, what more pages have
 * comes first. The list ends where the file would pass 40 KB.
 * `topics`: every topic as a link, in the order of their titles.
 */
export interface Words {
  words: string[];
  topics: { title: string; url: string }[];
}

/** `texts` are what the pages say, in any order. */
export function words(pages: readonly BuiltPage[], texts: Iterable<string>): Words {
  const topics = pages
    .filter(({ meta }) => meta.kind === 'Topic')
    .map(({ meta, url }) => ({ title: meta.title, url }))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
  const named = counted(
    pages.map(({ meta, filters }) => [meta.title, ...(filters.person ?? []), ...(filters.topic ?? [])].join(' ')),
  );
  const said = counted(texts);
  const times = (word: string) => said.get(word) ?? 0;
  const byUse = (a: string, b: string) => times(b) - times(a) || (a < b ? -1 : 1);
  const all = [
    ...[...named.keys()].toSorted(byUse),
    ...[...said.keys()].filter((word) => times(word) > 1 && !named.has(word)).toSorted(byUse),
  ];
  return { words: fitting(all, mostBytes - Buffer.byteLength(JSON.stringify({ words: [], topics }))), topics };
}

const mostBytes = 40_000;

/** On how many of the texts each word stands. Words of one or two letters and numbers mean nothing to mistype. */
function counted(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(text.toLowerCase().match(/\p{L}[\p{L}\p{M}]{2,}/gu)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function fitting(all: readonly string[], bytes: number): string[] {
  let free = bytes;
  const end = all.findIndex((word) => (free -= Buffer.byteLength(word) + 3) < 0);
  return end < 0 ? [...all] : all.slice(0, end);
}
