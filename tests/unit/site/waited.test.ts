import { expect, test } from 'vitest';
import { urgency, waited } from '#site/waited.ts';

const minute = 60_000;

test.each([
  [-5, '0 min'],
  [0, '0 min'],
  [38, '38 min'],
  [59.9, '59 min'],
  [60, '1 h 00 min'],
  [27 * 60 + 12, '27 h 12 min'],
  [1500 * 60, '1,500 h 00 min'],
])('%d minutes of waiting are said as "%s", never as days', (minutes, words) => {
  expect(waited(minutes * minute)).toBe(words);
});

test('who waits is late when the time for an answer is over, and soon in the last fifth of it', () => {
  const within = 360 * minute;
  expect(urgency(within, within)).toBe('late');
  expect(urgency(within - 1, within)).toBe('soon');
  expect(urgency(within * 0.8, within)).toBe('soon');
  expect(urgency(within * 0.8 - 1, within)).toBeUndefined();
});
