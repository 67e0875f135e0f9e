import { describe, expect, test } from 'vitest';
import { fewest, toldCounts, toldText } from '#site/small-counts.ts';

describe('counts of persons', () => {
  test.each([
    ['are told where none is small', [5, 5, 7], [5, 5, 7], 17],
    ['under five are hidden, nobody as well', [4, 0, 1], ['few', 'few', 'few'], 'untold'],
    ['are hidden with a sum that would give one away', [5, 3, 7], [5, 'few', 7], { atLeast: 12 }],
    ['are hidden with a sum that would give two away', [0, 9, 1], ['few', 9, 'few'], { atLeast: 9 }],
    ['that are few in all are so', [2, 1, 1], ['few', 'few', 'few'], 'few'],
    ['of no month are few', [], [], 'few'],
  ])('%s', (_, counts, parts, sum) => {
    expect(toldCounts(counts)).toEqual({ parts, sum });
  });

  test('tell nothing of a hidden one: any other small count in its place is told the same', () => {
    const small = Array.from({ length: fewest }, (_, n) => n);
    for (const other of [[], [5], [6, 30], [1, 8]])
      for (const hidden of small)
        for (const instead of small) {
          const [one, another] = [hidden, instead].map((n) => [...other, n]);
          const isFew = (parts: number[] = []) => parts.reduce((sum, n) => sum + n, 0) < fewest;
          if (isFew(one) === isFew(another)) expect(toldCounts(one ?? [])).toEqual(toldCounts(another ?? []));
        }
  });
});

test('counts are written as they are told', () => {
  expect([1234, 'few', { atLeast: 1012 }, 'untold'].map((count) => toldText(count as never))).toEqual([
    ...['1,234', '< 5', '≥ 1,012', 'not shown'],
  ]);
});
