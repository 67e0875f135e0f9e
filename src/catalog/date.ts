import { TZDate } from '@date-fns/tz';

/** What a `date` field of the content holds, as an instant: a day begins at midnight in `timezone` (IANA). */
export function instant(date: string, timezone: string): Date {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!day) return new Date(date);
  const [year, month, dayOfMonth] = day.slice(1).map(Number) as [number, number, number];
  return new Date(new TZDate(year, month - 1, dayOfMonth, timezone).getTime());
}

/** A date as readers see it ("22 November 2026") and as machines do (ISO 8601, in UTC). */
export interface ShownDate {
  iso: string;
  text: string;
}

export function shownDate(at: Date, { language, timezone }: { language: string; timezone: string }): ShownDate {
  return {
    iso: at.toISOString(),
    text: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timezone }).format(at),
  };
}

/** Seconds as a clock shows them: `4:05`, `1:02:09`. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0(?=\d)/, '');
}

/** Seconds as people say them: `24 min`, `1 h 5 min`, `40 s`. */
export function spokenLength(seconds: number): string {
  if (Math.round(seconds) < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? `${minutes} min`
    : [`${Math.floor(minutes / 60)} h`, minutes % 60 && `${minutes % 60} min`].filter(Boolean).join(' ');
}

/** Seconds as an ISO 8601 duration: `PT1H2M9S`. */
export function isoDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest || whole === 0 ? `${rest}S` : ''}`;
}
