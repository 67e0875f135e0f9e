import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { cacheKey, keyOfAll } from '#cache/build-cache.ts';
import type { Palette } from '#site/palette.ts';
import { markFile } from './icon-png.ts';
import { legible, type SocialCard } from './social-card.ts';

/** Level 7 takes half as long again for 10 % less. */
const png = { compressionLevel: 6 };

/** A card as PNG. */
export async function socialPng(card: SocialCard, { light }: Palette): Promise<Buffer> {
  const studio = await (open ??= openStudio());
  // There is one canvas; its pixels are compressed before the next card is drawn.
  const drawn = last.then(() => studio(card, light));
  last = drawn.catch(() => undefined);
  return drawn;
}

let last: Promise<unknown> = Promise.resolve();
let open: ReturnType<typeof openStudio> | undefined;

/** Loads what draws; where every picture is known from an earlier build, nobody needs it. */
async function openStudio(): Promise<(card: SocialCard, colours: Palette['light']) => Promise<Buffer>> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const [{ draw, markSize, socialSize }, { faces }] = await Promise.all([
    import('./social-drawing.ts'),
    import('./social-faces.ts'),
  ]);
  const mark = await sharp(markFile, { density: 288 })
    .resize({ ...markSize, fit: 'fill' })
    .png()
    .toBuffer();
  const [known, image] = await Promise.all([faces(), loadImage(mark)]);
  // What no face has must not be drawn in a font that one machine happens to have.
  const isDrawn = (character: string) => [...character].every((sign) => known.has(sign.codePointAt(0) ?? 0));
  const canvas = createCanvas(socialSize.width, socialSize.height);
  const raw = { ...socialSize, channels: 4 } as const;
  return async (card, colours) => {
    draw(canvas, legible(card, isDrawn), colours, image);
    const pixels = canvas.data();
    const picture = await sharp(pixels, { raw }).removeAlpha().png(png).toBuffer();
    // Three megabytes, let go at once: left to the garbage collector, every tenth card has it look through all the memory.
    if (pixels.buffer instanceof ArrayBuffer) pixels.buffer.transfer(0);
    return picture;
  };
}

/** Tells the picture of a card from all others, by what is drawn and what draws it, as {@link keyOfAll} does. */
export async function socialKey(card: SocialCard, { light }: Palette): Promise<string> {
  const [software, mark] = await (source ??= Promise.all([versions(), readFile(markFile, 'utf8')]));
  return keyOfAll([software, png, card, light], mark);
}

let source: Promise<[software: string[], mark: string]> | undefined;

/** The modules that draw, as they are written. */
const drawnBy = import.meta.glob<string>(['./social-*.ts', './type-setting.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What a picture is drawn with and by; another version may draw another one. */
async function versions(): Promise<string[]> {
  const packages = ['@napi-rs/canvas', 'sharp', '@fontsource/bitter', '@fontsource/courier-prime'];
  const installed = packages.map(async (name) => {
    const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
    return `${name} ${version}`;
  });
  return [cacheKey(drawnBy), ...(await Promise.all(installed))];
}
