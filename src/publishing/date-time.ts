/** The day (2026-11-22) and the time (09:05) of an instant in ISO 8601, in a time zone (IANA). */
export const dateTime = (iso: string, timezone: string): string[] =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: timezone })
    .format(new Date(iso))
    .split(' ');
