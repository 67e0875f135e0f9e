import { expect, test } from 'vitest';
import { instant, shownDate } from '#catalog/date.ts';
import { clock, isoDuration, spokenLength } from '#site/length.ts';

test.each([
  ['UTC', '2026-01-15', '2026-01-15T00:00:00.000Z'],
  ['UTC', '2026-07-15', '2026-07-15T00:00:00.000Z'],
  ['America/New_York', '2026-01-15', '2026-01-15T05:00:00.000Z'],
  ['America/New_York', '2026-07-15', '2026-07-15T04:00:00.000Z'],
  ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
  ['America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'],
  ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z'],
  ['America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z'],
  ['Europe/Lisbon', '2026-03-29', '2026-03-29T00:00:00.000Z'],
  ['Europe/Lisbon', '2026-03-30', '2026-03-29T23:00:00.000Z'],
  ['Europe/Lisbon', '2026-10-25', '2026-10-24T23:00:00.000Z'],
  ['Europe/Lisbon', '2026-10-26', '2026-10-26T00:00:00.000Z'],
  ['Asia/Kolkata', '2026-01-15', '2026-01-14T18:30:00.000Z'],
  ['Asia/Kolkata', '2026-07-15', '2026-07-14T18:30:00.000Z'],
  ['America/New_York', '2028-02-29', '2028-02-29T05:00:00.000Z'],
])('in %s the day %s begins at %s', (timezone, day, begins) => {
  expect(instant(day, timezone).toISOString()).toBe(begins);
});

test('a day whose midnight the clocks skip still is that day', () => {
  const timezone = 'America/Havana';
  const at = instant('2026-03-08', timezone);
  expect(at.toISOString()).toBe('2026-03-08T05:00:00.000Z');
  expect(shownDate(at, { language: 'en-GB', timezone }).text).toBe('8 March 2026');
});

test.each([
  ['2026-11-22T09:00:00-05:00', '2026-11-22T14:00:00.000Z'],
  ['2026-11-22T09:00:00+05:30', '2026-11-22T03:30:00.000Z'],
  ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00.000Z'],
])('the instant %s is the same in every time zone of a series', (date, at) => {
  for (const timezone of ['America/New_York', 'Asia/Kolkata', 'UTC'])
    expect(instant(date, timezone).toISOString()).toBe(at);
});

test('a date is shown in the words of the language and in the time zone of the series', () => {
  const at = instant('2026-11-22', 'America/New_York');
  expect(shownDate(at, { language: 'en-US', timezone: 'America/New_York' })).toEqual({
    iso: '2026-11-22T05:00:00.000Z',
    text: 'November 22, 2026',
  });
  expect(shownDate(at, { language: 'en-GB', timezone: 'Pacific/Honolulu' }).text).toBe('21 November 2026');
  expect(shownDate(at, { language: 'pt-BR', timezone: 'Asia/Kolkata' }).text).toBe('22 de novembro de 2026');
});

test.each([
  [0, '0:00'],
  [9, '0:09'],
  [59.6, '0:59'],
  [60, '1:00'],
  [245, '4:05'],
  [599, '9:59'],
  [600, '10:00'],
  [3599.9, '59:59'],
  [3600, '1:00:00'],
  [3729, '1:02:09'],
  [86_399, '23:59:59'],
  [360_000, '100:00:00'],
])('a clock shows %d seconds as %s, and no second before it has passed', (seconds, shown) => {
  expect(clock(seconds)).toBe(shown);
});

test.each([
  [0, '0 s'],
  [40.4, '40 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [60, '1 min'],
  [89, '1 min'],
  [90, '2 min'],
  [1440, '24 min'],
  [3599.9, '1 h'],
  [3600, '1 h'],
  [3900, '1 h 5 min'],
  [86_399, '24 h'],
])('people say %d seconds as %s', (seconds, said) => {
  expect(spokenLength(seconds)).toBe(said);
});

test.each([
  [0, 'PT0S'],
  [0.4, 'PT0S'],
  [59.6, 'PT1M'],
  [60, 'PT1M'],
  [61, 'PT1M1S'],
  [3599.9, 'PT1H'],
  [3600, 'PT1H'],
  [3601, 'PT1H1S'],
  [3729, 'PT1H2M9S'],
  [86_399, 'PT23H59M59S'],
  [90_000, 'PT25H'],
])('%d seconds are the ISO 8601 duration %s', (seconds, duration) => {
  expect(isoDuration(seconds)).toBe(duration);
});
