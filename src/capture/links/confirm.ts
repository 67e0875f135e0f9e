import type { ConfirmOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import {
  addConfirmations,
  asksNewsletter,
  consentId,
  evidence,
  typedBy,
  wasConfirmed,
} from '#capture/forms/consent.ts';
import { totalOf } from '#capture/forms/funnel.ts';
import { confirmLead } from '#capture/forms/lead.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import { submissionToken } from '#capture/store/link-tokens.ts';
import type { Records } from '#capture/store/store.ts';
import { liftBounce } from '#capture/store/suppression.ts';
import {
  newsletterTopic,
  type ConsentEventRow,
  type ContactRow,
  type Purpose,
  type SubscriptionRow,
} from '#capture/store/tables.ts';
import { derivedId, newId, signToken } from '#capture/store/tokens.ts';
import { enqueueWebhook, personData, submissionData } from '#capture/webhook/events.ts';
import { url } from '#site/url.ts';
import { withLink, type OpenLink } from './open-link.ts';

/**
 * Confirms the address, and all that was asked for with it. Once for each submission: clicked again, or in two windows
 * at once, it changes nothing more and leads to the same download.
 */
export function confirm(context: Context, text: string, visit: Visit): Promise<ConfirmOutcome> {
  return withLink(context, text, 'confirm', async (records, link): Promise<ConfirmOutcome> => {
    const { contact, submission } = link;
    if (!submission) return { kind: 'gone' };
    const paper = context.site.whitepapers.find(({ slug }) => slug === submission.asset);
    const events = await records.consentEvents(contact.id);
    const before = await records.subscription(contact.id, newsletterTopic);
    const asks = asksNewsletter(events, submission.id);
    const downloadId = derivedId(submission.id, 'download');

    if (wasConfirmed(events, submission.id)) {
      const download = await records.token(downloadId);
      return {
        kind: 'confirmed',
        download: paper && download && signToken(download, context.secrets),
        newsletter: asks && before?.status === 'confirmed',
      };
    }

    const confirmed: Purpose[] = [
      ...(submission.asset === null ? [] : ['whitepaper' as const]),
      ...(asks ? ['newsletter' as const] : []),
    ];
    if (confirmed.length === 0) return { kind: 'gone' };
    const now = context.clock();
    await records.addUse(link.token.id);
    await liftBounce(records, contact, context.secrets, now);
    const known = await nameBy(records, link, events);
    const agreedTo = (purpose: Purpose) =>
      events.find(({ id }) => id === consentId(submission.id, purpose, 'given'))?.textId ?? null;
    await addConfirmations(
      records,
      { id: submission.id, contactId: contact.id },
      Object.fromEntries(confirmed.map((purpose) => [purpose, agreedTo(purpose)])),
      evidence(new URL(url.confirm(''), context.address).href, visit, now),
    );
    const download =
      paper &&
      submissionToken(
        { id: downloadId, kind: 'download', contactId: contact.id, submissionId: submission.id, from: now },
        context.secrets,
      );
    if (download) await records.addToken(download);
    if (asks) await beginNewsletter(context, records, { ...link, contact: known }, before);
    await confirmLead(records, submission, now);
    if (submission.asset !== null)
      await enqueueWebhook(context, records, {
        type: 'lead.confirmed',
        once: submission.id,
        contactId: contact.id,
        data: { ...personData(known), ...submissionData(submission), newsletter: asks },
      });
    await records.count(totalOf(submission, 'confirm', now));
    return { kind: 'confirmed', download: download && signToken(download, context.secrets), newsletter: asks };
  });
}

/**
 * Takes the name and company from the form that is confirmed. The first one that is outdoes what strangers typed for the
 * address before; what a confirmed person typed stays, and only what is missing is taken.
 */
export async function nameBy(
  records: Records,
  { contact, submission }: Pick<OpenLink, 'contact' | 'submission'>,
  events: readonly ConsentEventRow[],
): Promise<ContactRow> {
  if (!submission) return contact;
  const { name, company } = typedBy(events, submission.id);
  const isFirst = !events.some(({ action }) => action === 'confirmed');
  const known = isFirst
    ? { ...contact, name, company }
    : { ...contact, name: contact.name ?? name, company: contact.company ?? company };
  await records.nameContact(contact.id, known.name, known.company);
  return known;
}

/** Makes the person a subscriber and welcomes them, unless they are one. */
async function beginNewsletter(
  context: Context,
  records: Records,
  { contact, submission, token }: OpenLink,
  before: SubscriptionRow | undefined,
): Promise<void> {
  if (before?.status === 'confirmed') return;
  const now = context.clock();
  await records.setSubscription({
    contactId: contact.id,
    topic: newsletterTopic,
    status: 'confirmed',
    confirmedAt: now,
  });
  await records.enqueue(
    mailRow({
      id: newId(now, context.random),
      dedupeKey: `welcome:${token.id}`,
      contactId: contact.id,
      payload: { mail: 'welcome', preferences: contact.id },
      runAt: now,
    }),
  );
  await enqueueWebhook(context, records, {
    type: 'subscriber.confirmed',
    once: token.id,
    contactId: contact.id,
    data: { ...personData(contact), ...(submission && submissionData(submission)), topic: newsletterTopic },
  });
}
