import { tzOffset } from '@date-fns/tz';

/** A place in the week. */
export interface WeekTime {
  /** 0 is Monday. */
  weekday: number;
  hour: number;
}

const minute = 60_000;
const half = 30 * minute;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * What day and hour it is in a time zone (IANA) at a moment, in milliseconds since 1970. Clocks are changed at half hours or
 * whole ones, of which the zone is asked once each: a hundred thousand moments of a year are few of those.
 */
export function weekTimes(timeZone: string): (moment: number) => WeekTime {
  const offsets = new Map<number, number>();
  const offsetAt = (moment: number) => {
    const slot = Math.floor(moment / half);
    const known = offsets.get(slot);
    if (known !== undefined) return known;
    const offset = tzOffset(timeZone, new Date(slot * half)) * minute;
    offsets.set(slot, offset);
    return offset;
  };
  return (moment) => {
    const local = moment + offsetAt(moment);
    // 1 January 1970 was a Thursday.
    return {
      weekday: (((Math.floor(local / day) + 3) % 7) + 7) % 7,
      hour: Math.floor((((local % day) + day) % day) / hour),
    };
  };
}
