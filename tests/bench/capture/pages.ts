import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Load, Measured } from './load.ts';

/** Reads a page of all origins in turn. From a thread of its own: what else sends here must not hold up its clock. */
export async function readPages(origins: readonly string[], load: Load): Promise<Measured> {
  const reader = new Worker(new URL('page-reader.ts', import.meta.url), { workerData: { origins, load } });
  const [measured] = (await once(reader, 'message')) as [Measured];
  return measured;
}
