import type { Owner } from './owner.ts';

export type { DeadLetter } from '#capture/desk.ts';
export { deadLetters } from '#capture/desk/dead-letters.ts';

export type RetryOutcome =
  | { kind: 'queued'; count: number }
  /** There are no such dead letters; nothing was queued. */
  | { kind: 'unknown'; ids: string[] };

/** Puts dead letters back into the queue, those with these ids or all of them. */
export async function retryDeadLetters(
  { store, clock }: Pick<Owner, 'store' | 'clock'>,
  which: readonly string[] | 'all',
): Promise<RetryOutcome> {
  if (which === 'all') return { kind: 'queued', count: await store.outbox.revive(clock()) };
  const known = new Set((await store.outbox.dead()).map(({ id }) => id));
  const unknown = which.filter((id) => !known.has(id));
  return unknown.length > 0
    ? { kind: 'unknown', ids: unknown }
    : { kind: 'queued', count: await store.outbox.revive(clock(), which) };
}
