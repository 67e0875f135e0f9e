import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bytes, files } from './built-site.ts';

const texts = (ending: string) => files.filter((file) => file.endsWith(ending));

test.each(['.html', '.xml', '.json', '.css', '.js', '.svg', '.txt', '.md', '.vtt', '.webmanifest'])(
  'every file that ends with %s is there as Brotli and as gzip of what is in it',
  (ending) => {
    for (const file of texts(ending)) {
      expect(brotliDecompressSync(bytes(`${file}.br`)), file).toEqual(bytes(file));
      expect(gunzipSync(bytes(`${file}.gz`)), file).toEqual(bytes(file));
    }
  },
);

test.each([
  ['.html', 1.015],
  ['.xml', 1.001],
])('files that end with %s are as small as Brotli makes them in a window of 4 MB', (ending, most) => {
  for (const file of texts(ending)) {
    const content = bytes(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    expect(bytes(`${file}.br`).length, file).toBeLessThanOrEqual(brotliCompressSync(content, { params }).length * most);
  }
});
