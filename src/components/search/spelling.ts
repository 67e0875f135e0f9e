import { hasCjk } from '#site/search-text.ts';
import { phraseOf } from './query.ts';

type Distance = (one: string, other: string) => number;

/** For each word so many that are like it. */
const perWord = 4;

/**
 * Whether what was found is what was written, as far as endings go: an index may settle for the beginning of a word, but
 * not in a phrase.
 */
export function hasAllWords(words: string, found: string[]): boolean {
  if (phraseOf(words) !== undefined) return true;
  const written = unsigned(words).split(/\s+/).filter(isSpelt);
  return written.every((word) =>
    found.some((each) => unsigned(each).startsWith(word.slice(0, Math.max(3, word.length - 3)))),
  );
}

/** Whether a word can be misspelt: in a script without spaces each letter is a word. */
const isSpelt = (word: string) => word !== '' && !hasCjk(word);

/** As the index has words: `1,000` is `1000` there, and `it’s` is `its`. */
const unsigned = (words: string) => words.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}\s]/gu, '');

/** What may have been meant by words of which some are not in a vocabulary: the likeliest first, one word changed. A phrase is meant. */
export function spellingSuggestions(words: string, vocabulary: string[], distance: Distance): string[] {
  if (phraseOf(words) !== undefined) return [];
  const written = words.trim().split(/\s+/).filter(Boolean);
  const known = new Set(vocabulary);
  return written
    .flatMap((word, place) =>
      known.has(word.toLowerCase()) || !isSpelt(word)
        ? []
        : similarWords(word.toLowerCase(), vocabulary, distance).map(({ like, steps }) => ({
            steps,
            words: written.with(place, like).join(' '),
          })),
    )
    .toSorted((a, b) => a.steps - b.steps)
    .map(({ words }) => words);
}

/** A short word may differ by one letter, a longer one by two, a long one by three. */
function similarWords(word: string, vocabulary: string[], distance: Distance) {
  const most = word.length < 5 ? 1 : word.length < 9 ? 2 : 3;
  return vocabulary
    .filter((like) => Math.abs(like.length - word.length) <= most && like !== word)
    .map((like) => ({ like, steps: distance(word, like) + (like[0] === word[0] ? 0 : 0.5) }))
    .filter(({ steps }) => steps <= most + 0.5)
    .toSorted((a, b) => a.steps - b.steps)
    .slice(0, perWord);
}
