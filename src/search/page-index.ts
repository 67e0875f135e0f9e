/** What the index knows of one page, whatever other pages there are. */
export interface PageIndex {
  /** Its length in words. */
  length: number;
  /** What is shown of it as a result: a file of Pagefind's. */
  fragment: Buffer;
  /** What it says, as text. */
  text: string;
  /** Its words, each once. */
  words: string[];
  /** Where the words stand, in its text and in its fields: one after the other, as bytes of the index. */
  places: Buffer;
  /** Where in `places` those of each word end. A word that stands there in other spellings alone has none. */
  ends: number[];
  /** Spellings with other marks on their letters, by the number of the word. */
  spellings: [word: number, spellings: Spelling[]][];
}

export interface Spelling {
  form: string;
  places: number[];
  fields: number[];
}

/** A page index as bytes, for the next build: the length of what is JSON, that, and what is bytes. */
export function packed({ fragment, places, ...facts }: PageIndex): Buffer[] {
  const head = Buffer.from(JSON.stringify({ ...facts, fragment: fragment.length }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  return [size, head, fragment, places];
}

export function unpacked(bytes: Buffer): PageIndex {
  const end = 4 + bytes.readUInt32LE();
  const { fragment, ...facts } = JSON.parse(bytes.toString('utf8', 4, end)) as Omit<
    PageIndex,
    'fragment' | 'places'
  > & { fragment: number };
  return { ...facts, fragment: bytes.subarray(end, end + fragment), places: bytes.subarray(end + fragment) };
}
