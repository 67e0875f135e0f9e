import { TZDate } from '@date-fns/tz';
import type { ShownDate } from './records.ts';

/** What a `date` field of the content holds, as an instant: a day begins at midnight in `timezone` (IANA). */
export function instant(date: string, timezone: string): Date {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!day) return new Date(date);
  const key = `${date} ${timezone}`;
  let midnight = midnights.get(key);
  if (midnight === undefined) {
    const [year, month, dayOfMonth] = day.slice(1).map(Number) as [number, number, number];
    midnights.set(key, (midnight = new TZDate(year, month - 1, dayOfMonth, timezone).getTime()));
  }
  return new Date(midnight);
}

/** Whether a `date` field names a day alone, without a time. */
export const isDay = (date: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(date);

/** A day is asked for each time that entries are compared, and zones are slow to tell. */
const midnights = new Map<string, number>();

export function shownDate(at: Date, { language, timezone }: { language: string; timezone: string }): ShownDate {
  return {
    iso: at.toISOString(),
    text: formatter(language, timezone).format(at),
  };
}

/** Making one is what formatting a date costs. */
function formatter(language: string, timezone: string): Intl.DateTimeFormat {
  const key = `${language} ${timezone}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timezone });
  formatters.set(key, made);
  return made;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
