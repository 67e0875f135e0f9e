import { expect, test } from 'vitest';
import { waitInWords } from '#components/signup/wait.ts';

test.each([
  [1, 'in a minute'],
  [60, 'in a minute'],
  [61, 'in 2 minutes'],
  [400, 'in 7 minutes'],
  [3540, 'in 59 minutes'],
  [3541, 'in an hour'],
  [3601, 'in 2 hours'],
])('%i seconds are said as "%s"', (seconds, words) => {
  expect(waitInWords(seconds)).toBe(words);
});
