import type { Context } from '#capture/context.ts';
import type { DayTotal } from '#capture/store/store.ts';
import type { FunnelEvent, SubmissionRow } from '#capture/store/tables.ts';
import { entryNamed, landingOf } from './attribution.ts';

/** Views of landing pages, added up in memory. Of readers nothing is kept: not who, only how many. */
export interface Views {
  /** Counts a view of the page at `path`; `from` is the entry that its address names. Other pages are not counted. */
  count(path: string, from: string | undefined): void;
  /** Writes what was counted. What a store cannot take now is written with the next flush. */
  flush(): Promise<void>;
}

/** What a landing page is, and an entry, the site says as it is when a view is counted. */
export function openViews(context: Pick<Context, 'store' | 'site' | 'clock'>): Views {
  const { store, clock } = context;
  let counted = new Map<string, DayTotal>();
  const add = (row: DayTotal) => {
    const key = JSON.stringify([row.day, row.landing, row.fromEntry]);
    counted.set(key, { ...row, n: row.n + (counted.get(key)?.n ?? 0) });
  };
  return {
    count(path, from) {
      const { site } = context;
      const landing = landingOf(path, site);
      const fromEntry = entryNamed(from, site)?.id ?? '';
      if (landing) add({ day: dayOf(clock()), landing, fromEntry, event: 'view', n: 1 });
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

/** What a submission adds to its day's totals. */
export function totalOf(
  { landing, fromEntry }: Pick<SubmissionRow, 'landing' | 'fromEntry'>,
  event: FunnelEvent,
  now: number,
): Omit<DayTotal, 'n'> {
  return { day: dayOf(now), landing, fromEntry: fromEntry ?? '', event };
}

/** The day in UTC, `2026-01-15`. */
function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
