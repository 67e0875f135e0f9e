/**
 * Plots as SVG, drawn on the server: without script, readable without colour, and with their words in them. What draws is
 * loaded when the first plot is asked for, so that it costs a server nothing whose desk nobody opens.
 */

/** Every plot is so wide, and drawn larger where there is room: nothing in it is under 12 px on the narrowest screen. */
const width = 280;
const end = width - 1;

/** A bar with its words above it, and the range in which its true end lies. */
export interface Bar {
  label: string;
  /** What stands at the end of the line, and before it, paler. */
  value: string;
  note?: string | undefined;
  length: number;
  range?: { low: number; high: number } | undefined;
}

/** Bars below one another, each under its words. */
export async function barPlot(bars: readonly Bar[], label: string): Promise<string> {
  const row = 40;
  const longest = Math.max(...bars.map(({ length, range }) => Math.max(length, range?.high ?? 0)), Number.MIN_VALUE);
  const x = (length: number) => (end * length) / longest;
  const at = (index: number) => index * row;
  const texts = bars.flatMap(({ label: words, value, note }, index): Words[] => [
    { x: 0, y: at(index) + 13, words: shortened(words, 28 - value.length - (note ? note.length + 1 : 0)) },
    { x: end, y: at(index) + 13, words: value, isEnd: true },
    ...(note ? [{ x: end - 8 * (value.length + 1), y: at(index) + 13, words: note, isEnd: true, isPale: true }] : []),
  ]);
  return draw(label, bars.length * row, (Plot) => [
    boxes(
      Plot,
      'grid',
      bars.map((_, index) => ({ x1: 0, x2: end, y1: at(index) + 20, y2: at(index) + 21 })),
    ),
    boxes(
      Plot,
      'bar',
      bars.map(({ length }, index) => ({ x1: 0, x2: x(length), y1: at(index) + 20, y2: at(index) + 30 })),
    ),
    lines(
      Plot,
      'range',
      bars.flatMap(({ range }, index) => {
        if (!range) return [];
        const [low, high, y] = [x(range.low), x(range.high), at(index) + 34];
        return [
          { x1: low, x2: high, y1: y, y2: y },
          ...[low, high].map((tip) => ({ x1: tip, x2: tip, y1: y - 3, y2: y + 3 })),
        ];
      }),
    ),
    ...words(Plot, texts),
  ]);
}

/** Steps, each with one bar for each of at most three series: full, outlined, grey. */
export async function stepPlot(
  series: readonly string[],
  steps: readonly { label: string; kept: string; values: readonly number[] }[],
  label: string,
): Promise<string> {
  const kinds = ['bar', 'outline', 'grey'] as const;
  const head = series.length > 1 ? 18 * series.length : 0;
  const row = 30 + 11 * series.length;
  const highest = Math.max(1, ...steps.flatMap(({ values }) => values));
  const at = (index: number) => head + index * row + 8;
  const legend = series.length > 1 ? series : [];
  const boxesOf = (which: number) => [
    ...(legend[which] === undefined ? [] : [{ x1: 1, x2: 11, y1: 18 * which + 1, y2: 18 * which + 11 }]),
    ...steps.map(({ values }, index) => ({
      ...{ x1: 1, x2: Math.max(2, (end * (values[which] ?? 0)) / highest) },
      ...{ y1: at(index) + 20 + 11 * which, y2: at(index) + 28 + 11 * which },
    })),
  ];
  const texts: Words[] = [
    ...legend.map((name, index) => ({ x: 18, y: 18 * index + 11, words: shortened(name, 27) })),
    ...steps.flatMap(({ label: name, kept, values }, index) => [
      { x: 0, y: at(index) + 13, words: name },
      { x: 84, y: at(index) + 13, words: kept, isPale: true },
      { x: end, y: at(index) + 13, words: values.map((value) => value.toLocaleString('en')).join(' | '), isEnd: true },
    ]),
  ];
  return draw(label, head + steps.length * row + 4, (Plot) => [
    ...series.map((_, which) => boxes(Plot, kinds[which] ?? 'grey', boxesOf(which))),
    ...words(Plot, texts),
  ]);
}

/** A cell of a heat map: how dark, of 0 to 4; undefined for one that is not drawn, as there is too little in it. */
export interface Cell {
  text: string;
  shade: 0 | 1 | 2 | 3 | 4 | undefined;
  /** Whether it has a thick frame. */
  isOver: boolean;
}

export async function heatMap(
  { columns, rows }: { columns: readonly string[]; rows: readonly { name: string; cells: readonly Cell[] }[] },
  label: string,
): Promise<string> {
  const [left, top, wide, high] = [34, 20, 41, 36];
  const at = (column: number, row: number) => ({ x: left + column * wide, y: top + row * high });
  const cells = rows.flatMap(({ cells: own }, row) => own.map((cell, column) => ({ ...cell, ...at(column, row) })));
  const box = ({ x, y }: { x: number; y: number }, inset: number) => ({
    ...{ x1: x + inset, x2: x + wide - 4 - inset, y1: y + inset, y2: y + high - 6 - inset },
  });
  const texts: Words[] = [
    ...columns.map((name, column) => ({ x: at(column, 0).x + 18, y: 12, words: name, isMiddle: true, isPale: true })),
    ...rows.map(({ name }, row) => ({ x: 0, y: at(0, row).y + 20, words: name })),
    ...cells.map(({ x, y, text, shade = 0 }) => ({
      ...{ x: x + 18, y: y + 20, words: text, isMiddle: true, isOnInk: shade > 2 },
    })),
  ];
  return draw(label, top + rows.length * high, (Plot) => [
    boxes(
      Plot,
      'few',
      cells.filter(({ shade }) => shade === undefined).map((cell) => box(cell, 0.5)),
    ),
    ...([0, 1, 2, 3, 4] as const).map((shade) =>
      boxes(
        Plot,
        `shade-${shade}`,
        cells.filter((cell) => cell.shade === shade).map((cell) => box(cell, 0)),
      ),
    ),
    boxes(
      Plot,
      'over',
      cells.filter(({ isOver }) => isOver).map((cell) => box(cell, 0)),
    ),
    ...words(Plot, texts),
  ]);
}

/** A column for each week, with the won part of it full. */
export async function weekPlot(
  weeks: readonly { label: string; n: number; won: number }[],
  label: string,
): Promise<string> {
  const [top, high] = [18, 110];
  const wide = end / Math.max(1, weeks.length);
  const most = Math.max(1, ...weeks.map(({ n }) => n));
  const y = (n: number) => top + high - (high * n) / most;
  const each = Math.ceil(weeks.length / 4);
  const column = (index: number, n: number) => ({
    ...{ x1: index * wide + 1, x2: Math.max(index * wide + 2, (index + 1) * wide - 1), y1: y(n), y2: top + high },
  });
  const named = weeks.map((week, index) => ({ ...week, index })).filter(({ index }) => index % each === 0);
  const best = weeks.findIndex(({ n }) => n === most);
  return draw(label, top + high + 20, (Plot) => [
    boxes(
      Plot,
      'grey',
      weeks.flatMap(({ n }, index) => (n > 0 ? [column(index, n)] : [])),
    ),
    boxes(
      Plot,
      'bar',
      weeks.flatMap(({ won }, index) => (won > 0 ? [column(index, won)] : [])),
    ),
    boxes(Plot, 'axis', [{ x1: 0, x2: end, y1: top + high, y2: top + high + 1 }]),
    ...words(Plot, [
      ...(best < 0
        ? []
        : [{ x: clamped((best + 0.5) * wide, 8, end - 8), y: y(most) - 5, words: String(most), isMiddle: true }]),
      ...named.map(({ label: week, index }) => ({ x: index * wide, y: top + high + 16, words: week, isPale: true })),
    ]),
  ]);
}

const clamped = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

type Library = typeof import('@observablehq/plot');
type Markish = import('@observablehq/plot').Markish;

interface Box {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}
interface Words {
  x: number;
  y: number;
  words: string;
  isEnd?: boolean;
  isMiddle?: boolean;
  isPale?: boolean;
  isOnInk?: boolean;
}

let drawing: Promise<{ Plot: Library; document: Document }> | undefined;

const load = async () => {
  const [Plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  return { Plot, document: parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document };
};

/** A plot whose scales are its pixels. */
async function draw(label: string, height: number, marks: (plot: Library) => Markish[]): Promise<string> {
  const { Plot, document } = await (drawing ??= load());
  const scale = (to: number) => ({ axis: null, domain: [0, to], range: [0, to] });
  const svg = Plot.plot({
    ...{ document, width, height, margin: 0, className: 'plot', x: scale(width), y: scale(height) },
    marks: marks(Plot),
  }) as unknown as SVGSVGElement;
  // The page has the styles, and its policy allows no others.
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const name of ['width', 'height', 'font-family', 'font-size', 'fill']) svg.removeAttribute(name);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  for (const mark of svg.querySelectorAll('[aria-label]')) mark.removeAttribute('aria-label');
  return svg.outerHTML;
}

const boxes = (Plot: Library, className: string, data: readonly Box[]): Markish =>
  Plot.rect(data, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', className: `plot-${className}` });

const lines = (Plot: Library, className: string, data: readonly Box[]): Markish =>
  Plot.link(data, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', className: `plot-${className}` });

const words = (Plot: Library, data: readonly Words[]): Markish[] =>
  Object.entries(
    Object.groupBy(data, ({ isEnd, isMiddle, isPale, isOnInk }) =>
      [isEnd ? 'end' : isMiddle ? 'middle' : 'start', isPale ? 'pale' : isOnInk ? 'on-ink' : 'words'].join(' '),
    ),
  ).map(([how, own = []]) => {
    const [textAnchor, className = ''] = how.split(' ');
    return Plot.text(own, {
      ...{ x: 'x', y: 'y', text: 'words', className: `plot-${className}`, lineAnchor: 'bottom' },
      textAnchor: textAnchor as 'start' | 'middle' | 'end',
    });
  });

/** A text of at most so many letters. */
const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
