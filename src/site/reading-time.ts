import { countCjk, withoutCjk } from './search-text.ts';

/** How long a text is to read. */
export interface TextLength {
  words: number;
  /** Letters of Chinese and Japanese, which have no spaces between words. */
  characters: number;
}

export function textLength(text: string): TextLength {
  return { words: withoutCjk(text).match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0, characters: countCjk(text) };
}

/**
 * Minutes that a text takes to read, at 220 words or 500 characters a minute; never less than one. The characters are
 * those of Medium (help.medium.com, Read time).
 */
export const readingMinutes = ({ words, characters }: TextLength): number =>
  Math.max(1, Math.round(words / 220 + characters / 500));

/** As readers see it: "5 min read". */
export const readingTime = (minutes: number): string => `${minutes} min read`;
