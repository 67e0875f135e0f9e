import type { FunnelTotal } from '#capture/store/store.ts';
import type { FunnelEvent, HeardKind } from '#capture/store/tables.ts';
import { isOfPartner } from '#site/partner.ts';
import type { Owner } from './owner.ts';

/** How many came to a page and how far they went. A rate is a share of the step before, null after a step of 0. */
export interface Funnel {
  views: number;
  submissions: number;
  confirmations: number;
  downloads: number;
  submissionRate: number | null;
  confirmationRate: number | null;
  downloadRate: number | null;
}

export interface Report {
  byPage: ({ landing: string } & Funnel)[];
  /** `entry` is null for readers whom no entry sent. */
  byEntry: ({ entry: string | null } & Funnel)[];
  total: Funnel;
}

/** The funnel from the day `since` to the day `until`, both counted in (UTC, `2026-01-15`). */
export async function readReport(
  { store }: Pick<Owner, 'store'>,
  days: { since?: string | undefined; until?: string | undefined },
): Promise<Report> {
  return funnelReport(await store.reading.funnel(days));
}

/**
 * The totals by the page that asks for the address, and by the entry that sent the reader there; most leads first. The
 * pages of partners are counted for them, and ask for nothing that another landing page does not.
 */
export function funnelReport(counted: readonly FunnelTotal[]): Report {
  const totals = counted.filter(({ landing }) => !isOfPartner(landing));
  const by = (nameOf: (total: FunnelTotal) => string) =>
    [...Map.groupBy(totals, nameOf)]
      .map(([name, of]) => ({ name, funnel: funnel(of) }))
      .toSorted(
        (a, b) =>
          b.funnel.confirmations - a.funnel.confirmations ||
          b.funnel.views - a.funnel.views ||
          a.name.localeCompare(b.name, 'en'),
      );
  return {
    byPage: by(({ landing }) => landing).map(({ name, funnel }) => ({ landing: name, ...funnel })),
    byEntry: by(({ fromEntry }) => fromEntry).map(({ name, funnel }) => ({ entry: name || null, ...funnel })),
    total: funnel(totals),
  };
}

function funnel(totals: readonly FunnelTotal[]): Funnel {
  const sum = (event: FunnelEvent) => totals.reduce((n, total) => n + (total.event === event ? total.n : 0), 0);
  const [views, submissions, confirmations, downloads] = [sum('view'), sum('submit'), sum('confirm'), sum('download')];
  return {
    views,
    submissions,
    confirmations,
    downloads,
    submissionRate: rate(submissions, views),
    confirmationRate: rate(confirmations, submissions),
    downloadRate: rate(downloads, confirmations),
  };
}

/** A share to four decimals. */
function rate(of: number, before: number): number | null {
  return before > 0 ? Math.round((of / before) * 10_000) / 10_000 : null;
}

/** An episode or post: who heard it, how often its page was opened, who went on from it to a form, and how far. */
export interface EntryReport {
  /** `episodes/<slug>`. */
  entry: string;
  heard: Record<HeardKind, number>;
  /** Views of its page. */
  read: number;
  /** Views of forms' pages by a link of the entry. */
  clicked: number;
  asked: number;
  confirmed: number;
}

/** The same days by entry, those that were heard most first; an entry of which nothing was counted is absent. */
export async function readEntryReport(
  { store }: Pick<Owner, 'store'>,
  days: { since?: string | undefined; until?: string | undefined },
): Promise<EntryReport[]> {
  const [heard, totals] = await Promise.all([store.reading.heard(days), store.reading.funnel(days)]);
  const ids = new Set([...heard.map(({ entry }) => entry), ...totals.map(({ fromEntry }) => fromEntry)]);
  ids.delete('');
  const reports = [...ids].map((entry) => {
    const of = (kind: HeardKind | 'read') => heard.find((row) => row.entry === entry && row.kind === kind)?.n ?? 0;
    const { views, submissions, confirmations } = funnel(
      totals.filter(({ fromEntry, landing }) => fromEntry === entry && !isOfPartner(landing)),
    );
    return {
      entry,
      heard: { app: of('app'), player: of('player'), download: of('download') },
      read: of('read'),
      ...{ clicked: views, asked: submissions, confirmed: confirmations },
    };
  });
  const all = ({ heard: { app, player, download } }: EntryReport) => app + player + download;
  return reports.toSorted(
    (one, other) =>
      all(other) - all(one) ||
      other.read - one.read ||
      other.confirmed - one.confirmed ||
      one.entry.localeCompare(other.entry, 'en'),
  );
}
