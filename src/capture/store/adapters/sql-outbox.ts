import { sql, type Kysely } from 'kysely';
import { v7 } from 'uuid';
import type { Lease, Outbox } from '#capture/store/store.ts';
import { outboxLanes, type OutboxRow, type Tables } from '#capture/store/tables.ts';
import { inParts } from './in-parts.ts';
import { beginsWith } from './outbox-prefix.ts';

/** How many rows one statement deletes, so that others come in between. */
const atOnce = 1000;

/** Far more leases than all processes hold at once. */
const mostWatched = 200;

/** The queue, in SQL that both engines understand. */
export function sqlOutbox(db: Kysely<Tables>, { locksRows }: { locksRows: boolean }): Outbox {
  /** Changes a row, if that lease of it still holds. */
  const settle = async ({ id, attempts }: Lease, change: Partial<OutboxRow>) => {
    await db
      .updateTable('outbox')
      .set({ ...change, leaseUntil: null })
      .where('id', '=', id)
      .where('state', '=', 'leased')
      .where('attempts', '=', attempts)
      .execute();
  };

  return {
    async lease(lane, limit, now, leaseUntil, lapsed = []) {
      const rows = await db
        .with('due', (query) =>
          query
            .selectFrom('outbox')
            .select('id')
            .where('lane', '=', lane)
            .where(isWaiting)
            .where(({ and, eb, or }) =>
              or([
                and([eb('state', '=', 'ready'), eb('runAt', '<=', now)]),
                ...lapsed.map(({ id, attempts }) =>
                  and([eb('state', '=', 'leased'), eb('id', '=', id), eb('attempts', '=', attempts)]),
                ),
              ]),
            )
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
    leases: (lane) =>
      db
        .selectFrom('outbox')
        .select(['id', 'attempts'])
        .where('lane', '=', lane)
        .where(isLeased)
        .orderBy('id')
        .limit(mostWatched)
        .execute(),
    finish: (lease) => settle(lease, { state: 'done' }),
    retry: (lease, runAt, error) => settle(lease, { state: 'ready', runAt, lastError: error }),
    bury: (lease, error) => settle(lease, { state: 'dead', lastError: error }),

    async deadCount() {
      const { n } = await db
        .selectFrom('outbox')
        .select(({ fn }) => fn.countAll<number | string>().as('n'))
        .where(isDead)
        .executeTakeFirstOrThrow();
      return Number(n);
    },
    dead: (most) =>
      db
        .selectFrom('outbox')
        .selectAll()
        .where(isDead)
        .orderBy('runAt')
        .orderBy('id')
        .$if(most !== undefined, (query) => query.limit(most ?? 0))
        .execute(),
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
    async discard(ids) {
      if (ids.length === 0) return 0;
      const { numDeletedRows } = await db
        .deleteFrom('outbox')
        .where(isDead)
        .where('id', 'in', ids)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },

    async oldestDue(now, only) {
      const due = await Promise.all(
        (only ? [only] : outboxLanes).map((lane) =>
          db
            .selectFrom('outbox')
            .select('runAt')
            .where('lane', '=', lane)
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
    async nextDue(lane) {
      const row = await db
        .selectFrom('outbox')
        .select('runAt')
        .where('lane', '=', lane)
        .where(isWaiting)
        .where('state', '=', 'ready')
        .orderBy('runAt')
        .limit(1)
        .executeTakeFirst();
      return row?.runAt;
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
    prune: (before) =>
      inParts(atOnce, async () => {
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
        return Number(numDeletedRows);
      }),
    pruneDead: (before) =>
      inParts(atOnce, async () => {
        // By when it was tried: what is dated long ago, so as to go once it is delivered, has to stay until then.
        const { numDeletedRows } = await db
          .deleteFrom('outbox')
          .where('id', 'in', (query) =>
            query
              .selectFrom('outbox')
              .select('id')
              .where(isDead)
              .where('runAt', '<', before)
              .orderBy('runAt')
              .limit(atOnce),
          )
          .where(isDead)
          .executeTakeFirstOrThrow();
        return Number(numDeletedRows);
      }),
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
