import type { WebhookPayload } from './payload.ts';

/** Sends events to the owner's CRM. */
export interface WebhookSender {
  /** Delivers `body` under an id that stays the same on each attempt; throws `WebhookRefused`. */
  send(id: string, body: string): Promise<void>;
}

/** Sends an event that tells nothing, once and now, for the owner to see whether the receiver is right. */
export async function sendTestEvent(
  sender: WebhookSender,
  { id, now, site }: { id: string; now: number; site: string },
): Promise<{ kind: 'taken' } | { kind: 'refused'; why: string }> {
  const payload: WebhookPayload = { type: 'test', timestamp: new Date(now).toISOString(), data: { site } };
  try {
    await sender.send(`msg_${id}`, JSON.stringify(payload));
    return { kind: 'taken' };
  } catch (error) {
    if (error instanceof WebhookRefused) return { kind: 'refused', why: error.message };
    throw error;
  }
}

/** An event was not taken: for now, or for good (410). */
export class WebhookRefused extends Error {
  override name = 'WebhookRefused';
  readonly permanent: boolean;
  /** For how long, in milliseconds, the receiver asked not to be tried again. */
  readonly retryAfter: number | undefined;
  constructor(
    message: string,
    { permanent = false, retryAfter }: { permanent?: boolean; retryAfter?: number | undefined } = {},
  ) {
    super(message);
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }
}
