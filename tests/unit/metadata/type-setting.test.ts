import { expect, test } from 'vitest';
import { titleSize, titleSizes, wholeSentences } from '#metadata/type-setting.ts';

const size = (title: string) => titleSize(title, 976, 238, 105);

test('a short title is set largest, a longer one smaller, none smaller than the smallest', () => {
  expect(size('Fog')).toEqual({ size: 96, lines: 1 });
  expect(size('Improving customer advocacy').size).toBeLessThan(96);
  expect(size('word '.repeat(200)).size).toBe(Math.min(...titleSizes));
});

test('a title of 140 characters fits', () => {
  const { size: pixels, lines } = size('a title of words '.repeat(9).slice(0, 140));
  expect(pixels * lines * 1.1).toBeLessThanOrEqual(238);
});

test('a word that is longer than a line counts as several', () => {
  expect(size('x'.repeat(100)).lines).toBeGreaterThan(2);
});

test.each([
  ['One. Two.', 'One. Two.'],
  [`Why does nobody own it? ${'And so on '.repeat(12)}.`, 'Why does nobody own it?'],
  ['so on '.repeat(40).trim(), 'so on '.repeat(40).trim()],
])('under a title stand whole sentences, as far as there are any: %j', (text, expected) => {
  expect(wholeSentences(text)).toBe(expected);
});
