import { describe, expect, it } from 'vitest';
import { weekTimes } from '#capture/leads/time-zone.ts';

describe('the day and hour of a moment', () => {
  it.each([
    ['UTC', '2026-01-15T12:00:00Z', 3, 12],
    ['UTC', '2026-01-18T23:59:59Z', 6, 23],
    ['UTC', '2026-01-19T00:00:00Z', 0, 0],
    ['Europe/Berlin', '2026-01-18T23:30:00Z', 0, 0],
    ['Europe/Berlin', '2026-07-19T21:59:00Z', 6, 23],
    ['Europe/Berlin', '2026-07-19T22:00:00Z', 0, 0],
    ['America/New_York', '2026-01-15T03:00:00Z', 2, 22],
    ['Asia/Kolkata', '2026-01-15T18:30:00Z', 4, 0],
    // Half an hour of summer time, which ends at half past three in UTC.
    ['Australia/Lord_Howe', '2026-04-04T14:59:00Z', 6, 1],
    ['UTC', '1969-12-31T23:00:00Z', 2, 23],
  ])('in %s, %s, is that of its clocks', (zone, moment, weekday, hour) => {
    expect(weekTimes(zone)(Date.parse(moment))).toEqual({ weekday, hour });
  });

  it('is what the time zone says at every hour of two years', () => {
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const zone = 'Europe/London';
    const timeOf = weekTimes(zone);
    const format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      weekday: 'short',
      hour: 'numeric',
      hourCycle: 'h23',
    });
    for (let moment = Date.UTC(2025, 0, 1, 0, 17); moment < Date.UTC(2027, 0, 1); moment += 3_600_000) {
      const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
      const { weekday, hour } = timeOf(moment);
      expect(`${days[weekday]} ${hour}`).toBe(`${parts['weekday']} ${Number(parts['hour'])}`);
    }
  });
});
