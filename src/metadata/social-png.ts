import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { markFile } from './icon-png.ts';
import type { Palette } from '#site/palette.ts';
import { characters, type SocialCard, without } from './social-card.ts';
import { drawing, socialSize, subsets } from './social-drawing.ts';

/** To be raised when a picture changes though its drawing does not: with new faces, or a new Satori. */
const version = 1;

/** A card as PNG. A picture that has been drawn before, by any build, is read from the folder `cache`. */
export async function socialPng(
  card: SocialCard,
  palette: Palette,
  cache: string = join('node_modules', '.cache', 'social-images'),
): Promise<Buffer> {
  const mark = `data:image/svg+xml;base64,${(await readFile(markFile)).toString('base64')}`;
  const input = JSON.stringify([version, drawing(card, palette, mark)]);
  const file = join(cache, `${createHash('sha256').update(input).digest('hex').slice(0, 32)}.png`);
  const known = await readFile(file).catch(() => undefined);
  if (known) return known;

  const svg = await svgOf(card, (card) => drawing(card, palette, mark));
  const png = await sharp(Buffer.from(svg)).removeAlpha().png({ compressionLevel: 9 }).toBuffer();
  await store(file, png);
  return png;
}

/** The SVG of a card; a second one without them if there are characters that no face has. */
async function svgOf(card: SocialCard, draw: (card: SocialCard) => ReturnType<typeof drawing>): Promise<string> {
  // Where every picture is known, the drawing software is not loaded at all.
  const [{ default: satori }, fonts] = await Promise.all([import('satori'), faces()]);
  const missing = new Set<string>();
  const svg = await satori(draw(card), {
    ...socialSize,
    fonts,
    loadAdditionalAsset: async (_language, text) => {
      for (const character of characters(text)) missing.add(character);
      return [];
    },
  });
  return missing.size === 0 ? svg : satori(draw(without(missing, card)), { ...socialSize, fonts });
}

let loaded: ReturnType<typeof load> | undefined;
const faces = () => (loaded ??= load());

function load() {
  const face = async (family: 'read' | 'type', packaged: string, subset: string, weight: 400 | 700) => ({
    name: `${family}-${subset}`,
    weight,
    style: 'normal' as const,
    data: await readFile(`node_modules/@fontsource/${packaged}/files/${packaged}-${subset}-${weight}-normal.woff`),
  });
  return Promise.all([
    ...subsets.read.flatMap((subset) => [face('read', 'bitter', subset, 400), face('read', 'bitter', subset, 700)]),
    ...subsets.type.map((subset) => face('type', 'courier-prime', subset, 400)),
  ]);
}

/** Puts a file in its place at once, since builds may run beside each other. */
async function store(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.${randomUUID()}`;
  await writeFile(partial, bytes);
  await rename(partial, file);
}
