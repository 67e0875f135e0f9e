import { arrayHead, encode, type Value } from './cbor.ts';
import type { PageIndex, Spelling } from './page-index.ts';

/** A word, and all that is known of it. */
export interface Word {
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
export function wordsOf(pages: readonly PageIndex[]): Word[] {
  const words = new Map<string, Gathered>();
  const gathered = (word: string): Gathered => {
    let found = words.get(word);
    if (!found) words.set(word, (found = { word, pages: 0, last: 0, size: 0, at: 0, spellings: undefined }));
    return found;
  };
  let whole = 0;
  for (const [number, index] of pages.entries()) {
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
  for (const [number, index] of pages.entries())
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
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return /[\ud800-\udfff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : 1;
}
