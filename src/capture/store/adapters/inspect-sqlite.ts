import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { StoreFacts } from '#capture/store/store-facts.ts';
import { compareMigrations } from './migrations.ts';
import { serverOf } from './server-lock.ts';

/** What there is to see of a file, by a connection that only reads. */
export async function inspectSqlite(file: string): Promise<StoreFacts> {
  if (!existsSync(file)) return { kind: 'none' };
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const damage = database.pragma('quick_check(1)', { simple: true });
    if (damage !== 'ok') return { kind: 'damaged', damage: String(damage) };
    const { missing, unknown } = compareMigrations(migrationsIn(database));
    const { size, mode } = await stat(file);
    return {
      kind: 'sqlite',
      migrations: { missing: missing.map(({ name }) => name), unknown },
      journal: String(database.pragma('journal_mode', { simple: true })),
      bytes: size,
      mode,
      server: serverOf(file),
    };
  } catch (error) {
    return { kind: 'unreadable', message: (error as Error).message };
  } finally {
    database?.close();
  }
}

function migrationsIn(database: Database.Database): string[] {
  const tables = database
    .prepare<[], { name: string }>(`select name from sqlite_master where name = 'schema_migration'`)
    .all();
  if (tables.length === 0) return [];
  return database
    .prepare<[], { name: string }>('select name from schema_migration')
    .all()
    .map(({ name }) => name);
}
