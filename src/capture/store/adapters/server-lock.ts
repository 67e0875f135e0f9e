import Database from 'better-sqlite3';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { ServerIsRunning, type LockHolder } from '#capture/store/server-running.ts';

/** The right to be the one server of an SQLite file; owner's commands need none. */
export interface ServerLock {
  release(): void;
}

/**
 * Takes the lock of the SQLite database `file`. It is a transaction of a database beside it, so that the system lets
 * go of it when the process ends, however it ends. Throws `ServerIsRunning`.
 */
export function lockForServer(file: string, holder: LockHolder): ServerLock {
  const database = open(file);
  try {
    // Others can read who it is while the second transaction, which writes nothing, is held.
    database.exec('begin immediate');
    database.exec('create table if not exists holder (pid integer not null, since integer not null) strict');
    database.exec('delete from holder');
    database.prepare('insert into holder (pid, since) values (?, ?)').run(holder.pid, holder.since);
    database.exec('commit; begin immediate');
    held.add(database);
    return {
      release() {
        held.delete(database);
        database.close();
      },
    };
  } catch (error) {
    const running = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    const other = running ? holderIn(database) : undefined;
    database.close();
    const isOther = other?.pid !== holder.pid || other.since !== holder.since;
    throw running ? new ServerIsRunning(file, isOther ? other : undefined) : error;
  }
}

/** Who holds the lock of `file`, if anyone does. */
export function serverOf(file: string): LockHolder | undefined {
  if (!existsSync(lockFile(file))) return undefined;
  const database = open(file);
  try {
    database.exec('begin immediate');
    return undefined;
  } catch {
    return holderIn(database);
  } finally {
    database.close();
  }
}

/** A database that nobody refers to is closed when memory is tidied, and the lock would be gone. */
const held = new Set<Database.Database>();

const lockFile = (file: string) => `${file}-server`;

function open(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(lockFile(file))) closeSync(openSync(lockFile(file), 'a', 0o600));
  return new Database(lockFile(file), { timeout: 0 });
}

function holderIn(database: Database.Database): LockHolder | undefined {
  try {
    return database.prepare<[], LockHolder>('select pid, since from holder').get();
  } catch {
    return undefined;
  }
}
