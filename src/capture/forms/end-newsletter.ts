import type { Context } from '#capture/context.ts';
import type { Records } from '#capture/store/store.ts';
import { newsletterTopic, type ContactRow } from '#capture/store/tables.ts';
import { enqueueWebhook, personData } from '#capture/webhook/events.ts';
import { withdraw, type evidence } from './consent.ts';

/** Ends the newsletter for a person, with the proof of why. What has ended stays so. */
export async function endNewsletter(
  context: Pick<Context, 'clock' | 'random' | 'hasWebhook'>,
  records: Records,
  contact: ContactRow,
  proof: ReturnType<typeof evidence>,
): Promise<void> {
  const subscription = await records.subscription(contact.id, newsletterTopic);
  if (!subscription || subscription.status === 'unsubscribed') return;
  await records.setSubscription({ ...subscription, status: 'unsubscribed' });
  await withdraw(context, records, contact.id, proof);
  if (subscription.status === 'confirmed')
    await enqueueWebhook(context, records, {
      type: 'subscriber.unsubscribed',
      once: `${contact.id}:${proof.at}`,
      contactId: contact.id,
      data: { ...personData(contact), topic: newsletterTopic },
    });
}
