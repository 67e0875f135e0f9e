import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Client } from 'pg';
import type { Environment } from '#capture/environment.ts';
import { migrations } from '#capture/store/migrations.ts';
import { serverOf } from '#capture/store/server-lock.ts';
import { grouped } from './command-line.ts';
import { advice, well, wrong, type Finding } from './finding.ts';
import type { OtherClock } from './network-check.ts';
import { shownMoment } from './moment.ts';
import { storeName } from './opened.ts';

/** What was seen of a store without changing it; `usable` says whether its tables can be asked. */
export interface StoreCheck {
  findings: Finding[];
  usable: boolean;
  clock?: OtherClock | undefined;
}

/** Looks at the store as it lies there, by a connection that only reads. `now` in milliseconds since 1970. */
export async function checkStore(environment: Environment, now: () => number): Promise<StoreCheck> {
  const { database } = environment;
  return database.kind === 'sqlite'
    ? checkSqlite(database.file, storeName(environment))
    : checkPostgres(database.url, storeName(environment), now);
}

async function checkSqlite(file: string, name: string): Promise<StoreCheck> {
  if (!existsSync(file))
    return { usable: false, findings: [well('Database', `${name} is made when the server starts.`)] };
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const damage = database.pragma('quick_check(1)', { simple: true });
    if (damage !== 'ok')
      return {
        usable: false,
        findings: [wrong('Database', `${name} is damaged: ${damage}`, 'Stop the server and restore a backup.')],
      };
    const names = database
      .prepare<[], { name: string }>(`select name from sqlite_master where name = 'schema_migration'`)
      .all();
    const done =
      names.length > 0 ? database.prepare<[], { name: string }>('select name from schema_migration').all() : [];
    const journal = database.pragma('journal_mode', { simple: true });
    const tables = tableFindings(done.map((row) => row.name));
    const { size, mode } = await stat(file);
    const server = serverOf(file);
    return {
      usable: tables.every(({ mark }) => mark === '✓'),
      findings: [
        well('Database', `${name} is whole, ${grouped(Math.ceil(size / 1024))} KiB.`),
        ...(mode & 0o077 && process.platform !== 'win32'
          ? [advice('Database', `${name} can be read by other users of this machine.`, `chmod 600 ${name}`)]
          : []),
        journal === 'wal'
          ? well(
              'Durability',
              'Write-ahead log; each change is on the disk before a reader is thanked (synchronous = FULL).',
            )
          : advice(
              'Durability',
              `The journal is ${journal}, not a write-ahead log.`,
              'Start the server once: it sets it.',
            ),
        ...tables,
        well(
          'Process',
          server ? `${server.pid} serves it since ${shownMoment(server.since)}.` : 'No server has it open.',
        ),
      ],
    };
  } catch (error) {
    return {
      usable: false,
      findings: [
        wrong(
          'Database',
          `${name} cannot be read: ${(error as Error).message}.`,
          'Is it the file of the server, and may this user read it?',
        ),
      ],
    };
  } finally {
    database?.close();
  }
}

interface PostgresState {
  now: number;
  replica: boolean;
  commit: string;
  fsync: string;
  version: string;
  migrated: boolean;
}

async function checkPostgres(url: string, name: string, now: () => number): Promise<StoreCheck> {
  const client = new Client({
    ...{ connectionString: url, application_name: 'd-files doctor' },
    ...{ connectionTimeoutMillis: 5000, query_timeout: 5000 },
  });
  // What ends the connection is told by the query that waits for it.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<PostgresState>(`select
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now, pg_is_in_recovery() as replica,
      current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync,
      current_setting('server_version') as version, to_regclass('schema_migration') is not null as migrated`);
    const [state] = rows;
    if (!state) throw new Error('it answers nothing');
    const clock = { ahead: state.now - now(), whose: 'the database' };
    const done = state.migrated
      ? await client.query<{ name: string }>('select name from schema_migration')
      : { rows: [] };
    const tables = tableFindings(done.rows.map((row) => row.name));
    const durable = state.fsync === 'on' && state.commit !== 'off';
    return {
      clock,
      usable: tables.every(({ mark }) => mark === '✓'),
      findings: [
        state.replica
          ? wrong(
              'Database',
              `${name} is a replica that nothing can be written to.`,
              'Set DATABASE_URL to the primary.',
            )
          : well('Database', `${name}, version ${state.version}.`),
        durable
          ? well('Durability', 'Each change is on the disk before a reader is thanked (fsync, synchronous_commit).')
          : wrong(
              'Durability',
              `fsync is ${state.fsync}, synchronous_commit is ${state.commit}: a power failure loses what readers were thanked for.`,
              'Set both to on.',
            ),
        ...tables,
      ],
    };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return {
      usable: false,
      findings: [
        wrong(
          'Database',
          `${name} does not answer: ${message || code}.`,
          'Compare DATABASE_URL with the database, and look whether it runs.',
        ),
      ],
    };
  } finally {
    await client.end().catch(() => {});
  }
}

function tableFindings(done: readonly string[]): Finding[] {
  const missing = migrations.filter(({ name }) => !done.includes(name));
  const unknown = done.filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0)
    return [
      wrong(
        'Tables',
        `A newer version of this software wrote them (${unknown.join(', ')}).`,
        'Run that version again, or restore the backup that was made before it.',
      ),
    ];
  return missing.length > 0
    ? [
        advice(
          'Tables',
          `Not of this version yet: ${missing.map(({ name }) => name).join(', ')} is to be done.`,
          'Make a backup, then: npm run migrate',
        ),
      ]
    : [well('Tables', 'Of this version.')];
}
