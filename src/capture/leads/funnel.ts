import type { Context } from '#capture/context.ts';

import type { CohortFilter, CohortTotal, LeadWait, ViewFilter, ViewTotal } from '#capture/store/leads.ts';
import { leadSources, type HeardDayRow, type LeadSource } from '#capture/store/tables.ts';
import {
  leadSourceNames,
  type AnswerTime,
  type AnswerTimes,
  type FunnelQuery,
  type FunnelRow,
  type FunnelView,
  type HeardCount,
  type HeardView,
  type Named,
} from '#site/lead-desk.ts';
import { entryNamed, paperAt, paperNamed } from './names.ts';
import { choicesOf } from './list.ts';
import { answeredWithin, waitQuantile, waitsByGroup, wilsonInterval, type Waits } from './statistics.ts';
import { weekTimes } from './time-zone.ts';

const day = 24 * 60 * 60_000;
const week = 7 * day;
/** How many weeks a funnel can be of. */
export const funnelWeeks = ['4', '12', '52'] as const;
/** Under so many leads there is no rate. */
const fewest = 5;

/**
 * How far those came who asked for a whitepaper in the last weeks: the requests of the period, each counted at every step
 * that it has reached until now. Views are counted by day, and have no reader.
 */
export async function readFunnel(context: Context, query: FunnelQuery): Promise<FunnelView> {
  const period = periodOf(query, context.clock());
  const paper = slugIn(query.paper);
  const partner = slugIn(query.partner);
  const [cohort, views] = filters(period, paper, partner);
  const { reading } = context.store;
  const [totals, weeks, waits, viewTotals, viewDays] = await Promise.all([
    reading.cohort(cohort),
    reading.cohortWeeks(cohort),
    reading.cohortWaits(cohort),
    reading.views(views),
    reading.viewDays(views),
  ]);
  const { partners, papers } = choicesOf(context);
  const parts = partsOf(totals, viewTotals);
  const total = rowOf(parts);
  return {
    ...period,
    ...{ paper, partner, timeZone: zoneOf(context), answerWithin: context.answerWithin, total },
    papers: named(
      parts,
      ({ paper }) => paper,
      (slug) => {
        const { title, url } = paperNamed(context, slug);
        return { name: title, url };
      },
    ),
    entries: named(
      parts,
      ({ entry }) => entry,
      (id) => {
        if (id === '') return { name: 'No entry' };
        const { title, url } = entryNamed(context, id);
        return { name: title, url };
      },
    ),
    sources: leadSources.map((source) => ({
      ...{ key: source, name: leadSourceNames[source] },
      ...rowOf(parts.filter((part) => part.source === source)),
    })),
    partners: named(
      parts.filter(({ partner }) => partner !== ''),
      ({ partner }) => partner,
      (slug) => {
        const known = context.site.partners?.find((each) => each.slug === slug);
        return { name: known?.name ?? slug, url: known?.url };
      },
    ),
    byWeek: Array.from({ length: period.weeks }, (_, index) => {
      const at = period.since + index * week;
      const own = weeks.find((each) => each.week === at);
      const seen = viewDays.filter(({ day: date }) => Math.floor((Date.parse(date) - period.since) / week) === index);
      const { submitted = 0, confirmed = 0, downloaded = 0, answered = 0, won = 0 } = own ?? {};
      return { at, views: sum(seen, ({ n }) => n), submitted, confirmed, downloaded, answered, won };
    }),
    answers: answerTimes(waits, zoneOf(context), {
      ...{
        waiting: total.waiting,
        longestWait: longestWait(totals, context.clock()),
        answerWithin: context.answerWithin,
      },
    }),
    choices: { papers, partners },
  };
}

/** Which episode was heard how often, and which led to which whitepaper. */
export async function readHeard(context: Context, query: Pick<FunnelQuery, 'weeks'>): Promise<HeardView> {
  const period = periodOf(query, context.clock());
  const [cohort, views] = filters(period, '', '');
  const { reading } = context.store;
  const [totals, viewTotals, heard] = await Promise.all([
    reading.cohort(cohort),
    reading.views(views),
    reading.heard({ since: views.since, until: views.until }),
  ]);
  const counted = partsOf(totals, viewTotals).filter(({ entry }) => entry.startsWith('episodes/'));
  // What was heard and led nobody anywhere has a row as well.
  const silent = [...new Set(heard.map(({ entry }) => entry))].filter(
    (id) => !counted.some(({ entry }) => entry === id),
  );
  const parts = [...counted, ...partsOf([], silent.map(unseen))];
  const slugs = named(
    counted,
    ({ paper }) => paper,
    (slug) => ({ name: paperNamed(context, slug).title }),
  );
  const papers = slugs.filter(({ confirmed }) => confirmed > 0).map(({ key, name }) => ({ slug: key, title: name }));
  const isElsewhere = (id: string) => context.site.entries.some((entry) => entry.id === id && entry.isElsewhere);
  return {
    ...period,
    papers,
    heard: heardOf(heard),
    elsewhere: context.site.entries.filter((entry) => entry.isElsewhere).length,
    episodes: named(
      parts,
      ({ entry }) => entry,
      (id) => {
        const { title, url, label } = entryNamed(context, id);
        return { name: label ? `${label}, ${title}` : title, url };
      },
    ).map((episode) => ({
      ...episode,
      heard: heardOf(heard.filter(({ entry }) => entry === episode.key)),
      isElsewhere: isElsewhere(episode.key),
      leadsByPaper: papers.map(({ slug }) =>
        sum(
          parts.filter(({ entry, paper }) => entry === episode.key && paper === slug),
          ({ confirmed }) => confirmed,
        ),
      ),
    })),
  };
}

const unseen = (fromEntry: string): ViewTotal => ({
  ...{ landing: '', fromEntry, source: 'episode', partner: '', n: 0 },
});

function heardOf(rows: readonly Pick<HeardDayRow, 'kind' | 'n'>[]): HeardCount {
  const of = (kind: HeardDayRow['kind']) =>
    sum(
      rows.filter((row) => row.kind === kind),
      ({ n }) => n,
    );
  return { app: of('app'), player: of('player'), download: of('download') };
}

/** Whole weeks from a Monday on, in UTC as views are counted; the last one is this week, which is not over. */
function periodOf({ weeks: asked }: Pick<FunnelQuery, 'weeks'>, now: number) {
  const weeks = Number(funnelWeeks.find((each) => each === asked) ?? '12');
  // 5 January 1970 was a Monday.
  const monday = Math.floor((now - 4 * day) / week) * week + 4 * day;
  return { weeks, since: monday - (weeks - 1) * week, until: now };
}

function filters({ since, until }: { since: number; until: number }, asset: string, partner: string) {
  const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  const cohort: CohortFilter = { since, until: until + 1, asset: asset || undefined, partner: partner || undefined };
  const views: ViewFilter = {
    ...{ since: dayOf(since), until: dayOf(until), partner: partner || undefined },
    landing: asset ? `/whitepapers/${asset}/` : undefined,
  };
  return [cohort, views] as const;
}

const slugIn = (value: string | undefined) => (/^[\w-]{1,120}$/.test(value ?? '') ? (value ?? '') : '');
const zoneOf = ({ site }: Context) => site.timeZone ?? 'UTC';
const sum = <Item>(items: readonly Item[], of: (item: Item) => number) => items.reduce((n, item) => n + of(item), 0);

/** What was counted of one paper and one sender: leads, or views. */
type Part = Omit<FunnelRow, 'rate'> & { paper: string; entry: string; source: LeadSource; partner: string };

function partsOf(totals: readonly CohortTotal[], views: readonly ViewTotal[]): Part[] {
  const none = { submitted: 0, confirmed: 0, downloaded: 0, answered: 0, won: 0, waiting: 0, unwanted: 0, value: 0 };
  return [
    ...totals.map(({ asset, fromEntry, partner, ...counts }) => ({
      ...{ ...counts, paper: asset, entry: fromEntry ?? '', partner: partner ?? '', views: 0 },
    })),
    ...views.map(({ landing, fromEntry, source, partner, n }) => ({
      ...{ ...none, paper: paperAt(landing), entry: fromEntry, source, partner, views: n },
    })),
  ];
}

function rowOf(parts: readonly Part[]): FunnelRow {
  const of = (name: keyof Omit<FunnelRow, 'rate'>) => sum(parts, (part) => part[name]);
  const row = {
    ...{ views: of('views'), submitted: of('submitted'), confirmed: of('confirmed'), downloaded: of('downloaded') },
    ...{
      answered: of('answered'),
      won: of('won'),
      waiting: of('waiting'),
      unwanted: of('unwanted'),
      value: of('value'),
    },
  };
  const range = row.confirmed < fewest ? undefined : wilsonInterval(row.confirmed, row.views);
  if (!range) return row;
  return { ...row, rate: { per100: (100 * row.confirmed) / row.views, low: 100 * range.low, high: 100 * range.high } };
}

/** The rows of what has a name, those with most leads first. */
function named(
  parts: readonly Part[],
  keyOf: (part: Part) => string,
  nameOf: (key: string) => { name: string; url?: string | undefined },
): Named<FunnelRow>[] {
  return [...Map.groupBy(parts, keyOf)]
    .map(([key, own]) => ({ key, ...nameOf(key), ...rowOf(own) }))
    .toSorted((one, two) => two.confirmed - one.confirmed || two.views - one.views || (one.key < two.key ? -1 : 1));
}

function longestWait(totals: readonly CohortTotal[], now: number): number | undefined {
  const since = totals.flatMap(({ waitingSince }) => waitingSince ?? []);
  return since.length > 0 ? Math.max(0, now - Math.min(...since)) : undefined;
}

/** How many hours of the day a cell of the week has. */
const cellHours = 4;
const cellsPerDay = 24 / cellHours;

/** The time to the first answer of leads, by when they confirmed. */
export function answerTimes(
  leads: readonly LeadWait[],
  timeZone: string,
  { waiting, longestWait, answerWithin }: { waiting: number; longestWait: number | undefined; answerWithin: number },
): AnswerTimes {
  const timeOf = weekTimes(timeZone);
  const cellOf = (moment: number) => {
    const { weekday, hour } = timeOf(moment);
    return weekday * cellsPerDay + Math.floor(hour / cellHours);
  };
  const { all, groups, wider } = waitsByGroup(leads, cellOf, {
    groups: 7 * cellsPerDay,
    wider: { of: (cell) => Math.floor(cell / cellsPerDay), count: 7 },
  });
  const timesOf = (waits: Waits) => answerTimeOf(waits, answerWithin);
  return {
    all: { ...timesOf(all), waiting, longestWait },
    weekdays: wider.map(timesOf),
    cells: wider.map((_, weekday) => groups.slice(weekday * cellsPerDay, (weekday + 1) * cellsPerDay).map(timesOf)),
  };
}

function answerTimeOf(waits: Waits, target: number): AnswerTime {
  return {
    leads: waits.answered.length + waits.unanswered,
    answered: waits.answered.length,
    withinTarget: answeredWithin(waits, target),
    median: waitQuantile(waits, 0.5),
    p90: waitQuantile(waits, 0.9),
  };
}
