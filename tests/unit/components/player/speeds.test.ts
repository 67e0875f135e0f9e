import { expect, test } from 'vitest';
import { keptSpeed, speedBeside } from '#components/player/speeds.ts';

test.each([
  [1, 1, 1.25],
  [1, -1, 0.75],
  [2, 1, 2],
  [0.75, -1, 0.75],
])('from %d by %d steps the speed is %d', (speed, steps, beside) => {
  expect(speedBeside(speed, steps)).toBe(beside);
});

test.each([
  ['1.5', 1.5],
  ['16', 1],
  ['fast', 1],
  [undefined, 1],
])('a kept speed of %s is %d', (kept, speed) => {
  expect(keptSpeed(kept)).toBe(speed);
});
