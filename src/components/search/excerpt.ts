/** A piece of an excerpt: as it stands on the page, and whether it was found. */
export interface Piece {
  text: string;
  isFound: boolean;
}

/** The pieces of an excerpt as Pagefind writes it: `<` and `>` escaped, `<mark>` round each word that was found. */
export function piecesOf(excerpt: string): Piece[] {
  return excerpt
    .split(/(<mark>.*?<\/mark>)/)
    .flatMap((piece): Piece[] => {
      if (!piece.startsWith('<mark>')) return [{ text: plain(piece), isFound: false }];
      // What stands at its edges is no part of the word.
      const [, before = '', word = '', after = ''] = edges.exec(plain(piece)) ?? [];
      return [
        { text: before, isFound: false },
        { text: word, isFound: true },
        { text: after, isFound: false },
      ];
    })
    .filter(({ text }) => text !== '');
}

/** The words that were found, as the page has them, each once: `foghorn`, `foghorns`. */
export function foundWords(excerpts: string[]): string[] {
  const found = excerpts.flatMap(piecesOf).filter(({ isFound }) => isFound);
  return [...new Set(found.map(({ text }) => text.toLocaleLowerCase()))];
}

const edges = /^([^\p{L}\p{N}\p{Sc}]*)(.*?)([^\p{L}\p{M}\p{N}\p{Sc}#+]*)$/su;

const plain = (piece: string) =>
  piece
    .replaceAll(/<\/?mark>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
