import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { Writable } from 'node:stream';

export interface Column {
  heading: string;
  /** Numbers stand at the right. */
  align?: 'right';
  /** Shown whole however narrow the terminal is: addresses, ids and dates are there to be copied. */
  whole?: boolean;
}

/** How a table is shown: cut to `columns` where they are known, coloured where `stream` is a terminal. */
export interface TablePlace {
  columns?: number | undefined;
  out: Writable;
}

/** Rows under headings, aligned. What a stranger typed into a cell cannot move the cursor or turn the text round. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], place: TablePlace): string {
  const cells = rows.map((row) => columns.map((_column, i) => harmless(row[i] ?? '')));
  const widths = columns.map(({ heading }, i) => Math.max(stringWidth(heading), ...widthsOf(cells, i)));
  return drawn(columns, cells, fitted(columns, widths, place.columns), place);
}

/** A text with nothing in it that a terminal obeys: no control characters, no marks that turn the direction. */
export const harmless = (text: string) =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '·');

/** A text of at most `most` columns; what is missing is an ellipsis. */
export function cut(text: string, most: number): string {
  if (stringWidth(text) <= most) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += stringWidth(segment);
    if (used > most - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const gap = '  ';
const narrowest = 10;

function* widthsOf(cells: readonly (readonly string[])[], column: number): Iterable<number> {
  for (const row of cells) yield stringWidth(row[column] ?? '');
}

function drawn(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  { out }: TablePlace,
): string {
  const line = (row: readonly string[]) =>
    columns
      .flatMap(({ align }, i) => {
        const room = widths[i] ?? 0;
        return room > 0 ? padded(cut(row[i] ?? '', room), room, align) : [];
      })
      .join(gap)
      .trimEnd();
  const dropped = widths.includes(0) ? `${gap}…` : '';
  const heading = line(columns.map((column) => column.heading)) + dropped;
  return [styleText('bold', heading, { stream: out }), ...cells.map(line)].join('\n');
}

/**
 * Takes from the widest column that may be cut until all fit; where they would become too narrow to be read, the last
 * of them is dropped, to the width 0.
 */
function fitted(columns: readonly Column[], widths: readonly number[], most: number | undefined): number[] {
  const fits = [...widths];
  if (most === undefined) return fits;
  for (;;) {
    const left = fits.filter((each) => each > 0);
    const gaps = gap.length * (left.length - 1) + (left.length < fits.length ? gap.length + 1 : 0);
    const over = left.reduce((sum, each) => sum + each, gaps) - most;
    if (over <= 0) return fits;
    const elastic = fits.flatMap((each, i) => (columns[i]?.whole || each === 0 ? [] : i));
    const widest = Math.max(...elastic.map((i) => fits[i] ?? 0));
    if (widest > narrowest) {
      const at = elastic.find((i) => fits[i] === widest) ?? 0;
      fits[at] = widest - 1;
      continue;
    }
    const last = elastic.at(-1);
    // What is left is there to be copied: it goes over the edge.
    if (last === undefined) return fits;
    // The others may have more room again.
    widths.forEach((each, i) => (fits[i] = fits[i] === 0 || i === last ? 0 : each));
  }
}

function padded(text: string, to: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, to - stringWidth(text)));
  return align === 'right' ? space + text : text + space;
}
