import { newsletterTopic } from './asking.ts';
import type { UnsubscribeOutcome, Visit } from './capture.ts';
import { evidence, withdraw } from './consent.ts';
import { withLink } from './links.ts';
import type { Means } from './means.ts';
import { personData, tell } from './webhook-events.ts';

/** Ends the newsletter for the person whose link this is. What has ended stays so: as often as one likes. */
export function unsubscribe(means: Means, text: string, visit: Visit): Promise<UnsubscribeOutcome> {
  return withLink(means, text, 'preferences', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    const subscription = await records.subscription(contact.id, newsletterTopic);
    if (!subscription || subscription.status === 'unsubscribed') return { kind: 'done' };
    const now = means.clock();
    await records.setSubscription({ ...subscription, status: 'unsubscribed' });
    await withdraw(means, records, contact.id, evidence(new URL('unsubscribe/', means.address).href, visit, now));
    if (subscription.status === 'confirmed')
      await tell(means, records, {
        type: 'subscriber.unsubscribed',
        once: `${contact.id}:${now}`,
        contactId: contact.id,
        data: { ...personData(contact), topic: newsletterTopic },
      });
    return { kind: 'done' };
  });
}
