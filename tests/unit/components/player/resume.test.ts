import { expect, test } from 'vitest';
import { isWorthResuming } from '#components/player/resume.ts';

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
