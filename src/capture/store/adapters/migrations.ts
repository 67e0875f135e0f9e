import { sql, type Kysely, type Transaction } from 'kysely';
import { NewerDatabase } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { tables } from './migration-001-tables.ts';
import { limits } from './migration-002-limits.ts';
import { lanes } from './migration-003-lanes.ts';
import { mailboxes } from './migration-004-mailboxes.ts';
import { eraseLinks } from './migration-005-erase-links.ts';
import { limitIndex } from './migration-006-limit-index.ts';
import { comments } from './migration-007-comments.ts';
import { desk } from './migration-008-desk.ts';
import { unattended } from './migration-009-unattended.ts';
import { bounces } from './migration-010-bounces.ts';
import { leadIndex } from './migration-011-lead-index.ts';
import { evidence } from './migration-012-evidence.ts';
import { digests } from './migration-013-digests.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** Every migration, oldest first. One that was published never changes: what is wrong with it, a further one puts right. */
export const migrations: readonly Migration[] = [
  ...[tables, limits, lanes, mailboxes, eraseLinks, limitIndex, comments, desk, unattended, bounces, leadIndex],
  ...[evidence, digests],
];

/** What a database that has had the migrations `done` lacks, and which of them this version does not know. */
export function compareMigrations(
  done: readonly string[],
  wanted: readonly Migration[] = migrations,
): { missing: Migration[]; unknown: string[] } {
  return {
    missing: wanted.filter(({ name }) => !done.includes(name)),
    unknown: done.filter((name) => !wanted.some((migration) => migration.name === name)),
  };
}

/** Another process must not migrate until the unit that `lock` was called in ends. */
export interface MigrationEngine {
  types: ColumnTypes;
  lock(unit: Transaction<Tables>): Promise<void>;
}

/**
 * Does the migrations that are missing, all or none; returns their names. Of several processes that start at once,
 * one does them, and the others wait and find nothing to do. Throws `NewerDatabase`.
 */
export async function migrate(
  db: Kysely<Tables>,
  engine: MigrationEngine,
  wanted: readonly Migration[] = migrations,
): Promise<string[]> {
  return db.transaction().execute(async (unit) => {
    await engine.lock(unit);
    const { text, tail } = engine.types;
    await sql
      .raw(`create table if not exists schema_migration (name ${text} not null primary key)${tail}`)
      .execute(unit);

    const { rows } = await sql<{ name: string }>`select name from schema_migration order by name`.execute(unit);
    const { missing, unknown } = compareMigrations(
      rows.map(({ name }) => name),
      wanted,
    );
    if (unknown.length > 0)
      throw new NewerDatabase(
        `The database has ${unknown.map((name) => `“${name}”`).join(', ')}, which this version does not know: a newer ` +
          'version wrote it. Run that version again, or restore the backup that was made before it.',
      );

    for (const migration of missing) {
      for (const statement of migration.statements(engine.types)) await sql.raw(statement).execute(unit);
      await sql`insert into schema_migration (name) values (${migration.name})`.execute(unit);
    }
    return missing.map(({ name }) => name);
  });
}
