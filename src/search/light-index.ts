import { createHash } from 'node:crypto';
import type { IndexFile } from 'pagefind';
import type { SearchFilters } from '#catalog/records.ts';
import { arrayHead, encode, type Value } from './cbor.ts';
import { coded as packedFile } from './coded-file.ts';
import { lightChunks, reach } from './chunks.ts';
import type { PageIndex } from './page-index.ts';
import type { Shell } from './pagefind-files.ts';
import { compare, wordsOf } from './word-table.ts';

/** A page of the index, and what readers narrow results by. */
export interface FoundPage {
  index: PageIndex;
  filters: SearchFilters;
}

/**
 * The files of an index of these pages in this order, lighter to ask than Pagefind's own: a first search has to load
 * `pf_meta`, which lists every page, and the chunk of each word that is asked for. Pagefind names each page by chance,
 * which no compression makes small, and puts so many words into a chunk that nearly all of it is loaded in vain. `coded`
 * packs a file, as {@link packedFile} does.
 */
export function lightIndex(
  pages: readonly FoundPage[],
  shell: Shell,
  coded: typeof packedFile = packedFile,
): IndexFile[] {
  const made: IndexFile[] = [...shell.files];
  const add = (path: string, content: Uint8Array) => made.push({ path, content });

  const listed = blocks(pages, 64).flatMap((block, place) => {
    // One name by chance for many pages; few others get a new one when one of them changes. Its number tells the age of
    // a page, as pages come oldest first: so the index need not say in what order their dates are.
    const shared = hash(block.map(({ index }) => index.fragment));
    return block.map(({ index }, i): Value => {
      const name = `${shared}.${place * 64 + i}`;
      add(`fragment/${name}.pf_fragment`, index.fragment);
      return [name, rounded(index.length), ''];
    });
  });

  const chunks = lightChunks(wordsOf(pages.map(({ index }) => index)));
  // A new entry has words in nearly every chunk.
  const contents = chunks.map((chunk) =>
    Buffer.concat([arrayHead(1), arrayHead(chunk.length), ...chunk.map(({ content }) => content)]),
  );
  const shared = hash(contents);
  const named = contents.map((content, i): Value => {
    const name = `${shared}.${i}`;
    add(`index/${name}.pf_index`, coded(content));
    return [...reach(chunks, i), name];
  });

  const filters = [...filtersOf(pages)].map(([filter, values]): Value => {
    const content = encode([filter, values]);
    const name = hash([content]);
    add(`filter/${name}.pf_filter`, coded(content));
    return [filter, name];
  });

  const meta = encode([shell.version, listed, named, filters, noSorts, shell.fields]);
  const name = hash([meta]);
  add(`pagefind.${name}.pf_meta`, coded(meta));
  const languages = Object.entries(shell.entry.languages).map(([language, each]) => [
    language,
    { ...each, hash: name, page_count: pages.length },
  ]);
  add('pagefind-entry.json', Buffer.from(JSON.stringify({ ...shell.entry, languages: Object.fromEntries(languages) })));
  return made;
}

/** The number of a page says its age. */
const noSorts: Value[] = [];

/** The values of each filter, and the pages that have each. */
function filtersOf(pages: readonly FoundPage[]): Map<string, Value[]> {
  const found = new Map<string, Map<string, number[]>>();
  for (const [number, { filters }] of pages.entries())
    for (const [filter, values] of Object.entries(filters))
      for (const value of new Set(values)) {
        const ofFilter = found.get(filter) ?? new Map<string, number[]>();
        found.set(filter, ofFilter);
        const having = ofFilter.get(value) ?? [];
        ofFilter.set(value, having);
        having.push(number);
      }
  const inOrder = <V>(map: Map<string, V>) => [...map].toSorted(([a], [b]) => compare(a, b));
  return new Map(inOrder(found).map(([filter, values]) => [filter, inOrder(values)]));
}

/** A length within a sixteenth of it: longer pages count less, and exact numbers do not compress well. */
function rounded(length: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(length || 1)) - 3);
  return Math.round(length / step) * step;
}

function blocks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

function hash(contents: readonly Uint8Array[]): string {
  const sum = createHash('sha256');
  for (const content of contents) sum.update(content);
  return sum.digest('hex').slice(0, 10);
}
