import { expect, test } from 'vitest';
import { distanceTo, shownMoment, tabMoment } from '#components/desk/moment.ts';

const zone = { language: 'en-GB', timezone: 'Europe/Berlin' };
const at = (iso: string) => Date.parse(iso);
const now = at('2026-11-26T08:40:00Z');

test.each([
  ['2026-11-26T07:58:00Z', 'today, 08:58'],
  ['2026-11-25T23:30:00Z', 'today, 00:30'],
  ['2026-11-25T17:20:00Z', 'yesterday, 18:20'],
  ['2026-11-27T06:00:00Z', 'tomorrow, 07:00'],
  ['2026-12-02T06:00:00Z', '2 December, 07:00'],
  ['2025-01-02T06:00:00Z', '2 January 2025, 07:00'],
])('%s is shown as "%s", in the time zone of the series', (iso, shown) => {
  expect(shownMoment(at(iso), now, zone)).toBe(shown);
});

test('the tab says the day and the time', () => {
  expect(tabMoment(now, zone)).toBe('Thu 26 November, 09:40');
});

test.each([
  ['2026-11-26T08:52:00Z', 'in 12 min'],
  ['2026-11-25T18:40:00Z', '14 h ago'],
  ['2026-12-02T06:00:00Z', 'in 6 days'],
])('%s is %s', (iso, words) => {
  expect(distanceTo(at(iso), now)).toBe(words);
});
