import { createHash } from 'node:crypto';
import type { Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { preferencesToken } from '#capture/store/link-tokens.ts';
import type { Records } from '#capture/store/store.ts';
import { mayAnswer, suppressionOf } from '#capture/store/suppression.ts';
import { newsletterTopic, type ContactRow, type FunnelEvent, type SubmissionRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Paper, Wording } from '#site/contract.ts';
import type { FieldErrors } from '#site/form-fields.ts';
import { answerFor, enqueueAnswer, freeSlot, keyPrefix, standingOf, type Standing } from './answer.ts';
import type { Attribution } from './attribution.ts';
import { consentId, evidence, isKnownWording } from './consent.ts';
import type { EmailAddress } from './email-address.ts';
import { totalOf } from './funnel.ts';
import { newLead } from './lead.ts';
import { networkOf } from './network.ts';

/** What a submission may ask for. */
const purposes = ['whitepaper', 'newsletter'] as const;

/** What a reader asks for: a paper, the newsletter, or both. */
export interface SubmissionRequest {
  email: EmailAddress;
  name: string | null;
  company: string | null;
  paper: Paper | undefined;
  newsletter: boolean;
  /** The ids of the wordings that were agreed to, as the form gave them. */
  wordings: Partial<Record<(typeof purposes)[number], string>>;
  attribution: Attribution;
  visit: Visit;
  /** How long the mail has to wait where nobody confirmed the address, in milliseconds. */
  delay: number;
}

/**
 * Records what was asked for, and queues the mail that answers it. The mail goes to the address alone; whoever typed it
 * sees no difference. Errors where a wording is not known; then nothing was changed.
 */
export async function recordSubmission(
  context: Context,
  records: Records,
  asked: SubmissionRequest,
): Promise<FieldErrors | undefined> {
  const now = context.clock();
  const errors = await unknownWordings(context, records, asked);
  if (errors) return errors;

  const submission: SubmissionRow = {
    id: newId(now, context.random),
    contactId: null,
    asset: asked.paper?.slug ?? null,
    landing: asked.attribution.landing,
    fromEntry: asked.attribution.fromEntry,
    partner: asked.attribution.partner,
    utm: asked.attribution.utm,
    verdict: 'suppressed',
    dedupeKey: null,
    at: now,
  };
  const newContactId = newId(now, context.random);
  const person = await personOf(context, records, asked, { id: newContactId, createdAt: now });
  const request = person?.standing.hasComplained ? withoutNewsletter(asked) : asked;
  if (!person || !(request.paper || request.newsletter)) {
    await records.addSubmission(submission);
    return undefined;
  }
  const { visit, delay } = request;
  const { contact, standing } = person;
  const answer = answerFor(request, standing);
  const slot = freeSlot(context, { contact, key: keyPrefix(answer), standing, visit, delay });
  const isNew = await records.addSubmission({
    ...submission,
    contactId: contact.id,
    verdict: slot === undefined ? 'capped' : 'accepted',
    dedupeKey: minuteKey(contact.id, request, now),
  });
  if (!isNew || slot === undefined) return undefined;

  const pending = { contactId: contact.id, topic: newsletterTopic, status: 'pending', confirmedAt: null } as const;
  const tokens = contact.id === newContactId ? [preferencesToken(contact.id, context.secrets)] : [];
  // A form beside an entry was seen by who sent it, and no view of a landing page was counted for that.
  const events: FunnelEvent[] = request.attribution.isFromLanding ? ['submit'] : ['submit', 'view'];
  await Promise.all([
    addConsents(context, records, contact, submission, request),
    request.newsletter && !standing.newsletter && records.setSubscription(pending),
    enqueueAnswer(context, records, { contact, submission, answer, slot, tokens }),
    records.count(...events.map((event) => totalOf(submission, event, now))),
    request.paper && records.addLead(newLead({ ...submission, contactId: contact.id }, request.paper.slug)),
  ]);
  return undefined;
}

/**
 * The person's contact, locked, and how they stand; it is made where there is none. Undefined where nothing may be sent to
 * the address.
 */
export async function personOf(
  context: Pick<Context, 'secrets' | 'clock'>,
  records: Records,
  { email, name, company, visit }: Pick<SubmissionRequest, 'email' | 'name' | 'company' | 'visit'>,
  made: Pick<ContactRow, 'id' | 'createdAt'>,
): Promise<{ contact: ContactRow; standing: Standing } | undefined> {
  const { address, norm: emailNorm, mailbox } = email;
  const now = context.clock();
  const suppressed = () => suppressionOf(records, emailNorm, context.secrets);
  const [, suppression] = await Promise.all([records.lockMailbox(mailbox), suppressed()]);
  if (!mayAnswer(suppression, true, now)) return undefined;
  const contact = await records.contactFor({ ...made, email: address, emailNorm, mailbox, name, company });
  // Another process may have erased the person since, so that the contact is one that should not be there again.
  const [standing, since] = await Promise.all([
    standingOf(context, records, contact, visit),
    contact.id === made.id ? suppressed() : suppression,
  ]);
  if (mayAnswer(since, standing.isConfirmed, now))
    return { contact, standing: { ...standing, hasComplained: since?.reason === 'complained' } };
  if (contact.id === made.id) await records.deleteContact(contact.id);
  return undefined;
}

/** What else was asked for by who called the newsletter spam: that ends it for good, whoever ticks the box. */
const withoutNewsletter = (request: SubmissionRequest): SubmissionRequest => {
  const { newsletter: _, ...wordings } = request.wordings;
  return { ...request, newsletter: false, wordings };
};

/**
 * A form sent twice in a minute from one network is one: what a stranger sends must not stand for the person's own. As a
 * hash, since submissions outlive the person who sent them.
 */
function minuteKey(contactId: string, { paper, newsletter, visit }: SubmissionRequest, now: number): string {
  const asked = [paper?.slug ?? '', newsletter ? 'newsletter' : ''];
  const what = [contactId, ...asked, networkOf(visit.ip), Math.floor(now / 60_000)];
  return createHash('sha256').update(what.join('|')).digest('hex');
}

async function unknownWordings(
  { site }: Pick<Context, 'site'>,
  records: Records,
  { wordings }: SubmissionRequest,
): Promise<FieldErrors | undefined> {
  const isKnown = async (id: string | undefined, shown: Wording) =>
    id === undefined || (await isKnownWording(records, id, shown));
  const [whitepaper, newsletter] = await Promise.all(
    purposes.map((purpose) => isKnown(wordings[purpose], site.consent[purpose])),
  );
  if (!whitepaper)
    return {
      whitepaper: 'The wording of this form has changed since you opened it. Read it below, and send the form again.',
    };
  if (!newsletter)
    return {
      newsletter: 'The wording beside this box has changed since you opened it. Read it, and tick the box again.',
    };
  return undefined;
}

async function addConsents(
  { site }: Pick<Context, 'site'>,
  records: Records,
  contact: ContactRow,
  submission: SubmissionRow,
  { wordings, attribution, visit, name, company }: SubmissionRequest,
): Promise<void> {
  const agreed = purposes.filter((purpose) => wordings[purpose] !== undefined);
  const shown = agreed.map((purpose) => site.consent[purpose]).filter(({ id }) => Object.values(wordings).includes(id));
  await Promise.all([
    shown.length > 0 && records.keepConsentText(...shown),
    records.addConsentEvent(
      ...agreed.map((purpose) => ({
        id: consentId(submission.id, purpose, 'given'),
        contactId: contact.id,
        purpose,
        action: 'given' as const,
        textId: wordings[purpose] ?? null,
        ...{ name, company },
        ...evidence(attribution.sourceUrl, visit, submission.at),
      })),
    ),
  ]);
}
