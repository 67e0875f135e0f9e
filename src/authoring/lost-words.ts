import type { SaidLine } from './caption-cues.ts';
import { withoutMarks } from './caption-marks.ts';
import type { Advice } from './transcript-advice.ts';

/**
 * Words that were read from lines of a transcript and are in none of the `texts` that were made of them, at the first line
 * where that is so. Every word counts as often as it is there, but those of captions that roll once.
 */
export function lostWords(said: readonly SaidLine[], texts: readonly string[], isRolled: boolean): Advice[] {
  const lines = said.map(({ text }) => withoutMarks(text));
  if (withoutSpace(lines.join('')) === withoutSpace(texts.join(''))) return [];
  const left = new Map<string, number>();
  for (const word of texts.join(' ').match(words) ?? []) left.set(word, (left.get(word) ?? 0) + 1);
  for (const [i, text] of lines.entries()) {
    const lost = (text.match(words) ?? []).filter((word) => {
      const count = left.get(word) ?? 0;
      if (!isRolled) left.set(word, count - 1);
      return count <= 0;
    });
    if (lost.length > 0)
      return [{ what: `What is said here would be lost: "${lost.join(' ')}"`, line: said[i]?.line ?? 1 }];
  }
  return [];
}

const words = /[\p{L}\p{N}]+/gu;

const withoutSpace = (text: string) => text.replaceAll(/\s+/g, '');
