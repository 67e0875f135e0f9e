/** The width of a text in pixels, as it is set. */
export type Measure = (text: string) => number;

/**
 * The lines that a text takes on a measure of `width` pixels, broken between words, after hyphens and dashes, and in a
 * word that no line holds. Of more than `most` lines the last one ends in an ellipsis.
 */
export function linesOf(text: string, width: number, measure: Measure, most = Infinity): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text, width, measure)) {
    if (line === '' || measure((line + piece).trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (lines.length + 1 === most) return [...lines, cut(line, width, measure)];
    lines.push(line.trimEnd());
    line = piece.trimStart();
  }
  return line.trim() ? [...lines, line.trimEnd()] : lines;
}

/** Parts of a text between which a line may end, each with the space behind it and none wider than a line. */
function* pieces(text: string, width: number, measure: Measure): Generator<string> {
  for (const word of text.trim().split(/(?<=\s)(?=\S)|(?<=[\p{L}\p{N}][-‐–—/])(?=\p{L})/u)) {
    let rest = word;
    while (measure(rest.trimEnd()) > width) {
      const fitting = longest(rest, width, measure);
      yield fitting;
      rest = rest.slice(fitting.length);
    }
    yield rest;
  }
}

/** A line that others follow: with an ellipsis for its last words, or for the end of its only one. */
function cut(line: string, width: number, measure: Measure): string {
  const words = line.trimEnd().split(/(?=\s)/);
  for (let count = words.length; count > 0; count -= 1) {
    const left = `${words
      .slice(0, count)
      .join('')
      .replace(/[\s,;:.–—-]+$/u, '')}…`;
    if (measure(left) <= width) return left;
  }
  return `${longest(line, width - measure('…'), measure)}…`;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The longest beginning of a text that is no wider than `width`, and one character at least. */
function longest(text: string, width: number, measure: Measure): string {
  const ends = [...graphemes.segment(text)].map(({ index, segment }) => index + segment.length);
  const tooWide = ends.findIndex((end) => measure(text.slice(0, end)) > width);
  return text.slice(0, ends[Math.max(0, tooWide - 1)]);
}

/** The sizes in which titles are set, in pixels, and the height of their lines as a multiple of them. */
const titleSizes = [96, 88, 80, 72, 66, 60, 54, 48, 42];
export const titleLeading = 1.1;

/** The smallest size of a title that has a sentence under it; a longer title stands alone. */
const withText = 60;

/**
 * A title on an area of `width` by `room` pixels: its size and its lines. It leaves `text` pixels below it free where it
 * can; what does not fit at all is set smallest, and cut. `measure` measures in ems.
 */
export function setTitle(
  title: string,
  { width, room, text }: { width: number; room: number; text: number },
  measure: Measure,
): { size: number; lines: string[] } {
  const most = (size: number) => Math.floor(room / (size * titleLeading));
  const set = (size: number) => ({ size, lines: linesOf(title, width / size, measure, most(size) + 1) });
  const height = ({ size, lines }: { size: number; lines: string[] }) => lines.length * size * titleLeading;
  const all = titleSizes.map(set);
  const fitting =
    all.find((each) => each.size >= withText && height(each) <= room - text) ??
    all.find((each) => height(each) <= room);
  const smallest = Math.min(...titleSizes);
  return fitting ?? { size: smallest, lines: linesOf(title, width / smallest, measure, most(smallest)) };
}

/** About as many characters as two lines under a title hold. */
const textLength = 124;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** The sentences of a text that stand whole under a title; a text whose first one is too long is cut where it ends. */
export function wholeSentences(text: string): string {
  let whole = '';
  for (const { segment } of sentences.segment(text)) {
    if ((whole + segment).trimEnd().length > textLength) break;
    whole += segment;
  }
  return whole.trimEnd() || text;
}
