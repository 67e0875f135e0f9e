/**
 * The moment that a field for date and time (`2026-12-01T09:30`, HTML `datetime-local`) names in a time zone (IANA), in
 * milliseconds since 1970; undefined for what is none. One that the clocks leave out is the one an hour later, and of one that
 * they show twice it is the first.
 */
export function momentIn(typed: string, timeZone: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/.test(typed)) return undefined;
  const local = Date.parse(`${typed}Z`);
  if (Number.isNaN(local)) return undefined;
  // Of the two offsets around it, the one that leads back to what was typed.
  const guesses = [local - day, local + day].map((near) => local - offsetAt(near, timeZone));
  return guesses.find((guess) => guess + offsetAt(guess, timeZone) === local) ?? Math.max(...guesses);
}

const day = 24 * 60 * 60_000;

/** How far the clocks of a time zone are before UTC, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const shown = new Date(moment).toLocaleString('sv', { timeZone }).replace(' ', 'T');
  return Date.parse(`${shown}Z`) - Math.floor(moment / 1000) * 1000;
}
