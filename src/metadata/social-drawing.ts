import type { Canvas, Image, SKRSContext2D } from '@napi-rs/canvas';
import type { Colours } from '#site/palette.ts';
import type { SocialCard } from './social-card.ts';
import { type Family, font } from './social-faces.ts';
import { linesOf, type Measure, setTitle, titleLeading, wholeSentences } from './type-setting.ts';

/** The size that the social networks ask for, in pixels. */
export const socialSize = { width: 1200, height: 630 } as const;
/** The size of the mark of the series in its corner. */
export const markSize = { width: 104, height: 68 } as const;

const margin = 44;
const radius = 18;
/** The sheet in its folder, and what it is divided into: the words, both sides, and the foot. */
const folder = { x: margin, y: 97, width: socialSize.width - 2 * margin, height: 489 };
const board = 16;
const sheet = {
  x: folder.x + board,
  y: folder.y + board,
  width: folder.width - 2 * board,
  height: folder.height - 2 * board,
};
const foot = { y: 438, height: sheet.y + sheet.height - 438 };
const seam = { y: foot.y - 10, height: 10, shared: 150 };
const inner = { left: sheet.x + 52, right: sheet.x + sheet.width - 52 };
const gap = 44;
const portraitSize = 176;
/** The height for title and text between the sheet's head and its foot. */
const room = 238;
const text = { size: 31, line: 43.4, above: 18 };

/** What a text is set in: its size and the space between its letters in pixels. */
interface Type {
  family: Family;
  size: number;
  weight?: 400 | 700;
  spacing?: number;
}

/**
 * Draws a card as a sheet in a manila folder; the colours of both sides meet over its foot. `mark` is the mark of the
 * series. A title of any length fits: it is set smaller, and cut at last.
 */
export function draw(canvas: Canvas, card: SocialCard, colour: Colours, mark: Image): void {
  const context = canvas.getContext('2d');
  fill(context, colour.desk, () => context.rect(0, 0, socialSize.width, socialSize.height));
  // The tab of the file behind this one.
  fill(context, colour.rule, () => context.roundRect(780, 52, 290, 80, radius));
  drawTab(context, card.tab, colour);
  fill(context, colour.folder, () =>
    context.roundRect(folder.x, folder.y, folder.width, folder.height, [0, radius, radius, radius]),
  );
  fill(context, colour.paper, () => context.rect(sheet.x, sheet.y, sheet.width, sheet.height));
  drawWords(context, card, colour);
  drawSeam(context, colour);
  drawFoot(context, card, colour, mark);
}

/** The typed labels, of which the first is in capitals. */
function drawTab(context: SKRSContext2D, tab: string[], colour: Colours): void {
  const type = { family: 'type', size: 29, spacing: 0.6 } as const;
  const measure = measureIn(context, type);
  const [padding, between] = [34, 30];
  const labels: { label: string; x: number }[] = [];
  let x = folder.x + padding;
  const end = folder.x + folder.width - padding;
  for (const [i, label] of tab.filter(Boolean).entries()) {
    const [line = ''] = linesOf(i === 0 ? label.toUpperCase() : label, end - x, measure, 1);
    // The first label is cut where it must be; another one is whole, or left out.
    if (i > 0 && line !== label) continue;
    labels.push({ label: line, x });
    x += measure(line) + between;
  }
  if (labels.length === 0) return;
  fill(context, colour.folder, () =>
    context.roundRect(folder.x, 38, x - between + padding - folder.x, folder.y - 38, [radius, radius, 0, 0]),
  );
  for (const { label, x } of labels) write(context, label, type, colour.ink, { x, y: 38 + 17, line: 33 });
}

/** The title, and the sentence under it where there is room; beside them a person's initials. */
function drawWords(context: SKRSContext2D, card: SocialCard, colour: Colours): void {
  const { portrait } = card;
  const left = portrait ? inner.left + portraitSize + gap : inner.left;
  const width = inner.right - left;
  const middle = (sheet.y + seam.y) / 2;
  if (portrait) {
    const centre = inner.left + portraitSize / 2;
    fill(context, sideColour(portrait.side, colour), () =>
      context.arc(centre, middle, portraitSize / 2, 0, 2 * Math.PI),
    );
    const type = { family: 'type', size: 62 } as const;
    const x = centre - measureIn(context, type)(portrait.initials) / 2;
    write(context, portrait.initials, type, colour.paper, { x, y: middle - 30, line: 70 });
  }

  const bold = { family: 'read', weight: 700 } as const;
  // Letters are measured once, large, and no size is fitted by its rounding.
  const large = measureIn(context, { ...bold, size: 100, spacing: -1.2 });
  const free = text.above + 2 * text.line;
  const title = setTitle(card.title, { width, room, text: free }, (words) => large(words) / 100);
  const line = title.size * titleLeading;
  const height = title.lines.length * line;
  const most = Math.min(2, Math.floor((room - height - text.above) / text.line));
  const plain = { family: 'read', size: text.size } as const;
  const under = most > 0 ? linesOf(wholeSentences(card.text), width, measureIn(context, plain), most) : [];
  const all = height + (under.length > 0 ? text.above + under.length * text.line : 0);

  let y = middle - all / 2;
  const type = { ...bold, size: title.size, spacing: -0.012 * title.size };
  for (const words of title.lines) {
    write(context, words, type, colour.ink, { x: left, y, line });
    y += line;
  }
  y += text.above;
  for (const words of under) {
    write(context, words, plain, colour.pencil, { x: left, y, line: text.line });
    y += text.line;
  }
}

/** Both sides, and what they share where they meet. */
function drawSeam(context: SKRSContext2D, colour: Colours): void {
  const { y, height, shared } = seam;
  const side = (sheet.width - shared) / 2;
  fill(context, colour.marketing, () => context.rect(sheet.x, y, side, height));
  fill(context, colour.shared, () => context.rect(sheet.x + side, y, shared, height));
  fill(context, colour.sales, () => context.rect(sheet.x + side + shared, y, side, height));
}

/** Whose file it is, and whose names are on it. */
function drawFoot(context: SKRSContext2D, card: SocialCard, colour: Colours, mark: Image): void {
  const { series, subtitle, people } = card;
  const middle = foot.y + foot.height / 2;
  context.drawImage(mark, inner.left, middle - markSize.height / 2, markSize.width, markSize.height);

  const typed = { family: 'type', size: 25 } as const;
  const measure = measureIn(context, typed);
  const [dot, beside, line] = [15, 14, 33.75];
  const shown = people.length > 3 ? people.slice(0, 2) : people;
  const names = shown.map(({ name, side }) => ({ name: linesOf(name, 400, measure, 1)[0] ?? '', side }));
  const more = people.length > shown.length ? [`and ${people.length - shown.length} more`] : [];
  const listed = [...names.map(({ name }) => name), ...more];
  const x = inner.right - Math.max(0, ...listed.map((name) => dot + beside + measure(name)));
  let y = middle - (listed.length * line) / 2;
  for (const [i, name] of listed.entries()) {
    const person = names[i];
    if (person)
      fill(context, sideColour(person.side, colour), () =>
        context.arc(x + dot / 2, y + line / 2, dot / 2, 0, 2 * Math.PI),
      );
    write(context, name, typed, colour.ink, { x: x + dot + beside, y, line });
    y += line;
  }

  const left = inner.left + markSize.width + 24;
  const width = x - 40 - left;
  const bold = { family: 'read', size: 30, weight: 700 } as const;
  const small = { family: 'type', size: 23 } as const;
  const title = linesOf(series, width, measureIn(context, bold), subtitle ? 1 : 2);
  const under = subtitle ? linesOf(subtitle, width, measureIn(context, small), 1) : [];
  let top = middle - (title.length * 36 + under.length * 30) / 2;
  for (const words of title) {
    write(context, words, bold, colour.ink, { x: left, y: top, line: 36 });
    top += 36;
  }
  for (const words of under) write(context, words, small, colour.pencil, { x: left, y: top + 4, line: 26 });
}

const sideColour = (side: SocialCard['people'][number]['side'], colour: Colours) =>
  side === 'both' ? colour.shared : side ? colour[side] : colour.pencil;

function fill(context: SKRSContext2D, colour: string, outline: () => void): void {
  context.fillStyle = colour;
  context.beginPath();
  outline();
  context.fill();
}

function set(context: SKRSContext2D, { family, size, weight, spacing = 0 }: Type): void {
  context.font = font(family, size, weight);
  context.letterSpacing = `${spacing}px`;
}

/** Words are measured again and again where a title is tried in size after size. */
function measureIn(context: SKRSContext2D, type: Type): Measure {
  const widths = new Map<string, number>();
  return (words) => {
    let width = widths.get(words);
    if (width === undefined) {
      set(context, type);
      width = context.measureText(words).width;
      widths.set(words, width);
    }
    return width;
  };
}

/** Writes a line of text in a box of `line` pixels in height, whose upper left corner is at `x` and `y`. */
function write(
  context: SKRSContext2D,
  words: string,
  type: Type,
  colour: string,
  { x, y, line }: { x: number; y: number; line: number },
): void {
  set(context, type);
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText('x');
  context.fillStyle = colour;
  context.fillText(words, x, y + (line - ascent - descent) / 2 + ascent);
}
