import { describe, expect, it } from 'vitest';
import { zoneOffsets } from '#capture/leads/time-zone.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What a clock of the zone shows. */
function clockAt(offsets: ReturnType<typeof zoneOffsets>, moment: number) {
  const local = moment + (offsets.find(({ until }) => moment < until)?.offset ?? Number.NaN);
  // 1 January 1970 was a Thursday.
  return { weekday: (Math.floor(local / day) + 3 + 7) % 7, hour: Math.floor((((local % day) + day) % day) / hour) };
}

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
    const at = Date.parse(moment);
    for (const [since, until] of [
      [at, at],
      [at - 400 * day, at],
      [at - 1, at + 400 * day],
    ] as const)
      expect(clockAt(zoneOffsets(zone, since, until), at)).toEqual({ weekday, hour });
  });

  it('is what the time zone says at every hour of two years', () => {
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const zone = 'Europe/London';
    const [begin, end] = [Date.UTC(2025, 0, 1, 0, 17), Date.UTC(2027, 0, 1)];
    const offsets = zoneOffsets(zone, begin, end);
    expect(offsets).toHaveLength(5);
    const format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      weekday: 'short',
      hour: 'numeric',
      hourCycle: 'h23',
    });
    for (let moment = begin; moment < end; moment += hour) {
      const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
      const shown = clockAt(offsets, moment);
      expect(`${days[shown.weekday]} ${shown.hour}`).toBe(`${parts['weekday']} ${Number(parts['hour'])}`);
    }
  });

  it('changes in the millisecond in which the clocks are changed', () => {
    const [before, , after] = zoneOffsets('Europe/Berlin', Date.UTC(2026, 0, 1, 5), Date.UTC(2026, 11, 1));
    expect(before).toEqual({ offset: hour, until: Date.UTC(2026, 2, 29, 1) });
    expect(after).toEqual({ offset: hour, until: Infinity });
  });
});
