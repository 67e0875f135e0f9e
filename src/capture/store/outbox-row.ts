import type { OutboxRow } from './tables.ts';

/** A row of the outbox as it is queued: not tried yet, and due at `runAt` (milliseconds since 1970). */
export function outboxRow({
  payload,
  ...row
}: Pick<OutboxRow, 'id' | 'kind' | 'lane' | 'dedupeKey' | 'contactId' | 'runAt'> & { payload: object }): OutboxRow {
  return { ...row, payload: JSON.stringify(payload), state: 'ready', attempts: 0, leaseUntil: null, lastError: null };
}
