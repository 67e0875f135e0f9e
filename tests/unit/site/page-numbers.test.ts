import { expect, test } from 'vitest';
import { pageNumbers } from '#site/page-numbers.ts';

test.each([1, 2, 12])('of %d pages each is offered on each', (last) => {
  const all = Array.from({ length: last }, (_, i) => i + 1);
  for (const current of all) expect(pageNumbers(current, last)).toEqual(all);
});

test.each([
  [1, 13, [1, 2, 3, 10, 13]],
  [7, 13, [1, 5, 6, 7, 8, 9, 10, 13]],
  [47, 80, [1, 10, 20, 30, 40, 45, 46, 47, 48, 49, 50, 60, 70, 80]],
  [1, 417, [1, 2, 3, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 300, 400, 417]],
  [250, 417, [1, 100, 200, 210, 220, 230, 240, 248, 249, 250, 251, 252, 260, 270, 280, 290, 300, 400, 417]],
])('page %d of %d offers those beside it and ways to the rest', (current, last, numbers) => {
  expect(pageNumbers(current, last)).toEqual(numbers);
});

test.each([100, 500, 2000])('of %d pages each offers at most 40, and is six clicks from the first at most', (last) => {
  const clicks = new Map([[1, 0]]);
  for (const [page, count] of clicks) {
    const numbers = pageNumbers(page, last);
    expect(numbers.length).toBeLessThanOrEqual(40);
    for (const number of numbers) if (!clicks.has(number)) clicks.set(number, count + 1);
  }
  expect(clicks.size).toBe(last);
  expect(Math.max(...clicks.values())).toBeLessThanOrEqual(6);
});
