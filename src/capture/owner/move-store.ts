import { existsSync } from 'node:fs';
import { lockOf, openStore } from '#capture/compose.ts';
import type { Store } from '#capture/store/store.ts';
import { copyRows, type CopyOutcome, type CopyProgress, type Counts } from './copy-rows.ts';
import type { Environment } from './setup.ts';

/**
 * As of a copy. Where somebody has `changed` the source, stop its server and move again; where the target `differs`, do not
 * use it: delete its database, and move into a new one.
 */
export type MoveOutcome = { kind: 'moved'; rows: Counts } | Exclude<CopyOutcome, { kind: 'copied' }>;

/**
 * Copies everything from one store to another, in one unit: a failure (`StoreUnavailable`, or the end of the process)
 * leaves the target without a row, and the source is only read. Both get the newest tables first. Nothing may write to
 * the source meanwhile.
 */
export async function moveStore(
  source: Store,
  target: Store,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<MoveOutcome> {
  for (const store of [source, target]) await store.migrate();
  const outcome = await copyRows(source.reading, target, { onProgress });
  return outcome.kind === 'copied' ? { kind: 'moved', rows: outcome.rows } : outcome;
}

/**
 * The same from the SQLite file of the environment to the PostgreSQL database at `to`; meanwhile no server can start on
 * the file. Throws what `storeRefusal` explains.
 */
export async function moveToPostgres(
  environment: Pick<Environment, 'database'>,
  to: string,
  { clock, onProgress }: { clock: () => number; onProgress?: (progress: CopyProgress) => void },
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
