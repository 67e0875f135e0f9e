import { TZDate } from '@date-fns/tz';
import type { ShownDate } from './records.ts';

/** What a `date` field of the content holds, as an instant: a day begins at midnight in `timezone` (IANA). */
export function instant(date: string, timezone: string): Date {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!day) return new Date(date);
  const [year, month, dayOfMonth] = day.slice(1).map(Number) as [number, number, number];
  return new Date(new TZDate(year, month - 1, dayOfMonth, timezone).getTime());
}

export function shownDate(at: Date, { language, timezone }: { language: string; timezone: string }): ShownDate {
  return {
    iso: at.toISOString(),
    text: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timezone }).format(at),
  };
}
