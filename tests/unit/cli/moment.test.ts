import { expect, test } from 'vitest';
import { UsageError } from '../../../src/cli/command-line.ts';
import { day, duration, moment, shownMoment } from '../../../src/cli/moment.ts';

test('a day begins at midnight in UTC, and a time has its offset', () => {
  expect(moment('--since', '2026-01-31')).toBe(Date.UTC(2026, 0, 31));
  expect(moment('--since', '2026-01-31T09:30+01:00')).toBe(Date.UTC(2026, 0, 31, 8, 30));
  expect(shownMoment(Date.UTC(2026, 0, 31, 8, 30, 59))).toBe('2026-01-31T08:30Z');
});

test.each(['yesterday', '2026-02-30', '2026-13-01', '31.01.2026', '2026-01-31T09:30', '2026', ''])(
  '“%s” is no date, and the error shows one that is',
  (written) => {
    expect(() => moment('--since', written)).toThrow(UsageError);
    expect(() => moment('--since', written)).toThrow('--since 2026-01-31');
    expect(() => day('--until', written)).toThrow('--until 2026-01-31');
  },
);

test('a day is taken as it is written', () => {
  expect(day('--since', '2024-02-29')).toBe('2024-02-29');
});

test('a duration is told in the unit that fits', () => {
  expect([5_000, 90_000, 600_000, 7_200_000, 172_800_000].map(duration)).toEqual([
    '5 s',
    '90 s',
    '10 min',
    '2 h',
    '2 days',
  ]);
});
