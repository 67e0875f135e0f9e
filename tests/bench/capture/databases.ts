import Sqlite from 'better-sqlite3';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { openPostgres } from '#capture/store/adapters/postgres.ts';
import { openSqlite } from '#capture/store/adapters/sqlite.ts';
import type { Store } from '#capture/store/store.ts';
import { startPostgres } from '../../capture/postgres.ts';

/** An engine under load. `kept` is the server's `VAR_DIR`. */
export interface Database {
  name: string;
  /** Whether several servers may use it at once. */
  shared: boolean;
  /** What tells a server to use it. */
  env: Record<string, string>;
  open(kept: string): Promise<Store>;
  /** Leaves nothing of what was kept before. */
  reset(kept: string): Promise<void>;
  /** After it was filled: does at once what it would do in its own time, so that this is not measured. */
  settle(kept: string): Promise<void>;
  /** Lets what waits for its next attempt, or was held by a server that was killed, be due at once. */
  makeDue(kept: string): Promise<void>;
}

export const storeNames = ['sqlite', 'postgres'] as const;

/** The engines of these names, with a PostgreSQL that writes through to the disk, as by default. */
export async function* databases(names: readonly string[]): AsyncGenerator<Database> {
  if (names.includes('sqlite')) yield sqlite;
  if (!names.includes('postgres')) return;
  const server = await startPostgres({});
  try {
    yield postgres(server.url);
  } finally {
    await server.stop();
  }
}

const due = `
  update outbox set run_at = 0, state = 'ready', lease_until = null
  where state in ('ready', 'leased')`;

const sqlite: Database = {
  name: 'SQLite',
  shared: false,
  env: {},
  open: async (kept) => openSqlite(file(kept)),
  reset: (kept) => rm(file(kept), { force: true }),
  settle: async (kept) => run(kept, 'pragma wal_checkpoint(truncate)'),
  makeDue: async (kept) => run(kept, due),
};

function run(kept: string, statement: string): void {
  const database = new Sqlite(file(kept));
  database.exec(statement);
  database.close();
}

const file = (kept: string) => join(kept, 'd-files.db');

const postgres = (url: string): Database => {
  const run = async (statement: string) => {
    const client = new Client(url);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    name: 'PostgreSQL',
    shared: true,
    env: { DATABASE_URL: url },
    open: async () => openPostgres(url),
    reset: () => run('drop schema public cascade; create schema public'),
    async settle() {
      for (const statement of ['vacuum analyze', 'checkpoint']) await run(statement);
    },
    makeDue: () => run(due),
  };
};
