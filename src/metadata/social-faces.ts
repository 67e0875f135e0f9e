import { readFile } from 'node:fs/promises';
import { GlobalFonts } from '@napi-rs/canvas';
import { convert } from 'fontverter';
import { Blob, Face } from 'harfbuzzjs';

/** What a text is set in. */
export type Family = 'read' | 'type';

const packages = { read: 'bitter', type: 'courier-prime' };
const subsets = { read: ['latin', 'latin-ext', 'vietnamese', 'cyrillic'], type: ['latin', 'latin-ext'] };
const weights = { read: [400, 700], type: [400] };

const aliases = (family: Family) => subsets[family].map((subset) => `${family}-${subset}`);
/** Each subset is registered under a name of its own; the first that has a character draws it. */
const stacks = {
  read: [...aliases('read'), ...aliases('type')].join(', '),
  type: [...aliases('type'), ...aliases('read')].join(', '),
};

/** A font as a canvas takes it, `size` in pixels. */
export const font = (family: Family, size: number, weight: 400 | 700 = 400): string =>
  `${weight} ${size}px ${stacks[family]}`;

let registered: Promise<ReadonlySet<number>> | undefined;

/** Registers the faces, once, and resolves to the code points that one of them has a glyph for: no control characters. */
export const faces = (): Promise<ReadonlySet<number>> => (registered ??= register());

async function register(): Promise<ReadonlySet<number>> {
  const has = new Set<number>();
  for (const family of ['read', 'type'] as const)
    for (const subset of subsets[family])
      for (const weight of weights[family]) {
        const name = packages[family];
        const woff = await readFile(`node_modules/@fontsource/${name}/files/${name}-${subset}-${weight}-normal.woff`);
        if (!GlobalFonts.register(woff, `${family}-${subset}`)) throw new Error(`${name}-${subset} is no font`);
        for (const code of new Face(new Blob(await convert(woff, 'sfnt'))).collectUnicodes())
          if (!/\p{C}/u.test(String.fromCodePoint(code))) has.add(code);
      }
  return has;
}
