import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import subsetFont from 'subset-font';
import { cached, cacheFolder, cacheKey } from '#cache/build-cache.ts';

/** A file of a typeface: where it is, and for which characters a browser is to ask for it. */
export interface TypefacePart {
  src: [path: string];
  unicodeRange?: [string, ...string[]];
}

/**
 * A typeface from npm in two files, without what no page sets: the letters and marks of English, which every page asks
 * for, and the rest of Latin-1, for pages that have such letters. Of a variable one there are the weights between
 * `lightest` and `boldest`. A character that it lacks is shown in the next face of the stack. The files are kept for the
 * next build.
 */
export async function typeface(
  file: string,
  weights?: { lightest: number; boldest: number },
): Promise<[TypefacePart, TypefacePart]> {
  const font = await readFile(createRequire(import.meta.url).resolve(file));
  const part = async (characters: string): Promise<[string]> => [await kept(font, characters, weights)];
  return [{ src: await part(english) }, { src: await part(accented), unicodeRange: rangesOf(accented) }];
}

async function kept(
  font: Buffer,
  characters: string,
  weights: { lightest: number; boldest: number } | undefined,
): Promise<string> {
  const options = {
    targetFormat: 'woff2',
    keepFeatures: ['kern'],
    // Nothing but old screens at small sizes uses them, and of the typed face they are half.
    noHinting: true,
    ...(weights && { variationAxes: { wght: { min: weights.lightest, max: weights.boldest } } }),
  } as const;
  const key = cacheKey([characters, options, process.versions], font);
  const subset = () => subsetFont(font, characters, { ...options, keepFeatures: [...options.keepFeatures] });
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

/** As CSS writes them: "U+a1-ff", one for each run of neighbours. */
function rangesOf(characters: string): [string, ...string[]] {
  const codes = [...characters].map((each) => each.codePointAt(0) ?? 0).toSorted((a, b) => a - b);
  const ends = codes.filter((code) => !codes.includes(code + 1));
  return codes
    .filter((code) => !codes.includes(code - 1))
    .map((code, i) => `U+${code.toString(16)}${ends[i] === code ? '' : `-${ends[i]?.toString(16)}`}`) as [string];
}

const range = (first: number, last: number) =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
const english = `${range(0x20, 0x7e)}\u00a0©·×–—‘’“”•…←↑→↓−`;
const accented = [...`${range(0xa1, 0xff)}ıŒœˆ˜‚„†‡‰‹›⁄€™`].filter((each) => !english.includes(each)).join('');
