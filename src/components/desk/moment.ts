/** How the desk shows moments: in the language and time zone of the series. */
export interface Zone {
  language: string;
  timezone: string;
}

const day = 24 * 60 * 60_000;

/** A moment, seen from `now`: "today, 08:58", "yesterday, 18:20", "2 December, 07:00". Both in milliseconds since 1970. */
export function shownMoment(at: number, now: number, { language, timezone }: Zone): string {
  const time = new Date(at).toLocaleTimeString(language, { timeStyle: 'short', timeZone: timezone });
  return `${dayOf(at, now, { language, timezone })}, ${time}`;
}

function dayOf(at: number, now: number, { language, timezone }: Zone): string {
  const key = (moment: number) => new Date(moment).toLocaleDateString('sv', { timeZone: timezone });
  if (key(at) === key(now)) return 'today';
  if (key(at) === key(now - day)) return 'yesterday';
  if (key(at) === key(now + day)) return 'tomorrow';
  const isFar = Math.abs(at - now) > 300 * day;
  return new Date(at).toLocaleDateString(language, {
    ...{ day: 'numeric', month: 'long', timeZone: timezone },
    ...(isFar && { year: 'numeric' as const }),
  });
}

/** What stands on the tab of a page: "Wed 26 November, 09:40". */
export function tabMoment(now: number, { language, timezone }: Zone): string {
  const date = new Date(now);
  const shown = date.toLocaleDateString(language, {
    ...({ weekday: 'short', day: 'numeric', month: 'long' } as const),
    timeZone: timezone,
  });
  return `${shown}, ${date.toLocaleTimeString(language, { timeStyle: 'short', timeZone: timezone })}`;
}

/** How far away a moment is, in one unit: "in 6 days", "14 h ago". */
export function distanceTo(at: number, now: number): string {
  const length = lengthOf(Math.abs(at - now));
  return at >= now ? `in ${length}` : `${length} ago`;
}

/** A length of time in one unit: "40 min", "14 h", "6 days". */
export function lengthOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const hours = Math.round(minutes / 60);
  return minutes < 60 ? `${minutes} min` : hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** Whether a moment to come is near enough to be counted in days. */
export const isSoon = (at: number, now: number): boolean => at - now < 100 * day;
