/** Where a phrase stands in a text: pairs of begin and end. Case, kinds of quotes and runs of space do not matter. */
export function occurrences(text: string, phrase: string): [begin: number, end: number][] {
  const words = phrase.trim();
  if (!words) return [];
  return [...text.matchAll(pattern(words))].map(({ 0: found, index }) => [index, index + found.length]);
}

function pattern(words: string): RegExp {
  const source = words
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/['‘’]/g, "['‘’]")
    .replaceAll(/["“”]/g, '["“”]')
    .replaceAll(/\s+/g, String.raw`\s+`);
  return new RegExp(source, 'giu');
}
