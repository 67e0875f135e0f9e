import { describe, expect, test } from 'vitest';
import { isWorthResuming, placeAfter } from '#components/player/resume.ts';

test.each([
  ['in its first seconds', 4.9, false],
  ['after five seconds', 5, true],
  ['in the middle', 300, true],
  ['fifteen seconds before the end', 585, true],
  ['in its last fifteen seconds', 585.1, false],
  ['at no known moment', Number.NaN, false],
])('an episode that was left %s: worth resuming is %s', (_, seconds, worth) => {
  expect(isWorthResuming(seconds, 600)).toBe(worth);
});

test('a recording that is shorter than beginning and end has nothing to resume', () => {
  expect(isWorthResuming(6, 18)).toBe(false);
});

describe('of a recording of two hours that was left after one', () => {
  const hour = 3600;
  test.each([
    ['a tap at the start', 0, 3, hour],
    ['a tap that plays nothing', 0, 0, hour],
    ['a few seconds of an early chapter', 600, 630, hour],
    ['a few seconds of a late chapter', 5000, 5030, hour],
    ['a tap close to the end', 7190, 7195, hour],
    ['a tap on the very end', 7200, 7200, hour],
  ])('the place outlives %s', (_, from, to, kept) => {
    expect(placeAfter(hour, { from, to }, 7200)).toBe(kept);
  });

  test.each([
    ['listening on from it', hour, 3610, 3610],
    ['listening past it from before', 3550, 3601, 3601],
    ['going back a few seconds', 3585, 3590, 3590],
    ['going on a few seconds', 3630, 3632, 3632],
    ['a minute heard near the start', 0, 60, 60],
    ['a minute heard near the end', 7000, 7060, 7060],
  ])('the place moves with %s', (_, from, to, place) => {
    expect(placeAfter(hour, { from, to }, 7200)).toBe(place);
  });

  test.each([
    ['listening on to the end', hour, 7200],
    ['a minute heard up to the end', 7130, 7195],
  ])('the place is forgotten after %s', (_, from, to) => {
    expect(placeAfter(hour, { from, to }, 7200)).toBeUndefined();
  });
});

test('the place close to the beginning outlives a tap at the start', () => {
  expect(placeAfter(20, { from: 0, to: 3 }, 7200)).toBe(20);
});

test('of a short recording, a tenth of it is enough to move the place', () => {
  expect(placeAfter(30, { from: 8, to: 12 }, 50)).toBe(30);
  expect(placeAfter(30, { from: 8, to: 13 }, 50)).toBe(13);
});

test.each([undefined, Number.NaN, 3, 7190])('where %s was kept before, any moment worth resuming is', (kept) => {
  expect(placeAfter(kept, { from: 0, to: 8 }, 7200)).toBe(8);
  expect(placeAfter(kept, { from: 0, to: 3 }, 7200)).toBeUndefined();
});
