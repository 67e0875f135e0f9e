import { promisify } from 'node:util';
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib';

/** The text files, by their endings; pictures and recordings are compressed already. */
const text = /\.(html|css|js|json|xml|svg|txt|md|vtt|srt|webmanifest)$/;

/** The files of the search index, which are gzip inside; their reader takes them unpacked as well. */
const packed = /\.(pagefind|pf_meta|pf_index|pf_filter|pf_fragment)$/;

/** How the file at `path` is compressed: as the text that it is, as what is packed in it, or not at all. */
export const compressionOf = (path: string): 'text' | 'packed' | undefined =>
  text.test(path) ? 'text' : packed.test(path) ? 'packed' : undefined;

/** Other software may write other bytes. */
export const compressors: unknown = [process.versions.brotli, process.versions.zlib, process.arch];

/** A text file in both codings. */
export interface Compressed {
  br: Buffer;
  gz: Buffer;
}

/**
 * The text file at `path` in both codings that servers send (RFC 7932, RFC 1952). `page` is the quality of pages: see
 * {@link pageQuality}; those of which it is not said are few.
 */
export async function compressText(path: string, content: Buffer, page?: number): Promise<Compressed> {
  return { br: await brotli(content, brotliSettings(path, content.length, page)), gz: await promisify(gzip)(content) };
}

/** Brotli of what is inside a file of the search index. */
export async function repacked(path: string, content: Buffer): Promise<Buffer> {
  const inside = await promisify(gunzip)(content);
  return brotli(inside, brotliSettings(path, inside.length));
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
export function brotliSettings(path: string, length: number, page: number = thoroughly): BrotliSettings {
  const smallest = Math.ceil(Math.log2(length + 16));
  return {
    quality: qualityOf(path, page),
    window: smallest <= 16 ? 16 : Math.min(Math.max(18, smallest), constants.BROTLI_DEFAULT_WINDOW),
  };
}

/**
 * Scripts and styles are few, and nearly every reader asks for them. A feed is 3 % larger at 6 than at 9, a page half a
 * percent.
 */
function qualityOf(path: string, page: number): number {
  if (/\.(css|js|pagefind|pf_meta)$/.test(path)) return 11;
  if (path.endsWith('.html')) return page;
  return path.endsWith('.md') ? quickly : 9;
}

const [quickly, thoroughly] = [6, 10] as const;

/**
 * The quality at which a site of so many pages has them compressed. At 10 a page is 7 % smaller than at 6, a kilobyte or
 * more, and takes 20 to 40 ms of CPU in place of 2: readers have that of a site whose build does not wait long for it.
 */
export const pageQuality = (pages: number): number => (pages <= 300 ? thoroughly : quickly);

function brotli(content: Buffer, { quality, window }: BrotliSettings): Promise<Buffer> {
  const params = {
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: window,
  };
  return promisify(brotliCompress)(content, { params });
}
