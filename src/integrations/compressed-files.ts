import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

/** Lays a `.br` and a `.gz` beside each text file of the site, so that a server need not compress while readers wait. */
export function compressedFiles(): AstroIntegration {
  return {
    name: 'compressed-files',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        logger.info(`Compressed ${await compressFiles(fileURLToPath(dir))} files`);
      },
    },
  };
}

/** Resolves to how many files of `folder` were compressed. */
export async function compressFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = paths.filter((path) => text.test(path) || packed.test(path));
  const waiting = files.values();
  const work = async () => {
    for (const path of waiting) await (packed.test(path) ? repack(path) : compress(path));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return files.length;
}

/** The text files, by their endings; pictures and recordings are compressed already. */
const text = /\.(html|css|js|json|xml|svg|txt|vtt|srt|webmanifest)$/;

/** The files of the search index, which are gzip inside; their reader takes them unpacked as well. */
const packed = /\.(pagefind|pf_meta|pf_index|pf_filter|pf_fragment)$/;

const atOnce = 8;

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  // Scripts and styles are few, and nearly every reader asks for them.
  await writeFile(`${path}.br`, await brotli(content, /\.(css|js)$/.test(path) ? 11 : 9));
  await writeFile(`${path}.gz`, await promisify(gzip)(content));
}

/** Brotli of what is inside. The file itself stays as it is, for a host that sends files as they are. */
async function repack(path: string): Promise<void> {
  const content = await readFile(path);
  const smaller = await brotli(await promisify(gunzip)(content), 11);
  if (smaller.length < content.length) await writeFile(`${path}.br`, smaller);
}

function brotli(content: Buffer, quality: number): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length, [constants.BROTLI_PARAM_QUALITY]: quality };
  return promisify(brotliCompress)(content, { params });
}
