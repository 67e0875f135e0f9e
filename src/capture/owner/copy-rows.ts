import { createHash, type Hash } from 'node:crypto';
import type { Reading, Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';

export type Counts = Record<keyof Tables, number>;

export type CopyOutcome =
  /** The target has every row of the source: all were read again and compared. */
  | { kind: 'copied'; rows: Counts }
  /** The target has rows already; nothing was done. */
  | { kind: 'not-empty'; rows: Counts }
  /** Someone wrote to the source meanwhile; the target is as before. */
  | { kind: 'changed'; table: keyof Tables }
  /** What is in the target now is not what was put there. */
  | { kind: 'differs'; table: keyof Tables };

/** How far the work is: `done` rows of `of` are copied, and then compared. */
export interface CopyProgress {
  step: 'copies' | 'compares';
  table: keyof Tables;
  done: number;
  of: number;
}

export interface CopyOptions {
  /** Whether rows that the target has are deleted first, in the same unit. */
  replaces?: boolean;
  onProgress?: ((progress: CopyProgress) => void) | undefined;
}

/**
 * Copies every row into a store whose tables have the same form, in one unit: a failure (`StoreUnavailable`, or the end of
 * the process) leaves the target as it was, and the source is only read. What is in the target then is compared.
 */
export async function copyRows(
  source: Pick<Reading, 'counts' | 'rows'>,
  target: Store,
  { replaces = false, onProgress = () => {} }: CopyOptions = {},
): Promise<CopyOutcome> {
  const there = await target.reading.counts();
  if (!replaces && Object.values(there).some((count) => count > 0)) return { kind: 'not-empty', rows: there };

  const rows = await source.counts();
  const hashes = new Map<keyof Tables, string>();
  try {
    await target.transaction(async (records) => {
      if (replaces) for (const table of inOrder.toReversed()) await records.clear(table);
      for (const table of inOrder) {
        const hash = createHash('sha256');
        let done = 0;
        for await (const batch of batchesOf(source, table)) {
          await records.insert(table, batch);
          hashOf(hash, batch);
          done += batch.length;
          onProgress({ step: 'copies', table, done, of: rows[table] });
        }
        if (done !== rows[table]) throw new Changed(table);
        hashes.set(table, hash.digest('hex'));
      }
    });
  } catch (error) {
    if (error instanceof Changed) return { kind: 'changed', table: error.table };
    throw error;
  }

  for (const table of inOrder) {
    const hash = createHash('sha256');
    let done = 0;
    for await (const batch of batchesOf(target.reading, table)) {
      hashOf(hash, batch);
      done += batch.length;
      onProgress({ step: 'compares', table, done, of: rows[table] });
    }
    if (done !== rows[table] || hash.digest('hex') !== hashes.get(table)) return { kind: 'differs', table };
  }
  return { kind: 'copied', rows };
}

/** Each table after those that its rows refer to. */
export const inOrder: readonly (keyof Tables)[] = [
  'consentText',
  'contact',
  'subscription',
  'consentEvent',
  'submission',
  'token',
  'outbox',
  'suppression',
  'funnelDay',
  'audit',
  'comment',
  'question',
  'lead',
  'leadEvent',
  'issue',
  'partnerLink',
  'bounce',
  'alert',
  'heardDay',
  ...(['signIn', 'deskSession', 'passkey'] as const),
];

/** Ends the unit, so that nothing is kept. */
class Changed extends Error {
  readonly table: keyof Tables;
  constructor(table: keyof Tables) {
    super(`${table} has changed`);
    this.table = table;
  }
}

async function* batchesOf<Name extends keyof Tables>(
  reading: Pick<Reading, 'rows'>,
  table: Name,
): AsyncGenerator<Tables[Name][]> {
  let batch: Tables[Name][] = [];
  for await (const row of reading.rows(table)) {
    if (batch.push(row) < 500) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Adds rows to a hash, whatever the order of their columns. */
function hashOf(hash: Hash, rows: readonly object[]): void {
  const columns = Object.keys(rows[0] ?? {}).toSorted();
  for (const row of rows) hash.update(JSON.stringify(row, columns));
}
