import { Client } from 'pg';
import type { StoreFacts } from '#capture/store/store-facts.ts';
import { StoreUnavailable } from '#capture/store/store.ts';
import { compareMigrations } from './migrations.ts';

interface Row {
  now: number;
  replica: boolean;
  commit: string;
  fsync: string;
  version: string;
  migrated: boolean;
}

/** What there is to see of a database. `now` in milliseconds since 1970. */
export async function inspectPostgres(url: string, now: () => number): Promise<StoreFacts> {
  const client = new Client({
    ...{ connectionString: url, application_name: 'd-files doctor' },
    ...{ connectionTimeoutMillis: 5000, query_timeout: 5000 },
  });
  // What ends the connection is said by the query that waits for it.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Row>(`select
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now, pg_is_in_recovery() as replica,
      current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync,
      current_setting('server_version') as version, to_regclass('schema_migration') is not null as migrated`);
    const [row] = rows;
    if (!row) throw new Error('it answers nothing');
    const ahead = row.now - now();
    const done = row.migrated
      ? await client.query<{ name: string }>('select name from schema_migration')
      : { rows: [] };
    const { missing, unknown } = compareMigrations(done.rows.map(({ name }) => name));
    const { replica: isReplica, commit, fsync, version } = row;
    return {
      kind: 'postgres',
      migrations: { missing: missing.map(({ name }) => name), unknown },
      ...{ ahead, isReplica, commit, fsync, version },
    };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return { kind: 'unreadable', message: message || String(code) };
  } finally {
    await client.end().catch(() => {});
  }
}

/** How many connections servers and commands have to a database: poolers may hide some. Throws `StoreUnavailable`. */
export async function connectionsTo(url: string): Promise<number> {
  const client = new Client({
    ...{ connectionString: url, application_name: 'd-files restore' },
    ...{ connectionTimeoutMillis: 5000, query_timeout: 5000 },
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
        where datname = current_database() and application_name = 'd-files' and pid <> pg_backend_pid()`,
    );
    return rows[0]?.n ?? 0;
  } catch (error) {
    throw new StoreUnavailable(`PostgreSQL: ${(error as Error).message}`, { cause: error });
  } finally {
    await client.end().catch(() => {});
  }
}
