import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Tables } from '#capture/store/tables.ts';

/** What an engine brings. Its failures are `StoreUnavailable` already, as the driver throws them. */
export interface Engine {
  db: Kysely<Tables>;
  /** Whether several units run at once, so that they have to lock the rows that they read in order to change them. */
  locksRows: boolean;
  /**
   * Runs `work`, which is one statement, for what limits count: it is not waited for the disk, which may lose the last
   * moment of it when the machine crashes. `hastily` is true, and has to be among the statement's conditions.
   */
  count<T>(work: (db: Kysely<Tables>, hastily: RawBuilder<boolean>) => Promise<T>): Promise<T>;
  /**
   * Runs a unit; once more, where the engine ended it for the sake of another. Statements run in the order in which they
   * are called.
   */
  transaction<T>(work: (unit: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Has `work` read as of one moment, beside whoever writes. */
  snapshot<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  migrate(): Promise<string[]>;
  connect(): Promise<void>;
  /** Leaves no byte of what was deleted in the engine's files, where it can; what it cannot do now it leaves. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}
