import { sql, type Kysely } from 'kysely';
import type { HeardCounts, HeardReading } from '#capture/store/heard.ts';
import type { Tables } from '#capture/store/tables.ts';
import type { Engine } from './engine.ts';

/** What is counted of recordings, in SQL that both engines understand. */
export const sqlHeard = (engine: Engine): HeardCounts => ({
  async salt(day, fresh) {
    await engine.transaction((unit) =>
      sql`insert into heard_salt (day, salt) values (${day}, ${fresh}) on conflict (day) do nothing`.execute(unit),
    );
    const { rows } = await sql<{ salt: string }>`select salt from heard_salt where day = ${day}`.execute(engine.db);
    return rows[0]?.salt ?? fresh;
  },
  async add(rows) {
    if (rows.length === 0) return;
    await engine.transaction((unit) =>
      unit
        .insertInto('heardDay')
        .values([...rows])
        .onConflict((known) =>
          known
            .columns(['day', 'entry', 'kind'])
            .doUpdateSet((total) => ({ n: total('heardDay.n', '+', total.ref('excluded.n')) })),
        )
        .execute(),
    );
  },
  async forget(before) {
    await engine.transaction((unit) => sql`delete from heard_salt where day < ${before}`.execute(unit));
  },
});

export const heardReading = (db: Kysely<Tables>): HeardReading => ({
  heard: ({ since, until }) =>
    db
      .selectFrom('heardDay')
      .select(['entry', 'kind'])
      // PostgreSQL's sum of BIGINT is NUMERIC.
      .select(({ fn }) => sql<number>`cast(${fn.sum('n')} as bigint)`.as('n'))
      .$if(since !== undefined, (query) => query.where('day', '>=', since ?? ''))
      .$if(until !== undefined, (query) => query.where('day', '<=', until ?? ''))
      .groupBy(['entry', 'kind'])
      .orderBy('entry')
      .orderBy('kind')
      .execute(),
});
