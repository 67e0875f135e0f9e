import { TZDate } from '@date-fns/tz';
import type { ShownDate } from './records.ts';

/** What a `date` field of the content holds, as an instant: a day begins at midnight in `timezone` (IANA). */
export function instant(date: string, timezone: string): Date {
  const known = `${date} ${timezone}`;
  let at = instants.get(known);
  if (at === undefined) instants.set(known, (at = milliseconds(date, timezone)));
  return new Date(at);
}

/** Entries of a day ask for the same one, and reckoning in time zones is slow. */
const instants = new Map<string, number>();

function milliseconds(date: string, timezone: string): number {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!day) return Date.parse(date);
  const [year, month, dayOfMonth] = day.slice(1).map(Number) as [number, number, number];
  return new TZDate(year, month - 1, dayOfMonth, timezone).getTime();
}

export function shownDate(at: Date, { language, timezone }: { language: string; timezone: string }): ShownDate {
  return {
    iso: at.toISOString(),
    text: format(language, timezone).format(at),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, timezone: string): Intl.DateTimeFormat {
  const known = `${language} ${timezone}`;
  const found = formats.get(known) ?? new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timezone });
  formats.set(known, found);
  return found;
}
