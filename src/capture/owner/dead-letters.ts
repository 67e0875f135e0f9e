import { maskedAddress } from '#capture/forms/email-address.ts';
import { reasonOf } from '#capture/outbox/reason.ts';
import type { OutboxRow } from '#capture/store/tables.ts';
import type { Owner } from './owner.ts';

/** A mail or webhook that failed for good, as the owner sees it: whoever it was for, by their first letter. */
export interface DeadLetter {
  id: string;
  kind: OutboxRow['kind'];
  /** Which mail or event: `confirm`, `lead.confirmed`. */
  what: string;
  /** With all but its first letter and its domain hidden; null for what went to nobody, or to someone erased. */
  to: string | null;
  /** When it was tried last, ISO 8601. */
  tried: string;
  attempts: number;
  /** Why it failed, as the other side said it, without addresses. */
  error: string;
}

export async function deadLetters({ store }: Pick<Owner, 'store'>): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (const row of await store.outbox.dead()) {
    const { contactId } = row;
    const contact = contactId === null ? undefined : await store.transaction((records) => records.contact(contactId));
    letters.push({
      id: row.id,
      kind: row.kind,
      what: nameOf(row),
      to: contact ? maskedAddress(contact.email) : null,
      tried: new Date(row.runAt).toISOString(),
      attempts: row.attempts,
      error: reasonOf(row.lastError ?? ''),
    });
  }
  return letters;
}

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

function nameOf({ kind, payload }: OutboxRow): string {
  try {
    const { mail, type } = JSON.parse(payload) as { mail?: string; type?: string };
    return mail ?? type ?? kind;
  } catch {
    return kind;
  }
}
