import { sql, type Transaction } from 'kysely';
import type { AlertRecords } from '#capture/store/alerts.ts';
import type { Tables } from '#capture/store/tables.ts';

/** What is wrong with the server, in SQL that both engines understand. */
export const alertRecords = (unit: Transaction<Tables>, { locksRows }: { locksRows: boolean }): AlertRecords => ({
  async alerts() {
    if (locksRows) await sql`select pg_advisory_xact_lock(hashtextextended('d-files alerts', 0))`.execute(unit);
    return unit.selectFrom('alert').selectAll().orderBy('kind').execute();
  },
  async setAlert({ kind, ...rest }) {
    await unit
      .insertInto('alert')
      .values({ kind, ...rest })
      .onConflict((known) => known.column('kind').doUpdateSet(rest))
      .execute();
  },
});
