import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { cacheFolder, cacheKey, keep, kept } from '#cache/build-cache.ts';
import { keepAndLayParts, layParts, type Parts } from '#cache/kept-files.ts';
import { brotliSettings, compressionOf, compressors, compressText, repacked } from './compression.ts';
import { outcome } from './progress.ts';
import type { RoutedFiles } from './routed-files.ts';

/**
 * Lays a `.br` and a `.gz` beside each text file of the site, so that a server need not compress while readers wait.
 * Those of `files` that have a key have them already.
 */
export function compressedFiles(files: RoutedFiles): AstroIntegration {
  return {
    name: 'compressed-files',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const { made, reused } = await compressFiles(fileURLToPath(dir), cacheFolder('compressed'), files);
        logger.info(outcome('Compressed', made, made + reused, 'other files'));
      },
    },
  };
}

/**
 * Compresses the files of `folder` but for those that are `finished`, by their paths in it; what was compressed before,
 * by any build, is read from the folder `cache`.
 */
export async function compressFiles(
  folder: string,
  cache: string,
  finished: { has(path: string): boolean } = new Set<string>(),
): Promise<{ made: number; reused: number }> {
  const entries = await readdir(folder, { recursive: true });
  const waiting = entries
    .filter((name) => compressionOf(name) && !finished.has(name.replaceAll('\\', '/')))
    .map((name) => join(folder, name))
    .values();
  const use = { made: 0, reused: 0 };
  const work = async () => {
    for (const path of waiting) {
      const isReused = await (compressionOf(path) === 'packed' ? repack(path, cache) : compress(path, cache));
      use[isReused ? 'reused' : 'made'] += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return use;
}

const atOnce = 8;

/** Resolves to whether what was kept is used. */
async function compress(path: string, cache: string): Promise<boolean> {
  const content = readFileSync(path);
  const key = cacheKey(['names', compressors, brotliSettings(path, content.length)], content);
  if (layKept(key, path, cache)) return true;
  const { br, gz } = await compressText(path, content);
  layAndKeep(key, path, { '.br': br, '.gz': gz }, cache);
  return false;
}

/** The file itself stays as it is, for a host that sends files as they are. */
async function repack(path: string, cache: string): Promise<boolean> {
  const content = readFileSync(path);
  const key = cacheKey(['names of repacked', compressors, brotliSettings(path, 0)], content);
  if (layKept(key, path, cache)) return true;
  const br = await repacked(path, content);
  layAndKeep(key, path, br.length < content.length ? { '.br': br } : {}, cache);
  return false;
}

/** Lays what was kept beside a file; false where it is not whole. */
function layKept(key: string, path: string, cache: string): boolean {
  const unit = kept(cache, key);
  return unit !== undefined && layParts(cache, JSON.parse(unit.toString()) as Parts, path);
}

function layAndKeep(key: string, path: string, made: Record<string, Buffer>, cache: string): void {
  const parts = keepAndLayParts(cache, made, path);
  if (parts) keep(cache, key, [Buffer.from(JSON.stringify(parts))]);
}
