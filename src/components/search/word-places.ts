import { hasCjk } from '#site/search-text.ts';

/**
 * Where whole words stand in a text: pairs of begin and end. Case and kinds of apostrophes do not matter. A word of a
 * script without spaces may stand between any letters.
 */
export function wordPlaces(text: string, words: string[]): [begin: number, end: number][] {
  const sources = words.filter(Boolean).map((word) => {
    const source = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/['’]/g, "['’]");
    return hasCjk(word) ? source : String.raw`(?<![\p{L}\p{N}])${source}(?![\p{L}\p{N}])`;
  });
  if (sources.length === 0) return [];
  const pattern = new RegExp(sources.join('|'), 'giu');
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => [index, index + found.length]);
}
