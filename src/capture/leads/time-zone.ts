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
 * What day and hour it is in a time zone (IANA) at a moment, in milliseconds since 1970. To ask a zone takes long: it is asked
 * once a day, and on the day of a change once each half hour, at which clocks are changed. A hundred thousand moments of a
 * year are few of those.
 */
export function weekTimes(timeZone: string): (moment: number) => WeekTime {
  const known = new Map<number, number>();
  const asked = (moment: number) => {
    const before = known.get(moment);
    if (before !== undefined) return before;
    const offset = tzOffset(timeZone, new Date(moment)) * minute;
    known.set(moment, offset);
    return offset;
  };
  let [today, offset] = [Number.NaN, Number.NaN];
  const offsetAt = (moment: number) => {
    const date = Math.floor(moment / day);
    // Most come in their order.
    if (date !== today) {
      const [begin, end] = [asked(date * day), asked((date + 1) * day)];
      [today, offset] = [date, begin === end ? begin : Number.NaN];
    }
    return Number.isNaN(offset) ? asked(Math.floor(moment / half) * half) : offset;
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
