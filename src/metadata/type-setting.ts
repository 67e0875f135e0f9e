/** The sizes in which titles are set, in pixels, and the height of their lines as a multiple of them. */
export const titleSizes = [96, 88, 80, 72, 66, 60, 54, 48, 42];
export const titleLeading = 1.1;

/** The smallest size of a title that has a sentence under it; a longer title stands alone. */
const withText = 60;

/**
 * The size of a title on an area of `width` by `room` pixels, and how many lines it takes about. It leaves `text`
 * pixels below it free where it can; what does not fit at all is set smallest.
 */
export function titleSize(title: string, width: number, room: number, text: number): { size: number; lines: number } {
  const height = (size: number) => linesOf(title, size, width) * size * titleLeading;
  const size =
    titleSizes.find((size) => size >= withText && height(size) <= room - text) ??
    titleSizes.find((size) => height(size) <= room) ??
    Math.min(...titleSizes);
  return { size, lines: linesOf(title, size, width) };
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

/** How many lines a title takes, by the widths of the face's bold letters; rather one too many than too few. */
function linesOf(title: string, size: number, width: number): number {
  const line = width / size;
  let [lines, used] = [1, 0];
  for (const word of title.split(/\s+/)) {
    const long = [...word].reduce((sum, character) => sum + emsOf(character), 0);
    const space = used > 0 ? 0.25 : 0;
    if (used + space + long <= line) used += space + long;
    else {
      lines += (used > 0 ? 1 : 0) + Math.floor(long / line);
      used = long % line;
    }
  }
  return lines;
}

/** The width of a character in ems. */
function emsOf(character: string): number {
  if (/[ijl.,:;!|'’()[\]]/.test(character)) return 0.32;
  if (/[mwMW@%&—…]/.test(character)) return 0.87;
  return /\p{Lu}/u.test(character) ? 0.67 : 0.545;
}
