import type { IndexFile } from 'pagefind';
import { hasGap } from '#site/search-text.ts';
import { arrayHead, encode, Reader, type Value } from './cbor.ts';
import { decoded } from './coded-file.ts';
import { type Fragment, readFragment } from './fragment.ts';
import type { PageIndex, Spelling } from './page-index.ts';

/** The files of an index are not those that the search knows; its message says why. */
export class UnknownIndex extends Error {
  override name = 'UnknownIndex';
}

/** What an index has beside its pages: the same for all sites of a language. */
export interface Shell {
  /** `pagefind.js` and what it loads, by paths with forward slashes. */
  files: { path: string; content: Buffer }[];
  /** The entry as Pagefind wrote it. */
  entry: Entry;
  version: string;
  /** The names of the fields of pages, in the order in which places name them. */
  fields: Value;
}

export interface Entry {
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>;
}

/** A shell as bytes, for the next build. */
export function packedShell({ files, ...facts }: Shell): Buffer[] {
  const written = { ...facts, files: files.map(({ path, content }) => [path, content.toString('base64')]) };
  return [Buffer.from(JSON.stringify(written))];
}

export function unpackedShell(bytes: Buffer): Shell {
  const { files, ...facts } = JSON.parse(bytes.toString()) as Omit<Shell, 'files'> & { files: [string, string][] };
  return { ...facts, files: files.map(([path, content]) => ({ path, content: Buffer.from(content, 'base64') })) };
}

/** A fragment; undefined where a Pagefind that is not known here writes another form. */
export function fragmentIn(content: Uint8Array): Fragment | undefined {
  try {
    return readFragment(content);
  } catch {
    return undefined;
  }
}

/**
 * What Pagefind knows of each page, by its address, and what its index has beside. Throws `UnknownIndex` for files of
 * another form than that of the Pagefind whose version begins with `known`.
 */
export function readIndex(
  files: readonly IndexFile[],
  known = '1.6.',
): { pages: Map<string, PageIndex>; shell: Shell } {
  try {
    return readFiles(files, known);
  } catch (error) {
    throw new UnknownIndex((error as Error).message, { cause: error });
  }
}

function readFiles(files: readonly IndexFile[], known: string) {
  const contents = new Map(files.map(({ path, content }) => [path, Buffer.from(content)]));
  const at = (path: string) => {
    const content = contents.get(path);
    if (!content) throw new Error(`it has no ${path}`);
    return content;
  };
  const entry = JSON.parse(at('pagefind-entry.json').toString()) as Entry;
  const [{ hash, wasm } = { hash: '', wasm: null }, ...others] = Object.values(entry.languages);
  if (others.length > 0) throw new Error('its pages are in more than one language');
  const meta = readMeta(decoded(at(`pagefind.${hash}.pf_meta`)), known);

  const pages = meta.pages.map(([name, length]) => new Gathered(at(`fragment/${name}.pf_fragment`), length));
  for (const [, , name] of meta.chunks)
    for (const word of readWords(decoded(at(`index/${name}.pf_index`)))) if (!hasGap(word[0])) post(word, pages);
  const shell: Shell = {
    ...{ entry, version: meta.version, fields: meta.fields },
    files: ['pagefind.js', `wasm.${wasm ?? 'unknown'}.pagefind`].map((path) => ({ path, content: at(path) })),
  };
  return { pages: new Map(pages.map((page) => [page.url, page.index()])), shell };
}

/** The name of its fragment, its length in words, and the fragment that it shares with others, if any. */
type Page = [name: string, length: number, group: string];

/** The words that are looked for in a chunk: from, to, and its name. */
type Chunk = [from: string, to: string, name: string];

function readMeta(content: Buffer, known: string) {
  const parts = new Reader(content).value() as Value[];
  const [version, pages, chunks, , , fields] = parts as [string, Page[], Chunk[], Value, Value, Value];
  if (parts.length !== 6 || !version.startsWith(known))
    throw new Error(`its files are those of Pagefind ${version}, and the search knows ${known.replace(/\.$/, '')}`);
  return { version, pages, chunks, fields };
}

/** A page on which a word stands: how many pages after the last one, where in its text, and where in its fields. */
type WordPage = [step: number, places: number[], fields: number[]];

/** A word, where it stands, and where it stands in other spellings. */
type Word = [word: string, pages: WordPage[], spellings: [form: string, pages: WordPage[]][]];

function readWords(content: Buffer): Word[] {
  const reader = new Reader(content);
  reader.array();
  return Array.from({ length: reader.array() }, () => reader.value() as Word);
}

/** A page while its words come. */
class Gathered {
  readonly url: string;
  readonly #facts: Pick<PageIndex, 'fragment' | 'length' | 'text'>;
  readonly #words: { word: string; places: Uint8Array[]; spellings: Spelling[] }[] = [];

  constructor(fragment: Buffer, length: number) {
    const { url, content } = readFragment(fragment);
    this.url = url;
    this.#facts = { fragment, length, text: content };
  }

  /** The word that came last, which is this one. */
  posting(word: string) {
    const last = this.#words.at(-1);
    if (last?.word === word) return last;
    const posting = { word, places: [], spellings: [] };
    this.#words.push(posting);
    return posting;
  }

  index(): PageIndex {
    let end = 0;
    return {
      ...this.#facts,
      words: this.#words.map(({ word }) => word),
      places: Buffer.concat(this.#words.flatMap(({ places }) => places)),
      ends: this.#words.map(({ places }) => (end += places.reduce((sum, { length }) => sum + length, 0))),
      spellings: this.#words.flatMap(({ spellings }, i): PageIndex['spellings'] =>
        spellings.length > 0 ? [[i, spellings]] : [],
      ),
    };
  }
}

/** Adds a word to the pages that it stands on. */
function post([word, on, forms]: Word, pages: readonly Gathered[]): void {
  const posting = (page: number) => {
    const listed = pages[page];
    if (!listed) throw new Error(`it knows a word of page ${page}, and no such page`);
    return listed.posting(word);
  };
  for (const [page, places, fields] of numbered(on)) posting(page).places.push(...placed(places), encode(fields));
  for (const [form, where] of forms)
    for (const [page, places, fields] of numbered(where)) posting(page).spellings.push({ form, places, fields });
}

/** Pages by their own numbers. */
function numbered(pages: readonly WordPage[]): WordPage[] {
  let number = 0;
  return pages.map(([step, places, fields]) => [(number += step), places, fields]);
}

/**
 * Places as bytes, each as a number of two bytes: of one length, they compress better. Negative numbers say what the places
 * behind them weigh. Pagefind says of nearly every page that they weigh 24, where 25 is understood: that is left out.
 */
function placed(places: readonly number[]): Buffer[] {
  const told = places[0] === usualWeight ? places.slice(1) : places;
  const bytes = told.map((place) =>
    place < 0 || place > 0xffff ? encode(place) : Buffer.of(0x19, place >> 8, place & 0xff),
  );
  return [arrayHead(told.length), ...bytes];
}

const usualWeight = -25;
