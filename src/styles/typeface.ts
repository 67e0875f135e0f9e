import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import subsetFont from 'subset-font';
import { cached, cacheFolder, cacheKey } from '#cache/build-cache.ts';

/**
 * A typeface from npm with what pages set in it: Latin-1 and the marks of typography, and of a variable one the weights
 * between `lightest` and `boldest`. A character that it lacks is shown in the next face of the stack. Resolves to the
 * path of a file that is kept for the next build.
 */
export async function typeface(file: string, weights?: { lightest: number; boldest: number }): Promise<string> {
  const font = await readFile(createRequire(import.meta.url).resolve(file));
  const key = cacheKey([characters, weights ?? {}, process.versions], font);
  const subset = async () =>
    subsetFont(font, characters, {
      targetFormat: 'woff2',
      ...(weights && { variationAxes: { wght: { min: weights.lightest, max: weights.boldest } } }),
    });
  const part = process.env.CLEAN === '1' ? await subset() : await cached(cacheFolder('typefaces'), key, subset);
  const folder = resolve('node_modules/.cache/typefaces');
  const path = resolve(folder, `${key.slice(0, 16)}.woff2`);
  if ((await readFile(path).catch(() => undefined))?.equals(part)) return path;
  await mkdir(folder, { recursive: true });
  // Builds side by side make the same file; none of them may read a half of it.
  await writeFile(`${path}.${process.pid}`, part);
  await rename(`${path}.${process.pid}`, path);
  return path;
}

const range = (first: number, last: number) =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
const characters = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}ıŒœˆ˜–—‘’‚“”„†‡•…‰‹›⁄€™←↑→↓−×÷`;
