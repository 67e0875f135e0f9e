import { expect, test } from 'vitest';
import { chosenEncoding } from '#server/encoding.ts';

test.each([
  ['br, gzip', 'br'],
  ['gzip, br', 'br'],
  ['gzip, deflate, br;q=0.8', 'br'],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['br;q=1, gzip;q=0.5', 'br'],
  ['br;q=0.9;level=1', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br; q=0, *', 'gzip'],
  ['br;q=0.0, gzip;q=0', undefined],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['identity', undefined],
  ['brotli', undefined],
  ['', undefined],
  [undefined, undefined],
])('who accepts "%s" is sent %s', (accepted, encoding) => {
  expect(chosenEncoding(accepted, ['br', 'gzip'])).toBe(encoding);
});

test('only what is there is sent', () => {
  expect(chosenEncoding('br, gzip', ['gzip'])).toBe('gzip');
  expect(chosenEncoding('gzip', ['br'])).toBeUndefined();
  expect(chosenEncoding('br, gzip', [])).toBeUndefined();
});
