import type { Word } from './word-table.ts';

/**
 * Words that begin alike stay together, because what is typed so far finds all words that begin with it. Small chunks make
 * a word light, but their number makes `pf_meta` heavy for everybody; so they grow with the root of the whole.
 */
export function lightChunks(words: readonly Word[]): Word[][] {
  const chunks: Word[][] = [];
  const whole = words.reduce((sum, { content }) => sum + content.length, 0);
  const most = Math.max(14_000, 5 * Math.sqrt(whole));
  let size = Infinity;
  for (const alike of Map.groupBy(words, ({ word }) => [...word].slice(0, 4).join('')).values()) {
    const more = alike.reduce((sum, { content }) => sum + content.length, 0);
    if (size + more > most) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(...alike);
    size += more;
  }
  return chunks;
}

/** From where to where words are looked for in a chunk, in no more letters than tell it from its neighbours. */
export function reach(chunks: readonly Word[][], i: number): [from: string, to: string] {
  const [first, last] = [chunks[i]?.[0]?.word ?? '', chunks[i]?.at(-1)?.word ?? ''];
  const [before, after] = [chunks[i - 1]?.at(-1)?.word, chunks[i + 1]?.[0]?.word];
  // A word that the next chunk goes on with is looked for in both.
  const from = before === undefined ? first : first.startsWith(before) ? before : told(first, before);
  const to = after === undefined || after.startsWith(last) ? last : `${told(last, after)}${afterAll}`;
  return [from, to];
}

/** Sorts behind every letter. */
const afterAll = '\u{10ffff}';

/** Of a word, as many letters as it has in common with another and one more. */
function told(word: string, other: string): string {
  const [letters, others] = [[...word], [...other]];
  const same = letters.findIndex((letter, i) => letter !== others[i]);
  return same < 0 ? word : letters.slice(0, same + 1).join('');
}
