import { createHash } from 'node:crypto';
import type { IndexFile } from 'pagefind';
import { arrayHead, encode, Reader, type Value } from './cbor.ts';
import { coded, decoded } from './coded-file.ts';

/**
 * The files of an index, made lighter to ask: a first search has to load `pf_meta`, which lists every page, and the
 * chunk of each word that is asked for. Pagefind names each page by chance, which no compression makes small, and puts
 * so many words into a chunk that nearly all of it is loaded in vain.
 *
 * Throws `UnknownIndex` for files of another form than that of the Pagefind that it knows; `known` is how its version
 * begins.
 */
export function lightIndex(files: readonly IndexFile[], known = knownPagefind): IndexFile[] {
  try {
    return rewritten(files, known);
  } catch (error) {
    throw new UnknownIndex((error as Error).message, { cause: error });
  }
}

/** The files of an index are not those that this module knows; its message says why. */
export class UnknownIndex extends Error {
  override name = 'UnknownIndex';
}

const knownPagefind = '1.6.';

function rewritten(files: readonly IndexFile[], known: string): IndexFile[] {
  const left = new Map(files.map(({ path, content }) => [path, content]));
  const take = (path: string) => {
    const content = left.get(path);
    if (!content) throw new Error(`it has no ${path}`);
    left.delete(path);
    return content;
  };
  const made: IndexFile[] = [];
  const add = (path: string, content: Uint8Array) => made.push({ path, content });

  const entry = JSON.parse(Buffer.from(take('pagefind-entry.json')).toString()) as Entry;
  for (const language of Object.values(entry.languages)) {
    const meta = readMeta(decoded(take(`pagefind.${language.hash}.pf_meta`)), known);

    const pages = blocks(meta.pages, 64).flatMap((block, place) => {
      const contents = block.map(([name]) => take(`fragment/${name}.pf_fragment`));
      // One name by chance for many pages; few others get a new one when one of them changes. Its number tells the age
      // of a page, as pages come oldest first: so the index need not say in what order their dates are.
      const shared = hash(contents.map(decoded));
      return block.map(([, length], i): Page => {
        const name = `${shared}.${place * 64 + i}`;
        add(`fragment/${name}.pf_fragment`, contents[i] ?? new Uint8Array());
        return [name, rounded(length), ''];
      });
    });

    const words = meta.chunks.flatMap(([, , name]) => readWords(decoded(take(`index/${name}.pf_index`))));
    const chunks = lightChunks(words);
    // A new entry has words in nearly every chunk.
    const contents = chunks.map((chunk) =>
      Buffer.concat([arrayHead(1), arrayHead(chunk.length), ...chunk.map(({ content }) => content)]),
    );
    const shared = hash(contents);
    const named = contents.map((content, i): Chunk => {
      const name = `${shared}.${i}`;
      add(`index/${name}.pf_index`, coded(content));
      return [...reach(chunks, i), name];
    });

    const content = encode([meta.version, pages, named, meta.filters, noSorts, meta.fields]);
    language.hash = hash([content]);
    add(`pagefind.${language.hash}.pf_meta`, coded(content));
  }
  add('pagefind-entry.json', Buffer.from(JSON.stringify(entry)));
  return [...made, ...[...left].map(([path, content]) => ({ path, content }))];
}

/** The number of a page says its age. */
const noSorts: Value[] = [];

interface Entry {
  languages: Record<string, { hash: string }>;
}

/** The name of its fragment, its length in words, and the fragment that it shares with others, if any. */
type Page = [name: string, length: number, group: string];

/** The words that are looked for in a chunk: from, to, and its name. */
type Chunk = [from: string, to: string, name: string];

/** A word, and all that is known of it. */
interface Word {
  word: string;
  content: Buffer;
}

function readMeta(content: Buffer, known: string) {
  const parts = new Reader(content).value() as Value[];
  const [version, pages, chunks, filters, , fields] = parts as [string, Page[], Chunk[], Value, Value, Value];
  if (parts.length !== 6 || !version.startsWith(known))
    throw new Error(`its files are those of Pagefind ${version}, and the search knows ${known.replace(/\.$/, '')}`);
  return { version, pages, chunks, filters, fields };
}

function readWords(content: Buffer): Word[] {
  const reader = new Reader(content);
  reader.array();
  return Array.from({ length: reader.array() }, () => {
    const [word, pages, ...rest] = reader.value() as [string, WordPage[], ...Value[]];
    const content = Buffer.concat([
      ...[arrayHead(2 + rest.length), encode(word), arrayHead(pages.length)],
      ...pages.flatMap(([step, places, fields]) => [arrayHead(3), encode(step), ...placed(places), encode(fields)]),
      ...rest.map(encode),
    ]);
    return { word, content };
  });
}

/** A page on which a word stands: how many pages after the last one, where in its text, and where in its fields. */
type WordPage = [step: number, places: number[], fields: number[]];

/**
 * Places as bytes, each as a number of two bytes: of one length, they press better. Negative numbers say what the places
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
