import type { HeardDayRow } from './tables.ts';

/** What is counted of recordings, shared by all processes. */
export interface HeardCounts {
  /** The salt of a day (UTC), under which its listeners are told apart: `fresh`, unless another process was first. */
  salt(day: string, fresh: string): Promise<string>;
  /** Adds to the totals of days. */
  add(rows: readonly HeardDayRow[]): Promise<void>;
  /** Throws away the salts of days before this one: what was told apart by them, nobody can any more. */
  forget(before: string): Promise<void>;
}

export interface HeardReading {
  /** By entry and kind, from the day `since` to the day `until`, both counted in. */
  heard(days: {
    since?: string | undefined;
    until?: string | undefined;
  }): Promise<Pick<HeardDayRow, 'entry' | 'kind' | 'n'>[]>;
}
