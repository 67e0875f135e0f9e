import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { keyOfAll } from '#cache/build-cache.ts';
import { markFile } from './icon-png.ts';
import type { Palette } from '#site/palette.ts';
import { characters, type SocialCard, without } from './social-card.ts';
import { drawing, socialSize, subsets } from './social-drawing.ts';

/** Level 9 takes four times as long for 15 % less. */
const png = { compressionLevel: 7 };

/** A card as PNG. */
export async function socialPng(card: SocialCard, palette: Palette): Promise<Buffer> {
  const mark = await readFile(markFile, 'utf8');
  const svg = await svgOf(card, (card) => drawing(card, palette, dataUrl(mark)));
  return sharp(Buffer.from(withInlineMark(svg, mark)))
    .removeAlpha()
    .png(png)
    .toBuffer();
}

/** Tells the picture of a card from all others, by what is drawn and what draws it, as {@link keyOfAll} does. */
export async function socialKey(card: SocialCard, palette: Palette): Promise<string> {
  const [software, mark] = await (source ??= Promise.all([versions(), readFile(markFile, 'utf8')]));
  return keyOfAll([software, png, drawing(card, palette, '')], mark);
}

let source: Promise<[software: string[], mark: string]> | undefined;

const dataUrl = (mark: string) => `data:image/svg+xml;base64,${Buffer.from(mark).toString('base64')}`;

/**
 * An SVG with the mark as a part of it instead of an image in it, which takes half as long to draw. A mark whose root
 * places or styles itself stays an image.
 */
export function withInlineMark(svg: string, mark: string): string {
  if (
    !/^<svg(?=\s[^>]*\bviewBox=)(?![^>]*\s(x|y|width|height|preserveAspectRatio|overflow|class|style|id)=)\s/.test(mark)
  )
    return svg;
  if (/<style|<script|\bid=/.test(mark)) return svg;
  const image = /<image x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" href="([^"]+)" [^>]*\/>/;
  return svg.replace(image, (image, x, y, width, height, href) =>
    href === dataUrl(mark)
      ? mark.replace('<svg', `<svg x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"`)
      : image,
  );
}

/** What a picture is drawn with and by; another version may draw another one. */
const versions = () =>
  Promise.all(
    ['satori', 'sharp', '@fontsource/bitter', '@fontsource/courier-prime'].map(async (name) => {
      const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8')) as {
        version: string;
      };
      return `${name} ${version}`;
    }),
  );

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
