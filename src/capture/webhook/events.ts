import { outboxRow } from '#capture/store/outbox-row.ts';
import type { Records } from '#capture/store/store.ts';
import type { ContactRow, SubmissionRow } from '#capture/store/tables.ts';
import { newId, type Randomness } from '#capture/store/tokens.ts';
import type { WebhookEvent, WebhookPayload } from './payload.ts';

/** What queueing an event takes. */
export interface EventContext {
  /** Whether a webhook is set. */
  hasWebhook: boolean;
  /** Milliseconds since 1970. */
  clock: () => number;
  random: Randomness;
}

/** What a CRM hears of once: `once` names the occasion. */
interface Event {
  type: WebhookEvent;
  once: string;
  /** With this contact an event that was not delivered yet goes away. */
  contactId: string | null;
  data: Record<string, unknown>;
  /** The time in the id of its row, in milliseconds since 1970; now without it. */
  dated?: number;
}

/** Queues an event in the same unit of work as what it reports, where a webhook is set. */
export async function enqueueWebhook(
  { hasWebhook, clock, random }: EventContext,
  records: Records,
  { type, once, contactId, data, dated }: Event,
): Promise<void> {
  if (!hasWebhook) return;
  const now = clock();
  const payload: WebhookPayload = { type, timestamp: new Date(now).toISOString(), data };
  await records.enqueue(
    outboxRow({
      id: newId(dated ?? now, random),
      kind: 'webhook',
      lane: 'webhook',
      dedupeKey: `webhook:${type}:${once}`,
      contactId,
      payload,
      runAt: now,
    }),
  );
}

/** What an event reports of a person. */
export function personData({ id, email, name, company }: ContactRow): Record<string, unknown> {
  return { contactId: id, email, name, company };
}

/** What an event reports of the form that a person sent. */
export function submissionData({ asset, landing, fromEntry, utm, at }: SubmissionRow): Record<string, unknown> {
  return {
    whitepaper: asset,
    landing,
    from: fromEntry,
    utm: JSON.parse(utm) as unknown,
    submittedAt: new Date(at).toISOString(),
  };
}
