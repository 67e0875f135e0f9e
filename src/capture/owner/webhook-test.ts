import { openWebhook } from '#capture/compose.ts';
import { newId } from '#capture/store/tokens.ts';
import type { WebhookPayload } from '#capture/webhook/payload.ts';
import { WebhookRefused, type WebhookSender } from '#capture/webhook/sender.ts';
import type { Owner } from './owner.ts';
import type { Environment } from './setup.ts';

export type TestEventOutcome = { kind: 'taken' } | { kind: 'refused'; why: string };

/**
 * Sends an event that is about nobody, once and now, for the owner to see whether the receiver is right; undefined where
 * none is named. `messageId` is the one that the receiver sees.
 */
export async function testWebhook(
  environment: Pick<Environment, 'webhook' | 'site'>,
  { clock, random }: Pick<Owner, 'clock' | 'random'>,
): Promise<{ outcome: TestEventOutcome; messageId: string; milliseconds: number } | undefined> {
  const sender = openWebhook(environment);
  if (!sender) return undefined;
  const now = clock();
  const id = newId(now, random);
  const outcome = await sendTestEvent(sender, { id, now, site: environment.site.href });
  return { outcome, messageId: `msg_${id}`, milliseconds: clock() - now };
}

/** The same by a sender. */
export async function sendTestEvent(
  sender: WebhookSender,
  { id, now, site }: { id: string; now: number; site: string },
): Promise<TestEventOutcome> {
  const payload: WebhookPayload = { type: 'test', timestamp: new Date(now).toISOString(), data: { site } };
  try {
    await sender.send(`msg_${id}`, JSON.stringify(payload));
    return { kind: 'taken' };
  } catch (error) {
    if (error instanceof WebhookRefused) return { kind: 'refused', why: error.message };
    throw error;
  }
}
