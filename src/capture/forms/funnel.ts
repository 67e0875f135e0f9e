import type { Context } from '#capture/context.ts';
import type { DayTotal } from '#capture/store/store.ts';
import type { FunnelEvent, SubmissionRow } from '#capture/store/tables.ts';
import { entryNamed, landingOf, partnerNamed, sourceOf, utmIn } from './attribution.ts';

/** Views of landing pages, added up in memory. Of readers nothing is kept: not who, only how many. */
export interface Views {
  /** Counts a view of the page at `path` by what the query of its address says of who sent the reader. Other pages are not counted. */
  count(path: string, query: string): void;
  /** Writes what was counted. What a store cannot take now is written with the next flush. */
  flush(): Promise<void>;
}

/** What a landing page is, and an entry, the site says as it is when a view is counted. */
export function openViews(context: Pick<Context, 'store' | 'site' | 'clock'>): Views {
  const { store, clock } = context;
  let counted = new Map<string, DayTotal>();
  const add = (row: DayTotal) => {
    const key = JSON.stringify([row.day, row.landing, row.fromEntry, row.source, row.partner]);
    counted.set(key, { ...row, n: row.n + (counted.get(key)?.n ?? 0) });
  };
  return {
    count(path, query) {
      const { site } = context;
      const landing = landingOf(path, site);
      if (!landing) return;
      const link = new URLSearchParams(query);
      const fromEntry = entryNamed(link.get('from') ?? undefined, site)?.id ?? null;
      const partner = partnerNamed(link.get('partner') ?? undefined, site);
      const utm = JSON.stringify(utmIn(link));
      add({ ...totalOf({ landing, fromEntry, partner, utm }, 'view', clock()), n: 1 });
    },
    async flush() {
      if (counted.size === 0) return;
      const rows = [...counted.values()];
      counted = new Map();
      try {
        await store.count(rows);
      } catch (error) {
        rows.forEach(add);
        throw error;
      }
    },
  };
}

/** What a submission, or a view, adds to its day's totals. */
export function totalOf(
  sent: Pick<SubmissionRow, 'landing' | 'fromEntry' | 'partner' | 'utm'>,
  event: FunnelEvent,
  now: number,
): Omit<DayTotal, 'n'> {
  const { landing, fromEntry, partner } = sent;
  return {
    day: dayOf(now),
    landing,
    fromEntry: fromEntry ?? '',
    source: sourceOf(sent),
    partner: partner ?? '',
    event,
  };
}

/** The day in UTC, `2026-01-15`. */
function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
