import type { UnsubscribeOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { evidence, withdraw } from '#capture/forms/consent.ts';
import { newsletterTopic } from '#capture/store/tables.ts';
import { enqueueWebhook, personData } from '#capture/webhook/events.ts';
import { url } from '#site/url.ts';
import { withLink } from './open-link.ts';

/** Ends the newsletter for the person whose link this is. What has ended stays so: as often as one likes. */
export function unsubscribe(context: Context, text: string, visit: Visit): Promise<UnsubscribeOutcome> {
  return withLink(context, text, 'preferences', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    const subscription = await records.subscription(contact.id, newsletterTopic);
    if (!subscription || subscription.status === 'unsubscribed') return { kind: 'done' };
    const now = context.clock();
    await records.setSubscription({ ...subscription, status: 'unsubscribed' });
    await withdraw(
      context,
      records,
      contact.id,
      evidence(new URL(url.unsubscribe(''), context.address).href, visit, now),
    );
    if (subscription.status === 'confirmed')
      await enqueueWebhook(context, records, {
        type: 'subscriber.unsubscribed',
        once: `${contact.id}:${now}`,
        contactId: contact.id,
        data: { ...personData(contact), topic: newsletterTopic },
      });
    return { kind: 'done' };
  });
}
