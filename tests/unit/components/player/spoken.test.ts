import { expect, test } from 'vitest';
import { spokenPosition, spokenTime } from '#components/player/spoken.ts';

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [65.9, '1 minute 5 seconds'],
  [120, '2 minutes'],
  [3661, '1 hour 1 minute 1 second'],
])('%d seconds are spoken as "%s"', (seconds, words) => {
  expect(spokenTime(seconds)).toBe(words);
});

test('a position is spoken with the length that it is in', () => {
  expect(spokenPosition(65, 720)).toBe('1 minute 5 seconds of 12 minutes');
});
