import { expect, test } from 'vitest';
import { listPages } from '#catalog/pages.ts';

const list = (length: number) => Array.from({ length }, (_, i) => i + 1);

test.each([
  ['no entry', 0, [[]]],
  ['one entry', 1, [[1]]],
  ['one entry less than a page', 2, [[1, 2]]],
  ['exactly one page', 3, [[1, 2, 3]]],
  ['one entry more than a page', 4, [[1, 2, 3], [4]]],
  [
    'exactly two pages',
    6,
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  [
    'a remainder',
    8,
    [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
    ],
  ],
])('a list of %s (%d, by threes) is cut into its pages', (_, length, pages) => {
  expect(listPages(list(length), 3).map(({ entries }) => entries)).toEqual(pages);
});

test.each([
  [0, [[]]],
  [2, [[1, 2]]],
  [3, [[1, 2], [3]]],
  [6, [[1, 2], [3, 4, 5], [6]]],
])('a list of %d may begin with a shorter page', (length, pages) => {
  expect(listPages(list(length), 3, 2).map(({ entries }) => entries)).toEqual(pages);
});

test('each page knows its route, its number and how many there are', () => {
  expect(listPages(list(5), 2).map(({ param, current, last }) => ({ param, current, last }))).toEqual([
    { param: undefined, current: 1, last: 3 },
    { param: 'page/2', current: 2, last: 3 },
    { param: 'page/3', current: 3, last: 3 },
  ]);
  expect(listPages([], 2)).toEqual([{ param: undefined, entries: [], current: 1, last: 1 }]);
});
