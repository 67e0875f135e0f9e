import { newsletterTopic } from './asking.ts';
import type { UnsubscribeOutcome, Visit } from './capture.ts';
import { evidence } from './consent.ts';
import { withLink } from './links.ts';
import type { Means } from './means.ts';
import { newId } from './tokens.ts';
import { personData, tell } from './webhook-events.ts';

/**
 * Begins the newsletter anew, from the preferences page, which shows the wording. The link came by mail, so the address
 * needs no other proof.
 */
export function resubscribe(means: Means, text: string, visit: Visit): Promise<UnsubscribeOutcome> {
  return withLink(means, text, 'preferences', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    const subscription = await records.subscription(contact.id, newsletterTopic);
    if (subscription?.status === 'confirmed') return { kind: 'done' };
    const now = means.clock();
    const wording = means.site.consent.newsletter;
    await records.setSubscription({
      contactId: contact.id,
      topic: newsletterTopic,
      status: 'confirmed',
      confirmedAt: now,
    });
    await records.keepConsentText(wording);
    for (const action of ['given', 'confirmed'] as const)
      await records.addConsentEvent({
        id: newId(now, means.random),
        contactId: contact.id,
        purpose: 'newsletter',
        action,
        textId: wording.id,
        ...evidence(new URL('preferences/', means.address).href, visit, now),
      });
    await tell(means, records, {
      type: 'subscriber.confirmed',
      once: `${contact.id}:${now}`,
      contactId: contact.id,
      data: { ...personData(contact), topic: newsletterTopic },
    });
    return { kind: 'done' };
  });
}
