import type { Reader } from './source.ts';
import { feed } from './feed/reader.ts';
import { folder } from './folder/reader.ts';
import { wordpress } from './wordpress/reader.ts';

/** The readers of archives; the first that recognizes one reads it. */
export const readers: readonly Reader[] = [wordpress, feed, folder];
