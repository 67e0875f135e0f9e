import { expect, test } from 'vitest';
import { encode, Reader, type Value } from '#search/cbor.ts';

test.each<[Value, string]>([
  [0, '00'],
  [23, '17'],
  [24, '1818'],
  [1000, '1903e8'],
  [1_000_000, '1a000f4240'],
  [-1, '20'],
  [-100, '3863'],
  ['', '60'],
  ['IETF', '6449455446'],
  ['ü', '62c3bc'],
  [[1, [2, 3], 'a'], '83018202036161'],
])('%j is written as the standard has it, and read again (RFC 8949, appendix A)', (value, bytes) => {
  expect(encode(value).toString('hex')).toBe(bytes);
  expect(new Reader(Buffer.from(bytes, 'hex')).value()).toEqual(value);
});

test('an array can be read value by value', () => {
  const reader = new Reader(encode([['fog', [2, -3]], 'horn']));
  expect([reader.array(), reader.value(), reader.value()]).toEqual([2, ['fog', [2, -3]], 'horn']);
});

test('what Pagefind does not write is refused', () => {
  expect(() => new Reader(Buffer.from('f5', 'hex')).value()).toThrow('no value of Pagefind');
});
