import { sentences } from './sentences.ts';
import { vocabulary } from './vocabulary.ts';

/** Writes made-up text, the same for the same `random`. */
export interface Writer {
  /** From `least` to `most` different ones of a list. */
  some(list: readonly string[], least: number, most: number): string[];
  sentence(): string;
  /** Sentences of at least so many words together. */
  text(words: number): string;
  /** A capital letter, and so many words. */
  title(words: number): string;
}

/** What a writer knows: English sentences, and words to put into them. */
export function writers(): (random: () => number) => Writer {
  const { word } = vocabulary(45_000, 11);
  const patterns = sentences();
  return (random) => {
    // Half of what carries meaning in a sentence is of the trade.
    const sentence = () =>
      (patterns[Math.floor(random() * patterns.length)] ?? '').replaceAll(/\p{L}{5,}/gu, (found) =>
        random() < 0.5 ? found : word(random()),
      );
    return {
      some: (list, least, most) => {
        const wanted = least + Math.floor(random() * (most - least + 1));
        const chosen = new Set<string>();
        while (chosen.size < wanted) chosen.add(list[Math.floor(random() * list.length)] ?? '');
        return [...chosen];
      },
      sentence,
      text: (length) => {
        const said: string[] = [];
        for (let words = 0; words < length; words = said.join(' ').split(' ').length) said.push(sentence());
        return said.join(' ');
      },
      title: (length) => capitalised(Array.from({ length }, () => word(random())).join(' ')),
    };
  };
}

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
