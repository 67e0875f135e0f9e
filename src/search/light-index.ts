import { createHash } from 'node:crypto';
import type { IndexFile } from 'pagefind';
import type { SearchFilters } from '#catalog/records.ts';
import { arrayHead, encode, type Value } from './cbor.ts';
import { coded } from './coded-file.ts';
import type { PageIndex, Spelling } from './page-index.ts';
import type { Shell } from './pagefind.ts';

/** A page of the index, and what readers narrow results by. */
export interface FoundPage {
  index: PageIndex;
  filters: SearchFilters;
}

/**
 * The files of an index of these pages in this order, lighter to ask than Pagefind's own: a first search has to load
 * `pf_meta`, which lists every page, and the chunk of each word that is asked for. Pagefind names each page by chance,
 * which no compression makes small, and puts so many words into a chunk that nearly all of it is loaded in vain.
 */
export function lightIndex(pages: readonly FoundPage[], shell: Shell): IndexFile[] {
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

  const chunks = lightChunks(wordsOf(pages));
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
        ofFilter.set(value, [...(ofFilter.get(value) ?? []), number]);
      }
  const inOrder = <V>(map: Map<string, V>) => [...map].toSorted(([a], [b]) => compare(a, b));
  return new Map(inOrder(found).map(([filter, values]) => [filter, inOrder(values)]));
}

/** A word, and all that is known of it. */
interface Word {
  word: string;
  content: Buffer;
}

/** What is gathered of a word before its bytes are written. */
interface Gathered {
  word: string;
  /** How many pages it stands on, and the last of them. */
  pages: number;
  last: number;
  /** Bytes that its pages take, and where the next is written. */
  size: number;
  at: number;
  spellings: Map<string, { page: number; spelling: Spelling }[]> | undefined;
}

/**
 * The words of all pages, in the order of their bytes. There are millions of places: they are written into one buffer,
 * whose parts are measured first.
 */
function wordsOf(pages: readonly FoundPage[]): Word[] {
  const words = new Map<string, Gathered>();
  const gathered = (word: string): Gathered => {
    let found = words.get(word);
    if (!found) words.set(word, (found = { word, pages: 0, last: 0, size: 0, at: 0, spellings: undefined }));
    return found;
  };
  let whole = 0;
  for (const [number, { index }] of pages.entries()) {
    for (const [i, each] of index.words.entries()) {
      const known = gathered(each);
      const length = lengthAt(index, i);
      if (length === 0) continue;
      const size = 1 + sizeOf(number - known.last) + length;
      known.size += size;
      whole += size;
      known.pages += 1;
      known.last = number;
    }
    for (const [i, spellings] of index.spellings)
      for (const spelling of spellings) {
        const forms = (gathered(index.words[i] ?? '').spellings ??= new Map());
        forms.set(spelling.form, [...(forms.get(spelling.form) ?? []), { page: number, spelling }]);
      }
  }

  const sorted = [...words.values()].toSorted((a, b) => compare(a.word, b.word));
  const bytes = Buffer.allocUnsafe(whole);
  let at = 0;
  for (const known of sorted) {
    known.at = at;
    known.last = 0;
    at += known.size;
  }
  for (const [number, { index }] of pages.entries())
    for (const [i, each] of index.words.entries()) {
      const length = lengthAt(index, i);
      if (length === 0) continue;
      const known = gathered(each);
      bytes[known.at] = 0x83; // an array of three
      const from = writeNumber(bytes, number - known.last, known.at + 1);
      const end = index.ends[i] ?? 0;
      index.places.copy(bytes, from, end - length, end);
      known.at = from + length;
      known.last = number;
    }
  return sorted.map(({ word, pages, at, size, spellings = new Map() }) => ({
    word,
    content: Buffer.concat([
      ...[arrayHead(3), encode(word), arrayHead(pages), bytes.subarray(at - size, at)],
      encode([...spellings].map(([form, on]) => [form, stepped(on)])),
    ]),
  }));
}

function stepped(on: readonly { page: number; spelling: Spelling }[]): Value[] {
  let last = 0;
  return on.map(({ page, spelling: { places, fields } }) => {
    const step = page - last;
    last = page;
    return [step, places, fields];
  });
}

/** How many bytes the places of a word take. */
const lengthAt = ({ ends }: PageIndex, word: number) => (ends[word] ?? 0) - (ends[word - 1] ?? 0);

/** The bytes that a number takes in CBOR; below 2³². */
const sizeOf = (number: number) => (number < 24 ? 1 : number < 0x100 ? 2 : number < 0x1_0000 ? 3 : 5);

/** Writes a number as CBOR; returns where the next byte goes. */
function writeNumber(bytes: Buffer, number: number, at: number): number {
  if (number < 24) return bytes.writeUInt8(number, at);
  if (number < 0x100) return bytes.writeUInt8(number, bytes.writeUInt8(24, at));
  if (number < 0x1_0000) return bytes.writeUInt16BE(number, bytes.writeUInt8(25, at));
  return bytes.writeUInt32BE(number, bytes.writeUInt8(26, at));
}

/** By code points, as the search compares them; JavaScript's own order is another one beyond U+FFFF. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return /[\ud800-\udfff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : 1;
}

/**
 * Words that begin alike stay together, because what is typed so far finds all words that begin with it. Small chunks make
 * a word light, but their number makes `pf_meta` heavy for everybody; so they grow with the root of the whole.
 */
function lightChunks(words: readonly Word[]): Word[][] {
  const chunks: Word[][] = [];
  const whole = words.reduce((sum, { content }) => sum + content.length, 0);
  const most = Math.max(14_000, 5 * Math.sqrt(whole));
  let size = Infinity;
  for (const alike of Map.groupBy(words, ({ word }) => [...word].slice(0, 4).join('')).values()) {
    const more = alike.reduce((sum, { content }) => sum + content.length, 0);
    if (size + more > most) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(...alike);
    size += more;
  }
  return chunks;
}

/** From where to where words are looked for in a chunk, in no more letters than tell it from its neighbours. */
function reach(chunks: readonly Word[][], i: number): [from: string, to: string] {
  const [first, last] = [chunks[i]?.[0]?.word ?? '', chunks[i]?.at(-1)?.word ?? ''];
  const [before, after] = [chunks[i - 1]?.at(-1)?.word, chunks[i + 1]?.[0]?.word];
  // A word that the next chunk goes on with is looked for in both.
  const from = before === undefined ? first : first.startsWith(before) ? before : told(first, before);
  const to = after === undefined || after.startsWith(last) ? last : `${told(last, after)}${afterAll}`;
  return [from, to];
}

/** Sorts behind every letter. */
const afterAll = '\u{10ffff}';

/** Of a word, as many letters as it has in common with another and one more. */
function told(word: string, other: string): string {
  const [letters, others] = [[...word], [...other]];
  const same = letters.findIndex((letter, i) => letter !== others[i]);
  return same < 0 ? word : letters.slice(0, same + 1).join('');
}

/** A length within a sixteenth of it: longer pages count less, and exact numbers do not press well. */
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
