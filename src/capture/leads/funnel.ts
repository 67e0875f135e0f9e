import type { Context } from '#capture/context.ts';

import type { CohortFilter, CohortGroup, CohortLead, ViewFilter, ViewTotal, WeekClock } from '#capture/store/leads.ts';
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
import { zoneOffsets } from './time-zone.ts';

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
  const [groups, viewTotals, viewDays] = await Promise.all([
    reading.cohort(cohort, weekClock(context, cohort)),
    reading.views(views),
    reading.viewDays(views),
  ]);
  const { partners, papers } = choicesOf(context);
  const parts = partsOf(groups, viewTotals);
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
    byWeek: byWeek(period, groups, viewDays),
    answers: answerTimes(groups, context),
    choices: { papers, partners },
  };
}

/** Which episode was heard how often, and which led to which whitepaper. */
export async function readHeard(context: Context, query: Pick<FunnelQuery, 'weeks'>): Promise<HeardView> {
  const period = periodOf(query, context.clock());
  const [cohort, views] = filters(period, '', '');
  const { reading } = context.store;
  const [groups, viewTotals, counts] = await Promise.all([
    reading.cohort(cohort, weekClock(context, cohort)),
    reading.views(views),
    reading.heard({ since: views.since, until: views.until }),
  ]);
  const heard = counts.filter(({ kind }) => kind !== 'read');
  const counted = partsOf(groups, viewTotals).filter(({ entry }) => entry.startsWith('episodes/'));
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

function partsOf(groups: readonly CohortGroup[], views: readonly ViewTotal[]): Part[] {
  return [
    ...groups.map(({ asset, source, fromEntry, partner, value, leads }) => ({
      ...{ paper: asset, source, entry: fromEntry ?? '', partner: partner ?? '', views: 0, value },
      ...countsOf(leads),
    })),
    ...views.map(({ landing, fromEntry, source, partner, n }) => ({
      ...{ ...countsOf([]), paper: paperAt(landing), entry: fromEntry, source, partner, views: n, value: 0 },
    })),
  ];
}

function countsOf(leads: readonly CohortLead[]) {
  const counts = { submitted: 0, confirmed: 0, downloaded: 0, answered: 0, won: 0, waiting: 0, unwanted: 0 };
  for (const lead of leads) count(counts, lead);
  return counts;
}

function count(counts: ReturnType<typeof countsOf>, { state, isDownloaded, wait }: CohortLead) {
  counts.submitted += 1;
  if (state !== 'unconfirmed') counts.confirmed += 1;
  if (isDownloaded) counts.downloaded += 1;
  if (wait !== undefined) counts.answered += 1;
  if (state === 'won' || state === 'waiting' || state === 'unwanted') counts[state] += 1;
}

/** How far those came who asked in each week, and how many looked. */
function byWeek(
  { since, weeks }: { since: number; weeks: number },
  groups: readonly CohortGroup[],
  viewDays: readonly { day: string; n: number }[],
): FunnelView['byWeek'] {
  const all = Array.from({ length: weeks }, (_, index) => ({ at: since + index * week, views: 0, ...countsOf([]) }));
  for (const { leads } of groups)
    for (const lead of leads) {
      const own = all[lead.week];
      if (own) count(own, lead);
    }
  for (const { day: date, n } of viewDays) {
    const own = all[Math.floor((Date.parse(date) - since) / week)];
    if (own) own.views += n;
  }
  return all.map(({ at, views, submitted, confirmed, downloaded, answered, won }) => ({
    ...{ at, views, submitted, confirmed, downloaded, answered, won },
  }));
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

/** Of a week, by day and four hours. */
const partsPerDay = 6;

const weekClock = (context: Context, { since, until }: CohortFilter): WeekClock => ({
  parts: 7 * partsPerDay,
  offsets: zoneOffsets(zoneOf(context), since, until),
});

/** The time to the first answer of leads that want one, by when they confirmed. */
function answerTimes(
  cohort: readonly CohortGroup[],
  { answerWithin, clock }: Pick<Context, 'answerWithin' | 'clock'>,
): AnswerTimes {
  const leads = cohort.flatMap((group) => group.leads.filter(wantsAnswer));
  const waitingSince = cohort.flatMap((group) => group.waitingSince ?? []);
  const { all, groups, wider } = waitsByGroup(leads, ({ part }) => part, {
    count: 7 * partsPerDay,
    wider: { of: (part) => Math.floor(part / partsPerDay), count: 7 },
  });
  const timesOf = (waits: Waits) => answerTimeOf(waits, answerWithin);
  return {
    all: {
      ...timesOf(all),
      waiting: leads.filter(({ state }) => state === 'waiting').length,
      longestWait: waitingSince.length > 0 ? Math.max(0, clock() - Math.min(...waitingSince)) : undefined,
    },
    weekdays: wider.map(timesOf),
    cells: wider.map((_, weekday) => groups.slice(weekday * partsPerDay, (weekday + 1) * partsPerDay).map(timesOf)),
  };
}

const wantsAnswer = ({ state }: CohortLead) => state !== 'unconfirmed' && state !== 'unwanted';

function answerTimeOf(waits: Waits, target: number): AnswerTime {
  return {
    leads: waits.answered.length + waits.unanswered,
    answered: waits.answered.length,
    withinTarget: answeredWithin(waits, target),
    median: waitQuantile(waits, 0.5),
    p90: waitQuantile(waits, 0.9),
  };
}
