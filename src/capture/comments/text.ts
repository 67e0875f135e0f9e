import { createHash } from 'node:crypto';
import { longestBody } from '#site/comments.ts';

/** What a person wrote, or what is wrong with it. */
export type ReadText = { text: string; error?: undefined } | { text?: undefined; error: string };

/**
 * A text of several lines. Signs that nobody sees and that make a text read as another one are taken out: control
 * characters, and what turns the direction of text (UTS 36, section 2.1). More than one empty line is one. The length is
 * judged before anything is done to the text: what is done takes time that grows with it.
 */
export function readText(typed: string | undefined, what: string, longest = longestBody): ReadText {
  const whole = (typed ?? '').trim();
  if (isLonger(whole, longest))
    return { error: `Your ${what} is longer than ${longest.toLocaleString('en')} characters. Shorten it.` };
  const text = whole
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .normalize('NFC')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return isVisible(text) ? { text } : { error: `Write your ${what}.` };
}

/** Whether anything of a text can be seen. */
export const isVisible = (text: string): boolean => /[^\p{C}\p{Z}\p{M}\s]/u.test(text);

/** Whether a text has more than `most` characters. A character is one or two UTF-16 code units. */
function isLonger(text: string, most: number): boolean {
  return text.length > 2 * most || (text.length > most && [...text].length > most);
}

/**
 * By which the same text is found again, however its letters are cased and spaced: a SHA-256 in hex. '' for a short one,
 * as many say “Thank you!”.
 */
export function digestOf(text: string): string {
  const letters = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return letters.length < 25 ? '' : createHash('sha256').update(letters).digest('hex');
}
