import { describe, expect, test } from 'vitest';
import { indexAt, startAfter, startBefore } from '#components/player/timeline.ts';

const chapters = [{ start: 0 }, { start: 8 }, { start: 14.4 }];

test.each([
  [0, 0],
  [7.9, 0],
  [8, 1],
  [14.5, 2],
  [100, 2],
])('at second %d, number %d has begun last', (seconds, index) => {
  expect(indexAt(chapters, seconds)).toBe(index);
});

test('before the first has begun there is none', () => {
  expect(indexAt([{ start: 3 }], 1)).toBe(-1);
});

describe('the chapter before', () => {
  test('is the beginning of this one, once it has played for a while', () => {
    expect(startBefore(chapters, 12)).toBe(8);
  });
  test('is the one before this one, when this has just begun', () => {
    expect(startBefore(chapters, 9)).toBe(0);
  });
  test('of the first is the beginning', () => {
    expect(startBefore(chapters, 1)).toBe(0);
  });
});

test('the chapter after is the next one, and of the last there is none', () => {
  expect(startAfter(chapters, 9)).toBe(14.4);
  expect(startAfter(chapters, 20)).toBeUndefined();
});
