import { sql, type Kysely } from 'kysely';
import { v7 } from 'uuid';
import type { Outbox } from '#capture/store/store.ts';
import { outboxKinds, type OutboxRow, type Tables } from '#capture/store/tables.ts';
import { beginsWith } from './sql-records.ts';

/** How many rows one statement deletes, so that others come in between. */
const atOnce = 1000;

/** The queue, in SQL that both engines understand. */
export function sqlOutbox(db: Kysely<Tables>, { locksRows }: { locksRows: boolean }): Outbox {
  /** Changes a row, if this worker holds it still. */
  const settle = async (id: string, change: Partial<OutboxRow>) => {
    await db
      .updateTable('outbox')
      .set({ ...change, leaseUntil: null })
      .where('id', '=', id)
      .where('state', '=', 'leased')
      .execute();
  };
  const firstReady = (kind: OutboxRow['kind']) =>
    db
      .selectFrom('outbox')
      .select('runAt')
      .where('kind', '=', kind)
      .where(isWaiting)
      .where('state', '=', 'ready')
      .orderBy('runAt')
      .limit(1)
      .executeTakeFirst();

  return {
    async lease(kind, limit, now, leaseUntil) {
      const rows = await db
        .with('due', (query) =>
          query
            .selectFrom('outbox')
            .select('id')
            .where('kind', '=', kind)
            .where(isWaiting)
            .where('runAt', '<=', now)
            .where((row) => row.or([row('leaseUntil', 'is', null), row('leaseUntil', '<=', now)]))
            .orderBy('runAt')
            .orderBy('id')
            .limit(limit)
            .$if(locksRows, (due) => due.forUpdate().skipLocked()),
        )
        .updateTable('outbox')
        .set((row) => ({ state: 'leased', leaseUntil, attempts: row('attempts', '+', 1) }))
        .where('id', 'in', (query) => query.selectFrom('due').select('due.id'))
        .returningAll()
        .execute();
      return rows.toSorted((one, other) => one.runAt - other.runAt || (one.id < other.id ? -1 : 1));
    },
    finish: (id) => settle(id, { state: 'done' }),
    retry: (id, runAt, error) => settle(id, { state: 'ready', runAt, lastError: error }),
    bury: (id, error) => settle(id, { state: 'dead', lastError: error }),

    dead: () => db.selectFrom('outbox').selectAll().where(isDead).orderBy('runAt').orderBy('id').execute(),
    async revive(runAt, ids) {
      if (ids?.length === 0) return 0;
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ state: 'ready', attempts: 0, runAt, lastError: null })
        .where(isDead)
        .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? []))
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },

    async oldestDue(now) {
      const due = await Promise.all(
        outboxKinds.map((kind) =>
          db
            .selectFrom('outbox')
            .select('runAt')
            .where('kind', '=', kind)
            .where(isWaiting)
            .where('runAt', '<=', now)
            .where((row) => row.or([row('leaseUntil', 'is', null), row('leaseUntil', '<=', now)]))
            .orderBy('runAt')
            .limit(1)
            .executeTakeFirst(),
        ),
      );
      return earliest(due.map((row) => row?.runAt));
    },
    async nextDue(kind) {
      const lapsing = db
        .selectFrom('outbox')
        .select('leaseUntil')
        .where('kind', '=', kind)
        .where(isLeased)
        .orderBy('leaseUntil')
        .limit(1)
        .executeTakeFirst();
      const [ready, leased] = await Promise.all([firstReady(kind), lapsing]);
      return earliest([ready?.runAt, leased?.leaseUntil]);
    },

    async progress(prefix) {
      const rows = await db
        .selectFrom('outbox')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .where(beginsWith(prefix))
        .groupBy('state')
        .execute();
      const none = { ready: 0, leased: 0, done: 0, dead: 0 };
      return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
    },
    async prune(before) {
      for (let pruned = 0; ;) {
        const { numDeletedRows } = await db
          .deleteFrom('outbox')
          .where('id', 'in', (query) =>
            query
              .selectFrom('outbox')
              .select('id')
              .where('id', '<', firstIdOf(before))
              .where('state', '=', 'done')
              .orderBy('id')
              .limit(atOnce),
          )
          .executeTakeFirstOrThrow();
        pruned += Number(numDeletedRows);
        if (numDeletedRows < atOnce) return pruned;
      }
    },
  };
}

// In the words of the indexes, not as parameters: only so do both engines see that these indexes hold the rows.
const isWaiting = sql<boolean>`state in ('ready', 'leased')`;
const isLeased = sql<boolean>`state = 'leased'`;
const isDead = sql<boolean>`state = 'dead'`;

/** The least UUIDv7 of this millisecond (RFC 9562, section 5.7). */
function firstIdOf(moment: number): string {
  return v7({ msecs: Math.max(0, moment), random: new Uint8Array(16), seq: 0 });
}

function earliest(moments: (number | null | undefined)[]): number | undefined {
  const known = moments.filter((moment) => moment !== null && moment !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
