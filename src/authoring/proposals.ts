import { TZDate } from '@date-fns/tz';
import { instant, isDay } from '#catalog/date.ts';
import type { Collection } from '#catalog/content.ts';
import type { Edition } from './edition.ts';
import type { SourceEntry } from './source.ts';

/** What follows from the entries that are there. */
export interface Proposals {
  /**
   * The number after the highest one of the newest season, drafts and scheduled episodes with it; none where the series is
   * not numbered.
   */
  number: number | undefined;
  season: number | undefined;
  /** When the next episode is due by the rhythm of the last ones, and when a post is: today. */
  episodeDate: string;
  today: string;
  hosts: string[];
}

export function proposals({ folder, clock, catalog, isComplete }: Edition): Proposals {
  const { data } = folder.show.yaml;
  const episodes = of(folder.entries, 'episodes');
  const timezone = isComplete ? catalog.show.timezone : 'UTC';
  const seasons = episodes.flatMap(({ season }) => (typeof season === 'number' ? [season] : []));
  const season = seasons.length > 0 ? Math.max(...seasons) : undefined;
  const numbers = episodes.flatMap((each) =>
    each['season'] === season && typeof each['number'] === 'number' ? [each['number']] : [],
  );
  const dates = episodes.flatMap(({ publishedAt }) => (isDate(publishedAt) ? [publishedAt] : []));
  const today = dayOf(clock.now, timezone);
  return {
    number: data['numbered'] === false ? undefined : Math.max(0, ...numbers) + 1,
    season,
    episodeDate: nextDate(dates, today, timezone),
    today,
    hosts: [data['hosts']].flat().filter((slug) => typeof slug === 'string'),
  };
}

const of = (entries: readonly SourceEntry[], collection: Collection) =>
  entries.flatMap((entry) => (entry.collection === collection ? [entry.yaml.data] : []));

const isDate = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** So many of the last distances between episodes show the rhythm of a series. */
const lastDistances = 6;

/**
 * The day after the last one by the most usual distance between the last few, at the time of day of the last one; today,
 * where that day is over or there is no rhythm.
 */
function nextDate(dates: readonly string[], today: string, timezone: string): string {
  const sorted = dates.toSorted((a, b) => instant(a, timezone).getTime() - instant(b, timezone).getTime());
  const last = sorted.at(-1);
  if (last === undefined) return today;
  const days = sorted.map((date) => Date.parse(dayOf(instant(date, timezone), timezone)) / dayLength);
  const distances = days.slice(1).map((day, i) => day - (days[i] ?? day));
  const usual = distances.slice(-lastDistances).toSorted((a, b) => a - b);
  const distance = usual[Math.floor(usual.length / 2)] ?? 0;
  const due = new Date(((days.at(-1) ?? 0) + distance) * dayLength).toISOString().slice(0, 10);
  const day = distance > 0 && due >= today ? due : today;
  return isDay(last) ? day : atTimeOf(instant(last, timezone), day, timezone);
}

const dayLength = 86_400_000;

/** A day in a time zone, `2026-11-22`. */
const dayOf = (moment: Date, timezone: string) => new TZDate(moment.getTime(), timezone).toISOString().slice(0, 10);

function atTimeOf(moment: Date, day: string, timezone: string): string {
  const clock = new TZDate(moment.getTime(), timezone);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new TZDate(year, month - 1, date, clock.getHours(), clock.getMinutes(), 0, timezone)
    .toISOString()
    .replace('.000', '');
}
