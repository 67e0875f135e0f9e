import { UsageError } from './command-line.ts';

/** What follows `--since` and its like, in milliseconds since 1970: a day (UTC) or a time with its offset, ISO 8601. */
export function moment(option: string, written: string): number {
  const parts = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.exec(written);
  const at = parts ? Date.parse(written) : Number.NaN;
  // Date.parse takes the 30th of February for the 2nd of March.
  if (Number.isNaN(at) || !isDay(parts?.[1] ?? ''))
    throw new UsageError(
      `${option} is not a date: “${written}”. Write a day, ${option} 2026-01-31, or 2026-01-31T09:00Z`,
    );
  return at;
}

/** What follows `--since` and its like where days are counted: `2026-01-31`, in UTC. */
export function day(option: string, written: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(written) || !isDay(written))
    throw new UsageError(`${option} is not a day: “${written}”. Write ${option} 2026-01-31`);
  return written;
}

/** A moment as tables show it, `2026-01-31T09:00Z`. */
export const shownMoment = (at: number) => `${new Date(at).toISOString().slice(0, 16)}Z`;

/** How long something took or waits: "5 s", "12 min", "3 h", "2 days". */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

const isDay = (written: string) => {
  const at = Date.parse(`${written}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(written);
};
