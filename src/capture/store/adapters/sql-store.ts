import { sql } from 'kysely';
import type { DayTotal, Store } from '#capture/store/store.ts';
import type { Engine } from './engine.ts';
import { inParts } from './in-parts.ts';
import { pruneUnconfirmed } from './sql-comments.ts';
import { pruneDesk } from './sql-desk.ts';
import { pruneEvidence } from './sql-evidence.ts';
import { sqlHeard } from './sql-heard.ts';
import { sqlLimits } from './sql-limits.ts';
import { sqlOutbox } from './sql-outbox.ts';
import { sqlReading } from './sql-reading.ts';
import { pruneRequests } from './sql-requests.ts';
import { addTotals, sqlRecords } from './sql-records.ts';

/** The store over an engine of SQL. */
export function sqlStore(engine: Engine): Store {
  const { db } = engine;
  return {
    async transaction(work) {
      let deletes = false;
      const outcome = await engine.transaction((unit) => {
        const records = sqlRecords(unit, engine);
        const { deleteContact } = records;
        records.deleteContact = (id) => {
          deletes = true;
          return deleteContact(id);
        };
        return work(records);
      });
      if (deletes) await engine.wipe();
      return outcome;
    },
    outbox: sqlOutbox(db, engine),
    limits: sqlLimits(engine),
    heard: sqlHeard(engine),
    reading: sqlReading(db),
    pruneUnconfirmed: (before) => inParts(1, () => engine.transaction((unit) => pruneUnconfirmed(unit, before))),
    async pruneRequests(before) {
      const pruned = await pruneRequests(engine, before);
      if (pruned > 0) await engine.wipe();
      return pruned;
    },
    async pruneEvidence(before) {
      const pruned = await inParts(1, () => engine.transaction((unit) => pruneEvidence(unit, before)));
      // The addresses are in no page of the file any more.
      if (pruned > 0) await engine.wipe();
      return pruned;
    },
    pruneDesk: (keep) => engine.transaction((unit) => pruneDesk(unit, keep)),
    async count(totals) {
      if (totals.length > 0) await engine.transaction((unit) => addTotals(unit, sumsOf(totals)));
    },
    snapshot: (work) => engine.snapshot((db) => work(sqlReading(db))),
    migrate: () => engine.migrate(),
    async check() {
      await engine.transaction((unit) =>
        sql`
          insert into limit_count (key, n, at) values ('check', 0, 0)
          on conflict (key) do update set n = 1 - limit_count.n
        `.execute(unit),
      );
    },
    connect: () => engine.connect(),
    close: () => engine.close(),
  };
}

/** One row a key, in the order of the keys: a statement may not change a row twice. */
function sumsOf(totals: readonly DayTotal[]): DayTotal[] {
  const sums = new Map<string, DayTotal>();
  for (const total of totals) {
    const key = JSON.stringify([total.day, total.landing, total.fromEntry, total.source, total.partner, total.event]);
    sums.set(key, { ...total, n: (sums.get(key)?.n ?? 0) + total.n });
  }
  return [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, total]) => total);
}
