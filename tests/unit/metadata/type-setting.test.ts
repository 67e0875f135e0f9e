import { describe, expect, test } from 'vitest';
import { linesOf, setTitle, wholeSentences } from '#metadata/type-setting.ts';

/** Every letter is half an em wide. */
const ems = (text: string) => text.length / 2;
const area = { width: 976, room: 238, text: 105 };
const set = (title: string) => setTitle(title, area, ems);

describe('the lines of a text', () => {
  const lines = (text: string, most?: number) => linesOf(text, 10, (words) => words.length, most);

  test.each([
    ['one line', ['one line']],
    ['', []],
    ['  spaces   around ', ['spaces', 'around']],
    ['words that go on', ['words that', 'go on']],
    ['a well-known go-to-market', ['a well-', 'known go-', 'to-market']],
    ['sales—marketing', ['sales—', 'marketing']],
    ['in 2021-2026 at', ['in', '2021-2026', 'at']],
    ['Donaudampfschifffahrt', ['Donaudampf', 'schifffahr', 't']],
    ['an incomprehensible', ['an', 'incomprehe', 'nsible']],
    ['e\u0323'.repeat(8), ['e\u0323'.repeat(5), 'e\u0323'.repeat(3)]],
  ])('of %j are %j', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  test.each([
    ['one two three four five', 2, ['one two', 'three…']],
    ['one, two, three', 1, ['one, two…']],
    ['one two, three', 1, ['one two…']],
    ['Donaudampfschifffahrt', 1, ['Donaudamp…']],
    ['one two three', 2, ['one two', 'three']],
  ])('of %j end in an ellipsis where there are more than %d', (text, most, expected) => {
    expect(lines(text, most)).toEqual(expected);
  });

  test('are one letter each at least, however narrow the measure is', () => {
    expect(linesOf('abc', 0.5, (words) => words.length)).toEqual(['a', 'b', 'c']);
  });

  test('lose no letter of a text, at any width', () => {
    const text = 'A title—with long-winded Donaudampfschifffahrtsgesellschaft/words and 3 numbers';
    for (let width = 1; width < 90; width += 1) {
      const set = linesOf(text, width, (words) => words.length);
      expect(set.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of set) expect(line.length).toBeLessThanOrEqual(width);
    }
  });
});

test('a short title is set largest, a longer one smaller, none smaller than the smallest', () => {
  expect(set('Fog')).toEqual({ size: 96, lines: ['Fog'] });
  expect(set('Improving customer advocacy').size).toBeLessThan(96);
  expect(set('word '.repeat(200)).size).toBe(42);
});

test('a title leaves room for the sentence under it, or takes all of it', () => {
  const { size, lines } = set('Improving customer advocacy');
  expect(size * lines.length * 1.1).toBeLessThanOrEqual(238 - 105);
  const long = set('a title of words '.repeat(9).slice(0, 140));
  expect(long.size * long.lines.length * 1.1).toBeLessThanOrEqual(238);
  expect(long.lines.join(' ')).toBe('a title of words '.repeat(9).slice(0, 140).trim());
});

test('a title that is too long for the smallest size is cut', () => {
  const { size, lines } = set('word '.repeat(200));
  expect(lines).toHaveLength(Math.floor(238 / (size * 1.1)));
  expect(lines.at(-1)).toMatch(/word…$/);
});

test.each([
  ['One. Two.', 'One. Two.'],
  [`Why does nobody own it? ${'And so on '.repeat(12)}.`, 'Why does nobody own it?'],
  ['so on '.repeat(40).trim(), 'so on '.repeat(40).trim()],
])('under a title stand whole sentences, as far as there are any: %j', (text, expected) => {
  expect(wholeSentences(text)).toBe(expected);
});
