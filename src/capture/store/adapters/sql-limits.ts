import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Taken, Window } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import type { Engine } from './engine.ts';

/** How far the clocks of processes may be apart, in milliseconds. */
const mostSkew = 10_000;

/**
 * The counts of limits, in SQL that both engines understand. A row is a window, with what was taken in it (`n`) and its
 * end (`at`), or a load, with its microseconds (`n`) at a moment (`at`).
 */
export function sqlLimits(engine: Engine) {
  return {
    take: (key: string, window: Window, now: number) =>
      engine.count((db, hastily) => take(db, key, window, now, hastily)),
    async taken(key: string, now: number): Promise<number> {
      const { rows } = await sql<{ n: number }>`select n from limit_count where key = ${key} and at > ${now}`.execute(
        engine.db,
      );
      return rows[0]?.n ?? 0;
    },
    async load(key: string, now: number): Promise<number> {
      const { rows } = await sql<{ n: number; at: number }>`select n, at from limit_count where key = ${key}`.execute(
        engine.db,
      );
      const [row] = rows;
      // One of a moment to come is that of a clock that was ahead.
      if (!row || row.at > now + mostSkew) return 0;
      return Math.max(0, row.n - Math.max(0, now - row.at) * 1000);
    },
    addLoad: (key: string, load: number, now: number): Promise<number> =>
      engine.count(async (db, hastily) => {
        // A clock that went back takes nothing away; one that jumped ahead is soon made up for.
        const { rows } = await sql<{ n: number }>`
          insert into limit_count (key, n, at)
          select cast(${key} as text), cast(${load} as bigint), cast(${now} as bigint) where ${hastily}
          on conflict (key) do update set
            n = excluded.n + case
              when excluded.at <= limit_count.at then limit_count.n
              when limit_count.n <= (excluded.at - limit_count.at) * 1000 then 0
              else limit_count.n - (excluded.at - limit_count.at) * 1000
            end,
            at = excluded.at
          returning n
        `.execute(db);
        return rows[0]?.n ?? load;
      }),
    async prune(before: number): Promise<void> {
      await sql`delete from limit_count where at < ${before}`.execute(engine.db);
    },
  };
}

/**
 * Takes one of what a window has, in a single statement, so that no two take the same one. What is refused writes
 * nothing. A window that ends later than a new one would was begun by a clock that was wrong: it is begun anew.
 */
export async function take(
  unit: Kysely<Tables>,
  key: string,
  { most, milliseconds }: Window,
  now: number,
  condition: RawBuilder<boolean> = sql`true`,
): Promise<Taken> {
  const ends = now + milliseconds;
  const isOver = sql`(limit_count.at <= ${now} or limit_count.at > ${ends})`;
  const { rows } = await sql<{ n: number }>`
    insert into limit_count (key, n, at)
    select cast(${key} as text), 1, cast(${ends} as bigint) where ${condition}
    on conflict (key) do update set
      n = case when ${isOver} then 1 else limit_count.n + 1 end,
      at = case when ${isOver} then excluded.at else limit_count.at end
    where ${isOver} or limit_count.n < ${most}
    returning n
  `.execute(unit);
  if (rows[0]) return { kind: 'taken', n: rows[0].n };
  const { rows: refused } = await sql<{ at: number }>`select at from limit_count where key = ${key}`.execute(unit);
  return { kind: 'refused', wait: Math.max(1, (refused[0]?.at ?? ends) - now) };
}
