import { gunzipSync, gzipSync } from 'node:zlib';

/** The content of a file of Pagefind's, which is gzip and begins with Pagefind's mark. */
export function decoded(file: Uint8Array): Buffer {
  return gunzipSync(file).subarray(mark.length);
}

export function coded(content: string | Uint8Array): Buffer {
  return gzipSync(Buffer.concat([mark, Buffer.from(content)]), { level: 9 });
}

const mark = Buffer.from('pagefind_dcd');
