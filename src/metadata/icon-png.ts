import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Icon } from './icons.ts';

/** The mark of the series, from which every icon is drawn. */
export const markFile = 'public/mark.svg';

/** The mark in the middle of a square, as PNG. */
export async function iconPng({ size, share, opaque }: Icon, paper: string): Promise<Buffer> {
  const background = opaque ? paper : { r: 0, g: 0, b: 0, alpha: 0 };
  const width = Math.round(size * share);
  const mark = await sharp(await readFile(markFile), { density: width * 2 })
    .resize({ width })
    .png()
    .toBuffer();
  return sharp({ create: { width: size, height: size, channels: 4, background } })
    .composite([{ input: mark }])
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** A square PNG of `size` pixels in an ICO container: a header, one directory entry, the PNG as it is. */
export function ico(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // an icon
  head.writeUInt16LE(1, 4); // of one image
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10); // colour planes
  head.writeUInt16LE(32, 12); // bits a pixel
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18); // where it begins
  return Buffer.concat([head, png]);
}
