import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SleepTimer } from '#components/player/sleep.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const minute = 60_000;

function started(choice: string) {
  const ends: number[] = [];
  const timer = new SleepTimer(() => ends.push(performance.now()));
  timer.set(choice);
  return { timer, ends, begun: performance.now() };
}

test('says how many minutes are left, a begun one included', () => {
  const { timer } = started('5');
  expect(timer.minutesLeft).toBe(5);
  vi.advanceTimersByTime(minute + 1);
  expect(timer.minutesLeft).toBe(4);
  vi.advanceTimersByTime(3.9 * minute);
  expect(timer.minutesLeft).toBe(1);
});

test('is put off from when it would have ended', () => {
  const { timer, ends, begun } = started('15');
  vi.advanceTimersByTime(10 * minute);
  timer.putOff(5);
  expect(timer.minutesLeft).toBe(10);
  vi.advanceTimersByTime(20 * minute);
  expect(ends.map((end) => end - begun)).toEqual([20 * minute]);
});

test.each(['off', 'end'])('counts no minutes when "%s" is chosen', (choice) => {
  const { timer, ends } = started('5');
  timer.set(choice);
  expect(timer.minutesLeft).toBe(undefined);
  vi.advanceTimersByTime(60 * minute);
  expect(ends).toEqual([]);
});
