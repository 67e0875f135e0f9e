import type { LockHolder } from './server-running.ts';

/** What there is to see of a store from outside, found without changing it. */
export type StoreFacts =
  /** There is no file yet. */
  | { kind: 'none' }
  /** The file is not whole; `damage` is what SQLite says. */
  | { kind: 'damaged'; damage: string }
  | { kind: 'unreadable'; message: string }
  | {
      kind: 'sqlite';
      migrations: MigrationFacts;
      /** `wal`, or another mode of the journal. */
      journal: string;
      bytes: number;
      /** The permissions of the file. */
      mode: number;
      server: LockHolder | undefined;
    }
  | {
      kind: 'postgres';
      migrations: MigrationFacts;
      /** How far its clock is before this one's, in milliseconds. */
      ahead: number;
      isReplica: boolean;
      /** The settings `synchronous_commit` and `fsync`. */
      commit: string;
      fsync: string;
      version: string;
    };

/** The names of the migrations that it lacks, and of those that this version does not know. */
export interface MigrationFacts {
  missing: string[];
  unknown: string[];
}
