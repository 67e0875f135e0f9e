import { expect, test } from 'vitest';
import { fileSize } from '#site/file-size.ts';

test.each([
  [1, '1 kB'],
  [340_400, '340 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [2_134_567, '2.1 MB'],
])('%i bytes are said as "%s"', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});
