import {
  CamelCasePlugin,
  Kysely,
  PostgresDialect,
  sql,
  type DatabaseConnection,
  type PostgresPool,
  type PostgresPoolClient,
  type Transaction,
} from 'kysely';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { DatabaseError, Pool, types } from 'pg';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { plannedAnewMark } from './planned-anew.ts';
import { migrate } from './migrations.ts';
import { sqlStore } from './sql-store.ts';
import { withUnit } from './unit.ts';

export interface PostgresOptions {
  /** How many connections there may be at once. */
  connections?: number;
  /** How long a connection is waited for, in milliseconds. */
  connectTimeout?: number;
  /** How long one statement may take, with what it waits for, in milliseconds. */
  statementTimeout?: number;
}

/** The store in a PostgreSQL database. It connects when it is first asked, and again after the server was away. */
export function openPostgres(url: string, options: PostgresOptions = {}): Store {
  const { connections = 10, connectTimeout = 5000, statementTimeout = 10_000 } = options;
  const pool = poolOf(url, { connections, connectTimeout, statementTimeout });
  const dialect = new PostgresDialect({ pool });
  const db = databaseOn(dialect);
  const run = unitsOn(db, dialect);
  let ended: Promise<void> | undefined;
  /** Does work that may take long, on a connection of its own. */
  const unhurried = async <T>(work: (slow: Kysely<Tables>) => Promise<T>): Promise<T> => {
    const slow = databaseOn(
      new PostgresDialect({ pool: poolOf(url, { connections: 1, connectTimeout, statementTimeout: 0 }) }),
    );
    try {
      return await work(slow);
    } finally {
      await slow.destroy();
    }
  };
  return sqlStore({
    db,
    locksRows: true,
    // For the statement alone: poolers such as PgBouncer give the connection to others.
    count: (work) => work(db, sql`set_config('synchronous_commit', 'off', true) = 'off'`),
    async transaction(work) {
      for (let attempt = 1; ; attempt++)
        try {
          return await run(work);
        } catch (error) {
          if (!(error instanceof Conflict) || attempt === attempts) throw error;
          await setTimeout(attempt * 20);
        }
    },
    // Its vacuum does that, in its own time.
    wipe: async () => {},
    snapshot: (work) =>
      unhurried((slow) =>
        slow.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
      ),
    // Tables with many rows take their time, and so may another process that is at it.
    migrate: () =>
      unhurried((slow) =>
        migrate(slow, {
          types: { text: 'text collate "C"', integer: 'bigint', tail: '' },
          async lock(unit) {
            await sql`select pg_advisory_xact_lock(hashtextextended(${'d-files migrations'}, 0))`.execute(unit);
          },
        }),
      ),
    async connect() {
      const made = await Promise.allSettled(Array.from({ length: connections }, () => pool.connect()));
      for (const each of made) if (each.status === 'fulfilled') each.value.release();
    },
    close: () => (ended ??= pool.end()),
  });
}

/** How often a unit is tried that PostgreSQL ended for the sake of another. */
const attempts = 5;

/** PostgreSQL ended the unit because of another one: it may succeed when it is done again. */
class Conflict extends StoreUnavailable {}

function databaseOn(dialect: PostgresDialect): Kysely<Tables> {
  return new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
}

/**
 * Runs units, each on a connection. Statements that are called together, the beginning of the unit with the first of them,
 * are sent together, and PostgreSQL answers them in that order: each of them alone would wait for the way there and back.
 */
function unitsOn(db: Kysely<Tables>, dialect: PostgresDialect) {
  const driver = dialect.createDriver();
  return async <T>(work: (unit: Transaction<Tables>) => Promise<T>): Promise<T> => {
    await driver.init();
    const connection = await driver.acquireConnection();
    try {
      const provided = { provideConnection: <R>(use: (it: DatabaseConnection) => Promise<R>) => use(connection) };
      const [, outcome] = await withUnit(db, dialect, provided, (unit) =>
        Promise.all([driver.beginTransaction(connection, {}), work(unit)]),
      );
      await driver.commitTransaction(connection);
      return outcome;
    } catch (error) {
      await driver.rollbackTransaction(connection).catch(() => {});
      throw error;
    } finally {
      await driver.releaseConnection(connection);
    }
  };
}

/** To make a connection takes longer than a form does; networks forget one that is idle for six minutes or so. */
const idleTimeout = 5 * 60_000;

/** Sends the statements of one turn of the event loop together: each alone is a call of the system, which takes longest. */
class GatheringSocket extends Socket {
  #isGathering = false;

  override cork(): void {
    super.cork();
    if (this.#isGathering) return;
    this.#isGathering = true;
    super.cork();
    process.nextTick(() => {
      this.#isGathering = false;
      super.uncork();
    });
  }
}

/** A pool whose failures are the store's, and which gives away each connection that failed. */
function poolOf(
  url: string,
  { connections, connectTimeout, statementTimeout }: Required<PostgresOptions>,
): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'd-files',
    max: connections,
    connectionTimeoutMillis: connectTimeout,
    idleTimeoutMillis: idleTimeout,
    keepAlive: true,
    pipeline: true,
    stream: () => new GatheringSocket(),
    // Over that of the server, for the case that it does not answer at all.
    query_timeout: statementTimeout && statementTimeout + 2000,
    types: { getTypeParser: (type, format) => (type === bigint ? safeInteger : types.getTypeParser(type, format)) },
    // Not as parameters of the connection: poolers such as PgBouncer refuse those.
    onConnect: (client) =>
      client.query(
        `select set_config('statement_timeout', $1, false), set_config('idle_in_transaction_session_timeout', $2, false)`,
        [String(statementTimeout), String(6 * statementTimeout)],
      ),
  });
  // Unheard, the end of a connection that nobody uses would end the process. The pool has dropped it already.
  pool.on('error', () => {});

  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw failureOf(error);
      });
      let lost: unknown;
      const lose = (error: unknown) => void (lost ??= failureOf(error));
      client.on('error', lose);
      const query = async (text: string, values: readonly unknown[]) => {
        if (lost) throw lost;
        try {
          return await client.query({ ...prepared(text), text, values: values.slice() });
        } catch (error) {
          const failure = failureOf(error);
          // What PostgreSQL itself answers leaves the connection as it was, unless it says that this was the end.
          const isOver = !(error instanceof DatabaseError) || error.severity === 'FATAL';
          // What follows a unit that could not begin would be kept statement by statement.
          if ((failure instanceof StoreUnavailable && isOver) || text === 'begin') lost ??= failure;
          throw failure;
        }
      };
      return {
        query: query as unknown as PostgresPoolClient['query'],
        release(destroy?: boolean) {
          client.off('error', lose);
          client.release(destroy === true || lost !== undefined);
        },
      };
    },
  };
}

/** Statements that a connection keeps, and the longest of them: those of long lists vary with their lengths. */
const mostPrepared = 100;
const longestPrepared = 3000;
const names = new Map<string, string>();

/** The name under which a connection keeps a statement once it was read and planned: a form is a dozen of them. */
function prepared(text: string): { name?: string } {
  const known = names.get(text);
  if (known) return { name: known };
  if (names.size >= mostPrepared || text.length > longestPrepared || text.includes(plannedAnewMark)) return {};
  const name = `d_files_${names.size}`;
  names.set(text, name);
  return { name };
}

/** The type's number in PostgreSQL's catalog. */
const bigint: number = types.builtins.INT8;

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too great for a number`);
  return value;
}

/**
 * What a failure is for the store. Classes of SQLSTATE (PostgreSQL 18, appendix A): 08 connection, 25006 a replica that
 * cannot write, 25P03 and 25P04 a unit that took too long, 28 and 3D a database that does not let in, 40 conflicts, 53 resources, 55P03 locks, 57 operator and
 * timeouts, 58 the system's own. What has no SQLSTATE comes from the network or from waiting for it.
 */
function failureOf(error: unknown): unknown {
  const isMistake = error instanceof RangeError || error instanceof TypeError;
  if (!(error instanceof Error) || error instanceof StoreUnavailable || isMistake) return error;
  const message = `PostgreSQL: ${error.message || (error as { code?: string }).code}`;
  if (!(error instanceof DatabaseError)) return new StoreUnavailable(message, { cause: error });
  const state = error.code ?? '';
  if (/^40(001|P01)$/.test(state)) return new Conflict(message, { cause: error });
  if (/^(08|28|3D|53|57|58)|^(25006|25P0[34]|55P03)$/.test(state))
    return new StoreUnavailable(message, { cause: error });
  return error;
}
