import Database from 'better-sqlite3';
import {
  CamelCasePlugin,
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  sql,
  type Transaction,
} from 'kysely';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { migrate } from './migrations.ts';
import { sqlStore } from './sql-store.ts';
import { withUnit } from './unit.ts';

/** How long another process's lock is waited for, in milliseconds. */
const patience = 5000;

/** The store in one file, which only its owner can read; the file and its folder are made. Throws `StoreUnavailable`. */
export function openSqlite(file: string): Store {
  return sqliteStore(openDatabase(file), patience);
}

/** The store in a database that `openDatabase` opened. `patience` is how long a lock is waited for, in milliseconds. */
export function sqliteStore(database: Database.Database, patience: number): Store {
  const { db, dialect } = kyselyOn(database, patience);
  const units = new Units(db, dialect, database);
  return sqlStore({
    db,
    locksRows: false,
    transaction: (work) => units.run(work),
    count: (work) => units.count((unit) => work(unit, sql`true`)),
    async snapshot(work) {
      // A connection of its own: that of the store goes on to write.
      const own = new Database(database.name, { readonly: true, timeout: patience });
      try {
        own.pragma('busy_timeout = 0');
        own.exec('begin');
        // What is read first fixes the moment.
        own.prepare('select count(*) from sqlite_master').get();
        return await work(kyselyOn(own, patience).db);
      } finally {
        own.close();
      }
    },
    // Each unit holds the lock on the file from its beginning.
    migrate: () => migrate(db, { types: { text: 'text', integer: 'integer', tail: ' strict' }, lock: async () => {} }),
    async connect() {},
    wipe: () => wipe(database),
    async close() {
      await db.destroy();
      // Kysely leaves a database open that it was never asked anything.
      database.close();
    },
  });
}

function kyselyOn(database: Database.Database, patience: number): { db: Kysely<Tables>; dialect: Dialect } {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteFileDriver(database, patience),
    createIntrospector: (introspected) => new SqliteIntrospector(introspected),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return { dialect, db: new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] }) };
}

/** Opens the file. All but `journal_mode` has to be said at each open. Throws `StoreUnavailable`. */
export function openDatabase(file: string): Database.Database {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // SQLite gives its other files the mode of this one. To open a file that it has open would drop its locks.
    if (existsSync(file)) chmodSync(file, 0o600);
    else closeSync(openSync(file, 'a', 0o600));

    const database = new Database(file, { timeout: patience });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // What is deleted is written over, in the file and in what is free of it.
    database.pragma('secure_delete = ON');
    database.pragma('cache_size = -32000');
    // SQLite would wait for a lock with the whole process; from here on, the driver waits.
    database.pragma('busy_timeout = 0');
    return database;
  } catch (error) {
    throw new StoreUnavailable(`The database ${file} cannot be opened`, { cause: error });
  }
}

/**
 * Empties the write-ahead log, which has the pages as they were. While another process reads, that is left to the next
 * checkpoint.
 */
async function wipe(database: Database.Database): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    if (!database.open) return;
    try {
      const [outcome] = database.inTransaction
        ? []
        : (database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]);
      if (outcome?.busy === 0) return;
    } catch {
      // A full disk, or a lock: what was to be kept is kept.
    }
    await setTimeout(50);
  }
}

/** How many units the disk is asked to keep at once, at most. */
const unitsAtOnce = 50;

interface Unit {
  work: (transaction: Transaction<Tables>) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Runs units one after the other, and commits those together that wait at the same time: it is the disk that takes
 * time, once for each commit. No unit resolves before the commit that keeps it. Counts are committed by themselves, and
 * the disk is not waited for: they are kept with the next unit, or the next checkpoint.
 */
class Units {
  readonly #db: Kysely<Tables>;
  readonly #dialect: Dialect;
  readonly #database: Database.Database;
  readonly #waiting: Unit[] = [];
  readonly #counts: Unit[] = [];
  #runs = false;
  constructor(db: Kysely<Tables>, dialect: Dialect, database: Database.Database) {
    this.#db = db;
    this.#dialect = dialect;
    this.#database = database;
  }

  run<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#queue(this.#waiting, work);
  }

  count<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#queue(this.#counts, work);
  }

  #queue<T>(queue: Unit[], work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: resolve as Unit['resolve'], reject });
      void this.#runAll();
    });
  }

  async #runAll() {
    if (this.#runs) return;
    this.#runs = true;
    while (this.#waiting.length + this.#counts.length > 0) {
      // Whoever has come in the meantime joins.
      await setImmediate();
      if (this.#counts.length > 0) await this.#runSome(this.#counts, 'NORMAL');
      if (this.#waiting.length > 0) await this.#runSome(this.#waiting, 'FULL');
    }
    this.#runs = false;
  }

  async #runSome(waiting: Unit[], synchronous: 'NORMAL' | 'FULL') {
    const taken: Unit[] = [];
    const outcomes: (() => void)[] = [];
    try {
      if (synchronous !== 'FULL') this.#database.pragma(`synchronous = ${synchronous}`);
      await this.#db.transaction().execute(async (transaction) => {
        for (let unit = waiting.shift(); unit; unit = waiting.shift()) {
          taken.push(unit);
          outcomes.push(await this.#outcome(transaction, unit));
          if (taken.length === unitsAtOnce) return;
        }
      });
      for (const settle of outcomes) settle();
    } catch (error) {
      // Where it could not even begin, nobody that waits would fare better.
      const hindered = taken.length > 0 ? taken : [...this.#counts.splice(0), ...this.#waiting.splice(0)];
      for (const { reject } of hindered) reject(error);
    } finally {
      if (synchronous !== 'FULL' && this.#database.open) this.#database.pragma('synchronous = FULL');
    }
  }

  /** Settles the unit, to be called once all is kept. Throws when it has ended the transaction of all, as a full disk does. */
  async #outcome(transaction: Transaction<Tables>, { work, resolve, reject }: Unit): Promise<() => void> {
    await sql`savepoint unit`.execute(transaction);
    try {
      const value = await withUnit(this.#db, this.#dialect, transaction.getExecutor(), work);
      await sql`release unit`.execute(transaction);
      return () => resolve(value);
    } catch (error) {
      if (!this.#database.inTransaction) throw error;
      await sql`rollback to unit`.execute(transaction);
      await sql`release unit`.execute(transaction);
      return () => reject(error);
    }
  }
}

/** The one connection; Kysely lets one unit after the other have it. */
class SqliteFileDriver implements Driver {
  readonly #database: Database.Database;
  readonly #connection: SqliteFileConnection;
  constructor(database: Database.Database, patience: number) {
    this.#database = database;
    this.#connection = new SqliteFileConnection(database, patience);
  }
  async init() {}
  async acquireConnection() {
    return this.#connection;
  }
  // A unit that begins to write after it has read may find that another process wrote in between, and cannot go on.
  async beginTransaction() {
    await this.#connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  async commitTransaction() {
    await this.#connection.executeQuery(CompiledQuery.raw('commit'));
  }
  async rollbackTransaction() {
    // A full disk ends a unit by itself.
    if (this.#database.inTransaction) await this.#connection.executeQuery(CompiledQuery.raw('rollback'));
  }
  async releaseConnection() {}
  async destroy() {
    this.#database.close();
  }
}

const keptStatements = 200;

class SqliteFileConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #patience: number;
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>();
  constructor(database: Database.Database, patience: number) {
    this.#database = database;
    this.#patience = patience;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    for (let waited = 0; ; waited += 10)
      try {
        return this.#run<Row>(query);
      } catch (error) {
        if (!(error instanceof Database.SqliteError) || !unavailable.test(error.code)) throw error;
        // Outside of a unit, and at its beginning, a lock has hindered everything: it can be asked again.
        const again = busy.test(error.code) && !this.#database.inTransaction && waited < this.#patience;
        if (!again) throw new StoreUnavailable(`SQLite: ${error.message} (${error.code})`, { cause: error });
        await setTimeout(10);
      }
  }

  // eslint-disable-next-line require-yield
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Long lists are read in pages: a statement that is open would keep the file from being tidied.');
  }

  #run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const statement = this.#statement(sql);
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    const { changes } = statement.run(parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  #statement(sql: string) {
    const kept = this.#statements.get(sql);
    if (kept) return kept;
    const statement = this.#database.prepare<unknown[], unknown>(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > keptStatements && oldest !== undefined) this.#statements.delete(oldest);
    return statement;
  }
}

const busy = /^SQLITE_(BUSY|LOCKED)/;
/** The result codes that speak of the disk, the file or its locks, and not of what was asked (sqlite.org/rescode.html). */
const unavailable =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PERM|AUTH|NOLFS|PROTOCOL)(_|$)/;
