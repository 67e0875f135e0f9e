/*
 * How a text and a question are written for the search index. Its words are what stands between spaces, without any sign;
 * that finds neither `C#` nor a word of Chinese or Japanese, which have no spaces.
 */

/** Letters that are written without spaces. */
const cjk = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ーｰ〆`;

/** Signs that say something, and in their place letters of Ugaritic, which no site is written in. */
const letters = new Map([...'#+.$€£¥₹'].map((sign, i) => [sign, String.fromCodePoint(0x1_0380 + i)]));
const signs = new Map([...letters].map(([sign, letter]) => [letter, sign]));

/** `C#`, `C++`, `18+`; `.NET`; `$1,000` and `5 €`. */
const meant =
  /(?<=[\p{L}\p{N}])[#+]+(?![\p{L}\p{N}#+])|(?<![\p{L}\p{N}.])\.(?=\p{L}{2})|[$€£¥₹](?=\s?\p{Nd})|(?<=\p{Nd}\s?)[$€£¥₹]/gu;

const eachLetter = new RegExp(String.raw`(?<=[${cjk}]\p{M}*)(?=[^\s\p{M}])|(?<=\S)(?=[${cjk}])`, 'gu');

/** A place where the index parts words and readers see no space: a word joiner (U+2060), and a space. */
const gap = '\u2060 ';

/** Whether a word of the index is one with a gap behind it, which nobody asks for: it is there without as well. */
export const hasGap = (word: string): boolean => word.includes('\u2060');

/** Whether a text has letters that are written without spaces. */
export const hasCjk = (text: string): boolean => anyCjk.test(text);
const anyCjk = new RegExp(`[${cjk}]`, 'u');

const everyCjk = new RegExp(`[${cjk}]`, 'gu');

/** How many letters of a text are written without spaces. */
export const countCjk = (text: string): number => text.match(everyCjk)?.length ?? 0;

/** A text with a space in the place of each of them. */
export const withoutCjk = (text: string): string => text.replaceAll(everyCjk, ' ');

/**
 * A text as it is given to the index: {@link withSigns} and {@link withoutGaps} lead back. `before` is what stands right
 * before it, as far as a word may go on from there.
 */
export const indexedText = (text: string, before = ''): string =>
  parted(before + text, gap, before.length).slice(before.length);

/**
 * What a reader asks, as the index takes it. Words of a script without spaces are a phrase of their letters: what is
 * shown has them one after the other.
 */
export function askedText(words: string): string {
  const asked = parted(words.trim(), ' ');
  return new RegExp(`^[${cjk}]{2,}$`, 'u').test(words.trim()) ? `"${asked}"` : asked;
}

/** An indexed text with its signs again. */
export const withSigns = (text: string): string =>
  text.replaceAll(/[\u{10380}-\u{1039D}]/gu, (letter) => signs.get(letter) ?? letter);

/** An indexed text as readers see it, in an excerpt of Pagefind's as well: words that belong together have one `<mark>`. */
export const withoutGaps = (text: string): string =>
  text.replaceAll(/\u2060(<\/mark>)? ?/g, '$1').replaceAll('</mark><mark>', '');

/** A text with its words parted and its signs as letters, from a place on. */
function parted(text: string, gap: string, from = 0): string {
  const written = text.replaceAll(meant, (found, at: number) => {
    if (at < from) return found;
    const coded = [...found].map((sign) => letters.get(sign)).join('');
    // A sign before or behind a number, or before a name, is a word beside it: `1,000` and `NET` are found without it.
    if (/[#+]/.test(found)) return coded;
    return /\d$/.test(text.slice(0, at)) ? gap + coded : /^\S/.test(text.slice(at + 1)) ? coded + gap : coded;
  });
  return hasCjk(written) ? written.replaceAll(eachLetter, gap) : written;
}
