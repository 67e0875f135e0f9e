import { expect, test } from 'vitest';
import { fileSize } from '#components/whitepaper/file-size.ts';

test.each([
  [1, '1 KB'],
  [340_400, '340 KB'],
  [999_499, '999 KB'],
  [999_500, '1.0 MB'],
  [2_134_567, '2.1 MB'],
])('%i bytes are said as "%s"', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});
