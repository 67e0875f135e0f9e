import type { UnsubscribeOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { evidence, nameless } from '#capture/forms/consent.ts';
import { liftBounce, suppressionOf } from '#capture/store/suppression.ts';
import { newsletterTopic } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { enqueueWebhook, personData } from '#capture/webhook/events.ts';
import { url } from '#site/url.ts';
import { withLink } from './open-link.ts';

/**
 * Begins the newsletter anew, from the preferences page, which shows the wording. The link came by mail, so the address
 * needs no other proof.
 */
export function resubscribe(context: Context, text: string, visit: Visit): Promise<UnsubscribeOutcome> {
  return withLink(context, text, 'preferences', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    const subscription = await records.subscription(contact.id, newsletterTopic);
    if (subscription?.status === 'confirmed') return { kind: 'done' };
    // A complaint ends the newsletter for good, whoever has the link; the owner can lift it.
    const suppression = await suppressionOf(records, contact.emailNorm, context.secrets);
    if (suppression?.reason === 'complained') return { kind: 'done' };
    const now = context.clock();
    await liftBounce(records, contact, context.secrets, now);
    const wording = context.site.consent.newsletter;
    await records.setSubscription({
      contactId: contact.id,
      topic: newsletterTopic,
      status: 'confirmed',
      confirmedAt: now,
    });
    await records.keepConsentText(wording);
    for (const action of ['given', 'confirmed'] as const)
      await records.addConsentEvent({
        id: newId(now, context.random),
        contactId: contact.id,
        purpose: 'newsletter',
        action,
        textId: wording.id,
        ...nameless,
        ...evidence(new URL(url.preferences(''), context.address).href, visit, now),
      });
    await enqueueWebhook(context, records, {
      type: 'subscriber.confirmed',
      once: `${contact.id}:${now}`,
      contactId: contact.id,
      data: { ...personData(contact), topic: newsletterTopic },
    });
    return { kind: 'done' };
  });
}
