import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { cached, cacheFolder, cacheKey, type CacheUse, pruneCache } from '#cache/build-cache.ts';

/** Lays a `.br` and a `.gz` beside each text file of the site, so that a server need not compress while readers wait. */
export function compressedFiles(): AstroIntegration {
  return {
    name: 'compressed-files',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const { made, reused, failure } = await compressFiles(fileURLToPath(dir), cacheFolder('compressed'));
        logger.info(`Compressed ${made} files, and took ${reused} as an earlier build compressed them`);
        if (failure) logger.warn(`The next build compresses them again: ${failure}`);
      },
    },
  };
}

/** Compresses the files of `folder`; what was compressed before, by any build, is read from the folder `cache`. */
export async function compressFiles(folder: string, cache: string): Promise<CacheUse> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const waiting = paths.filter((path) => text.test(path) || packed.test(path)).values();
  const work = async () => {
    for (const path of waiting) await (packed.test(path) ? repack(path, cache) : compress(path, cache));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return pruneCache(cache);
}

/** The text files, by their endings; pictures and recordings are compressed already. */
const text = /\.(html|css|js|json|xml|svg|txt|vtt|srt|webmanifest)$/;

/** The files of the search index, which are gzip inside; their reader takes them unpacked as well. */
const packed = /\.(pagefind|pf_meta|pf_index|pf_filter|pf_fragment)$/;

const atOnce = 8;

/** Other software may write other bytes. */
const software = [process.versions.brotli, process.versions.zlib, process.arch];

async function compress(path: string, cache: string): Promise<void> {
  const content = await readFile(path);
  const settings = brotliSettings(extname(path), content.length);
  const both = await cached(cache, cacheKey([software, settings], content), async () => {
    const [br, gz] = [await brotli(content, settings), await promisify(gzip)(content)];
    const length = Buffer.alloc(4);
    length.writeUInt32LE(br.length);
    return Buffer.concat([length, br, gz]);
  });
  const end = 4 + both.readUInt32LE();
  await writeFile(`${path}.br`, both.subarray(4, end));
  await writeFile(`${path}.gz`, both.subarray(end));
}

/** Brotli of what is inside. The file itself stays as it is, for a host that sends files as they are. */
async function repack(path: string, cache: string): Promise<void> {
  const content = await readFile(path);
  const br = await cached(cache, cacheKey([software, 'repacked'], content), async () => {
    const inside = await promisify(gunzip)(content);
    return brotli(inside, brotliSettings(extname(path), inside.length));
  });
  if (br.length < content.length) await writeFile(`${path}.br`, br);
}

interface BrotliSettings {
  quality: number;
  /** Base-2 logarithm of the window's bytes. */
  window: number;
}

/**
 * How a file is compressed, by its ending and its length in bytes. A window that is larger than the file costs memory,
 * which is most of the time, and saves nothing. One of 2^16 bytes, less 16, has the shortest header, and one of 2^17 the
 * longest (RFC 7932, section 9.1). A lower quality costs pages little and long feeds much.
 */
function brotliSettings(ending: string, length: number): BrotliSettings {
  const smallest = Math.ceil(Math.log2(length + 16));
  return {
    // Scripts and styles are few, and nearly every reader asks for them; what the search reads waits for its index.
    quality: ending === '.css' || ending === '.js' || packed.test(ending) ? 11 : 9,
    window: smallest <= 16 ? 16 : Math.min(Math.max(18, smallest), constants.BROTLI_DEFAULT_WINDOW),
  };
}

function brotli(content: Buffer, { quality, window }: BrotliSettings): Promise<Buffer> {
  const params = {
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: window,
  };
  return promisify(brotliCompress)(content, { params });
}
