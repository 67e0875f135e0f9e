import { tzOffset } from '@date-fns/tz';
import type { ZoneOffset } from '#capture/store/leads.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * What the clocks of a time zone (IANA) show from `since` to `until`, in milliseconds since 1970, the earliest first. Before
 * and after, the first and the last go on. Clocks are taken to be changed at most once a day.
 */
export function zoneOffsets(timeZone: string, since: number, until: number): ZoneOffset[] {
  const offsetAt = (moment: number) => tzOffset(timeZone, new Date(moment)) * minute;
  const offsets: ZoneOffset[] = [];
  let [at, offset] = [since, offsetAt(since)];
  while (at < until) {
    const next = Math.min(at + day, until);
    const nextOffset = offsetAt(next);
    if (nextOffset !== offset) {
      offsets.push({ offset, until: firstAt(at, next, (moment) => offsetAt(moment) === nextOffset) });
      offset = nextOffset;
    }
    at = next;
  }
  return [...offsets, { offset, until: Infinity }];
}

/** The first whole number after `before` for which `holds`, as it does not for `before` and does for `after`. */
function firstAt(before: number, after: number, holds: (moment: number) => boolean): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
