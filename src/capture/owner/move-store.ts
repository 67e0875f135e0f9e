import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lockOf, openStore } from '#capture/compose.ts';
import type { Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import type { Environment } from './setup.ts';

export type Counts = Record<keyof Tables, number>;

export type MoveOutcome =
  /** The target has every row of the source: all were read again and compared. */
  | { kind: 'moved'; rows: Counts }
  /** The target has rows already; nothing was done. */
  | { kind: 'not-empty'; rows: Counts }
  /** Someone wrote to the source meanwhile; the target is empty as before. Stop the source's server, and move again. */
  | { kind: 'changed'; table: keyof Tables }
  /** What is in the target now is not what was put there: do not use it. Delete its database, and move into a new one. */
  | { kind: 'differs'; table: keyof Tables };

/** How far the work is: `done` rows of `of` are copied, and then compared. */
export interface MoveProgress {
  step: 'copies' | 'compares';
  table: keyof Tables;
  done: number;
  of: number;
}

/**
 * Copies everything from one store to another, in one unit: a failure (`StoreUnavailable`, or the end of the process)
 * leaves the target without a row, and the source is only read. Both get the newest tables first. Nothing may write to
 * the source meanwhile.
 */
export async function moveStore(
  source: Store,
  target: Store,
  onProgress: (progress: MoveProgress) => void = () => {},
): Promise<MoveOutcome> {
  for (const store of [source, target]) await store.migrate();
  const there = await target.reading.counts();
  if (Object.values(there).some((count) => count > 0)) return { kind: 'not-empty', rows: there };

  const rows = await source.reading.counts();
  const hashes = new Map<keyof Tables, string>();
  try {
    await target.transaction(async (records) => {
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
    for await (const batch of batchesOf(target, table)) {
      hashOf(hash, batch);
      done += batch.length;
      onProgress({ step: 'compares', table, done, of: rows[table] });
    }
    if (done !== rows[table] || hash.digest('hex') !== hashes.get(table)) return { kind: 'differs', table };
  }
  return { kind: 'moved', rows };
}

/**
 * The same from the SQLite file of the environment to the PostgreSQL database at `to`; meanwhile no server can start on
 * the file. Throws what `storeRefusal` explains.
 */
export async function moveToPostgres(
  environment: Pick<Environment, 'database'>,
  to: string,
  { clock, onProgress }: { clock: () => number; onProgress?: (progress: MoveProgress) => void },
): Promise<MoveOutcome | { kind: 'nothing-to-move' }> {
  const { database } = environment;
  if (database.kind !== 'sqlite' || !existsSync(database.file)) return { kind: 'nothing-to-move' };
  const lock = lockOf(environment, clock);
  const stores: Store[] = [];
  try {
    for (const each of [database, { kind: 'postgres', url: to } as const])
      stores.push(await openStore({ database: each }));
    const [source, target] = stores;
    if (!source || !target) throw new Error('Both stores were opened.');
    return await moveStore(source, target, onProgress);
  } finally {
    for (const store of stores) await store.close();
    lock?.release();
  }
}

/** Each table after those that its rows refer to. */
const inOrder: readonly (keyof Tables)[] = [
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

async function* batchesOf<Name extends keyof Tables>(store: Store, table: Name): AsyncGenerator<Tables[Name][]> {
  let batch: Tables[Name][] = [];
  for await (const row of store.reading.rows(table)) {
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
