import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { randomly } from '../search/random.ts';

/** Soft patches of colour as JPEG: to an encoder much like a photograph. The same for the same name. */
export const photograph = (name: string, width: number, height: number): Promise<Buffer> =>
  enlarged(name, [16, 9], width, height, 'cubic').jpeg({ quality: 80 }).toBuffer();

/** Even fields of colour as PNG, like a diagram. The same for the same name. */
export const drawing = (name: string, width: number, height: number): Promise<Buffer> =>
  enlarged(name, [8, 5], width, height, 'nearest').png({ palette: true, colours: 64 }).toBuffer();

function enlarged(
  name: string,
  [columns, rows]: [number, number],
  width: number,
  height: number,
  kernel: 'cubic' | 'nearest',
): Sharp {
  const random = randomly(createHash('sha256').update(name).digest().readInt32LE());
  const patches = Buffer.from(Array.from({ length: columns * rows * 3 }, () => Math.floor(random() * 256)));
  return sharp(patches, { raw: { width: columns, height: rows, channels: 3 } }).resize(width, height, {
    fit: 'fill',
    kernel,
  });
}
