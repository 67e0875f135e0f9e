import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '#capture/store/tables.ts';

/** What an engine brings. Its failures are `StoreUnavailable` already, as the driver throws them. */
export interface Engine {
  db: Kysely<Tables>;
  /** Whether several units run at once, so that they have to lock the rows that they read in order to change them. */
  locksRows: boolean;
  /** Runs a unit; once more, where the engine ended it for the sake of another. */
  transaction<T>(work: (unit: Transaction<Tables>) => Promise<T>): Promise<T>;
  migrate(): Promise<string[]>;
  close(): Promise<void>;
}
