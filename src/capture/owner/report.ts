import type { FunnelTotal } from '#capture/store/store.ts';
import type { FunnelEvent } from '#capture/store/tables.ts';
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
