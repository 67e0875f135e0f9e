import { globSync, readFileSync } from 'node:fs';

/** What the fixture series says in prose, sentence by sentence: English with its small words in their places. */
export function sentences(): string[] {
  return globSync('tests/fixtures/series/{episodes,posts,whitepapers}/*/index.mdx')
    .toSorted()
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .replace(/^---.*?^---/ms, '')
        .split(/\n\s*\n/),
    )
    .filter((paragraph) => /^\s*["“‘A-Z]/.test(paragraph))
    .flatMap((paragraph) => paragraph.replaceAll(/\s+/g, ' ').split(/(?<=[.?!])\s+/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /^[A-Z][\p{L} ,'’:;–-]+[.?!]$/u.test(sentence) && sentence.split(' ').length > 4);
}
