import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { cached, cacheFolder, cacheKey, type CacheUse, pruneCache } from '#cache/build-cache.ts';
import type { RoutedFiles } from './routed-files.ts';
import { brotliSettings, compressionOf, compressors, compressText, repacked } from './compression.ts';

/**
 * Lays a `.br` and a `.gz` beside each text file of the site, so that a server need not compress while readers wait.
 * Those of `files` that have a key have them already.
 */
export function compressedFiles(files: RoutedFiles): AstroIntegration {
  return {
    name: 'compressed-files',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const { made, reused, failure } = await compressFiles(fileURLToPath(dir), cacheFolder('compressed'), files);
        logger.info(`Compressed ${made} files, and took ${reused} as an earlier build compressed them`);
        if (failure) logger.warn(`The next build compresses them again: ${failure}`);
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
): Promise<CacheUse> {
  const entries = await readdir(folder, { recursive: true });
  const waiting = entries
    .filter((name) => compressionOf(name) && !finished.has(name.replaceAll('\\', '/')))
    .map((name) => join(folder, name))
    .values();
  const work = async () => {
    for (const path of waiting) await (compressionOf(path) === 'packed' ? repack(path, cache) : compress(path, cache));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return pruneCache(cache);
}

const atOnce = 8;

async function compress(path: string, cache: string): Promise<void> {
  const content = await readFile(path);
  const both = await cached(cache, cacheKey([compressors, brotliSettings(path, content.length)], content), async () => {
    const { br, gz } = await compressText(path, content);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(br.length);
    return Buffer.concat([length, br, gz]);
  });
  const end = 4 + both.readUInt32LE();
  await writeFile(`${path}.br`, both.subarray(4, end));
  await writeFile(`${path}.gz`, both.subarray(end));
}

/** The file itself stays as it is, for a host that sends files as they are. */
async function repack(path: string, cache: string): Promise<void> {
  const content = await readFile(path);
  const br = await cached(cache, cacheKey([compressors, 'repacked'], content), () => repacked(path, content));
  if (br.length < content.length) await writeFile(`${path}.br`, br);
}
