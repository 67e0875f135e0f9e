/** Where whole words stand in a text: pairs of begin and end. Case and kinds of apostrophes do not matter. */
export function wordPlaces(text: string, words: string[]): [begin: number, end: number][] {
  const sources = words
    .filter(Boolean)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/['’]/g, "['’]"));
  if (sources.length === 0) return [];
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${sources.join('|')})(?![\p{L}\p{N}])`, 'giu');
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => [index, index + found.length]);
}
