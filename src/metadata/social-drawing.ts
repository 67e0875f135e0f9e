import type { Palette } from '#site/palette.ts';
import type { SocialCard } from './social-card.ts';
import { titleLeading, titleSize, wholeSentences } from './type-setting.ts';

/** The size that the social networks ask for, in pixels. */
export const socialSize = { width: 1200, height: 630 } as const;

/** An element as Satori takes it. */
export interface Drawn {
  type: 'div' | 'img';
  props: {
    style?: Style;
    children?: (Drawn | string)[];
    src?: string;
    width?: number;
    height?: number;
  };
}

/** The faces, each subset under a name of its own; the first that has a character draws it. */
export const subsets = {
  read: ['latin', 'latin-ext', 'vietnamese', 'cyrillic'],
  type: ['latin', 'latin-ext'],
} as const;
const read = subsets.read.map((subset) => `read-${subset}`).join(', ');
const typed = subsets.type.map((subset) => `type-${subset}`).join(', ');

const margin = 44;
const board = 16;
const padding = 52;
const gap = 44;
/** How wide the text on the sheet may be. */
const measure = socialSize.width - 2 * (margin + board + padding);
/** The height for title and text between the sheet's head and its foot. */
const room = 238;
const portraitSize = 176;
const text = { fontSize: 31, lineHeight: 1.4, marginTop: 18 };

/**
 * A card as a sheet in a manila folder; the colours of both sides meet over its foot. `mark` is the mark of the series
 * as a data URL. A title of any length fits: it is set smaller, and cut at last.
 */
export function drawing(card: SocialCard, { light: colour }: Palette, mark: string): Drawn {
  return column(
    { ...socialSize, padding: margin, paddingTop: 38, background: colour.desk, color: colour.ink, fontFamily: read },
    // The tab of the file behind this one.
    box({
      position: 'absolute',
      top: 52,
      right: 130,
      width: 290,
      height: 80,
      borderRadius: 18,
      background: colour.rule,
    }),
    row(
      {
        ...{ position: 'relative', alignSelf: 'flex-start', gap: 30, padding: '17px 34px 9px', maxWidth: '100%' },
        ...{ background: colour.folder, borderRadius: '18px 18px 0 0' },
        ...{ fontFamily: typed, fontSize: 29, letterSpacing: 0.6 },
      },
      ...card.tab.map((label, i) => box(i === 0 ? { textTransform: 'uppercase' } : {}, label)),
    ),
    column(
      {
        ...{ position: 'relative', flexGrow: 1, padding: board },
        ...{ background: colour.folder, borderRadius: '0 18px 18px 18px' },
      },
      column(
        { flexGrow: 1, background: colour.paper },
        row({ flexGrow: 1, gap, padding: `0 ${padding}px` }, ...face(card, colour), words(card, colour)),
        seam(colour),
        foot(card, colour, mark),
      ),
    ),
  );
}

type Colours = Palette['light'];

/** The initials of the person that a card is about, on a disc in the colour of their side. */
function face({ portrait }: SocialCard, colour: Colours): Drawn[] {
  if (!portrait) return [];
  const { initials, side } = portrait;
  return [
    row(
      {
        ...{ width: portraitSize, height: portraitSize, borderRadius: portraitSize, justifyContent: 'center' },
        ...{ background: sideColour(side, colour), color: colour.paper },
        ...{ fontFamily: typed, fontSize: 62, paddingTop: 10 },
      },
      initials,
    ),
  ];
}

/** The title, and the sentence under it where there is room. */
function words(card: SocialCard, colour: Colours): Drawn {
  const width = card.portrait ? measure - portraitSize - gap : measure;
  const line = text.fontSize * text.lineHeight;
  const { size, lines } = titleSize(card.title, width, room, text.marginTop + 2 * line);
  const textLines = Math.min(2, Math.floor((room - lines * size * titleLeading - text.marginTop) / line));
  return column(
    { width },
    box(
      {
        ...clamped(Math.floor(room / (size * titleLeading))),
        ...{ fontSize: size, lineHeight: titleLeading, fontWeight: 700, letterSpacing: -0.012 * size },
      },
      card.title,
    ),
    ...(card.text && textLines > 0
      ? [box({ ...clamped(textLines), ...text, color: colour.pencil }, wholeSentences(card.text))]
      : []),
  );
}

/** Both sides, and what they share where they meet. */
const seam = (colour: Colours) =>
  row(
    { height: 10 },
    box({ flexGrow: 1, height: 10, background: colour.marketing }),
    box({ width: 150, height: 10, background: colour.shared }),
    box({ flexGrow: 1, height: 10, background: colour.sales }),
  );

/** Whose file it is, and whose names are on it. */
function foot({ series, subtitle, people }: SocialCard, colour: Colours, mark: string): Drawn {
  const shown = people.length > 3 ? people.slice(0, 2) : people;
  const names = shown.map(({ name, side }) =>
    row(
      { gap: 14 },
      box({ width: 15, height: 15, borderRadius: 15, flexShrink: 0, background: sideColour(side, colour) }),
      box({ ...clamped(1), maxWidth: 400 }, name),
    ),
  );
  const more = people.length - shown.length;
  return row(
    { justifyContent: 'space-between', gap: 40, padding: `0 ${padding}px`, height: 132 },
    row(
      { gap: 24, flexShrink: 1 },
      { type: 'img', props: { src: mark, width: 104, height: 68, style: { flexShrink: 0 } } },
      column(
        { flexShrink: 1 },
        box({ ...clamped(subtitle ? 1 : 2), fontSize: 30, lineHeight: 1.2, fontWeight: 700 }, series),
        ...(subtitle
          ? [box({ ...clamped(1), marginTop: 4, fontFamily: typed, fontSize: 23, color: colour.pencil }, subtitle)]
          : []),
      ),
    ),
    column(
      { flexShrink: 0, fontFamily: typed, fontSize: 25, lineHeight: 1.35 },
      ...names,
      ...(more > 0 ? [box({ paddingLeft: 29 }, `and ${more} more`)] : []),
    ),
  );
}

const sideColour = (side: SocialCard['people'][number]['side'], colour: Colours) =>
  side === 'both' ? colour.shared : side ? colour[side] : colour.pencil;

/** At most so many lines; a word that is too long for one is broken. */
const clamped = (lines: number): Style => ({ display: 'block', lineClamp: lines, wordBreak: 'break-word' });

const box = (style: Style, ...children: (Drawn | string)[]): Drawn => ({
  type: 'div',
  props: { style: { display: 'flex', boxSizing: 'border-box', ...style }, ...(children.length > 0 && { children }) },
});
const row = (style: Style, ...children: (Drawn | string)[]) => box({ alignItems: 'center', ...style }, ...children);
const column = (style: Style, ...children: (Drawn | string)[]) =>
  box({ flexDirection: 'column', ...style }, ...children);

type Style = Record<string, string | number>;
