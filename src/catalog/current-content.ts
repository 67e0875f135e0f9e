import type { Content } from './content.ts';
import type { Clock } from './publication.ts';

/** What the pages of this process are made from. */
export interface CurrentContent {
  clock: Clock;
  /** Pictures in it are paths from the folders of their entries. */
  content: Content;
  /** The path of each picture that can be read, inside the content folder. */
  pictures: readonly string[];
  /** What stands under the front matter of each entry, by `collection/slug`. */
  texts: ReadonlyMap<string, BodyText>;
}

export interface BodyText {
  mdx: string;
  /** The file that it is in, on the same lines, as its author knows it. */
  file: string;
  /** The folder that its paths start from, as a path inside the content folder. */
  folder: string;
  /** Whether it imports or computes something. */
  hasCode: boolean;
}

const key = Symbol.for('d-files.content');
const shared = globalThis as { [key]?: () => Promise<CurrentContent> };

/** Says where pages find what they are made from. They are a bundle of their own, which cannot be handed it. */
export function setContentSource(source: () => Promise<CurrentContent>): void {
  shared[key] = source;
}

/** The same object for as long as nothing has changed. */
export function currentContent(): Promise<CurrentContent> {
  const source = shared[key];
  if (!source) throw new Error('No integration has said what pages are made from');
  return source();
}
