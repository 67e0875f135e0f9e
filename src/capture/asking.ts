import { createHash } from 'node:crypto';
import { totalOf } from './funnel.ts';
import type { Attribution } from './attribution.ts';
import type { FieldErrors } from '#site/form-fields.ts';
import type { Visit } from './capture.ts';
import { consentId, evidence } from './consent.ts';
import type { EmailAddress } from './email-address.ts';
import type { Means } from './means.ts';
import type { MailPayload } from './payloads.ts';
import { addressHmacs } from './secrets.ts';
import type { Paper, Wording } from '#site/contract.ts';
import type { Records } from './store.ts';
import type { ContactRow, Purpose, SubmissionRow, SubscriptionRow, TokenRow } from './tables.ts';
import { newId, newToken } from './tokens.ts';

/** What a reader asks for: a paper, the newsletter, or both. */
export interface Ask {
  email: EmailAddress;
  name: string | null;
  company: string | null;
  paper: Paper | undefined;
  newsletter: boolean;
  /** The ids of the wordings that were agreed to, as the form gave them. */
  wordings: Partial<Record<Purpose, string>>;
  attribution: Attribution;
  visit: Visit;
}

export const newsletterTopic = 'newsletter';

/** How long a link to confirm or to download works, in milliseconds. */
export const linkLife = 7 * 24 * 60 * 60_000;
/** How often a paper can be downloaded by one link. */
export const downloadsPerLink = 20;

/**
 * Keeps what was asked for, and queues the mail that answers it. The mail goes to the address alone; whoever typed it
 * sees no difference. Errors where a wording is not known; then nothing was changed.
 */
export async function keepAsk(
  means: Means,
  records: Records,
  even: (following: number) => Promise<void>,
  ask: Ask,
): Promise<FieldErrors | undefined> {
  const now = means.clock();
  const errors = await unknownWordings(means, records, ask);
  if (errors) return errors;

  const submission: SubmissionRow = {
    id: newId(now, means.random),
    contactId: null,
    asset: ask.paper?.slug ?? null,
    landing: ask.attribution.landing,
    fromEntry: ask.attribution.fromEntry,
    utm: ask.attribution.utm,
    verdict: 'suppressed',
    dedupeKey: null,
    at: now,
  };
  const made = newId(now, means.random);
  const contact = await contactOf(means, records, ask, { id: made, createdAt: now });
  if (!contact) {
    await records.addSubmission(submission);
    return undefined;
  }
  const known = await standing(records, contact);
  const mail = mailFor(ask, known);
  const slot = await freeSlot(records, contact, mail, now);
  const isNew = await records.addSubmission({
    ...submission,
    contactId: contact.id,
    verdict: slot === undefined ? 'capped' : 'accepted',
    dedupeKey: pressKey(contact.id, ask, now),
  });
  if (!isNew || slot === undefined) return undefined;

  await keepConsents(means, records, contact, submission, ask);
  if (ask.newsletter && !known.newsletter)
    await records.setSubscription({
      contactId: contact.id,
      topic: newsletterTopic,
      status: 'pending',
      confirmedAt: null,
    });
  if (contact.id === made) await records.addToken(preferencesToken(means, contact.id));
  await queueMail(means, records, { contact, submission, mail, slot });
  await even(1);
  await records.count(totalOf(submission, 'submit', now));
  return undefined;
}

/** What there is of a person already. */
export interface Standing {
  isConfirmed: boolean;
  newsletter: SubscriptionRow | undefined;
}

export async function standing(records: Records, contact: ContactRow): Promise<Standing> {
  return {
    isConfirmed: await records.isConfirmed(contact.id),
    newsletter: await records.subscription(contact.id, newsletterTopic),
  };
}

export async function isSuppressed(
  { secrets }: Pick<Means, 'secrets'>,
  records: Records,
  emailNorm: string,
): Promise<boolean> {
  let found = false;
  for (const hmac of addressHmacs(emailNorm, secrets)) found = (await records.isSuppressed(hmac)) || found;
  return found;
}

/** The mail that answers, before its links are made. */
export type Answer =
  | { mail: 'confirm'; asset?: string; newsletter: boolean }
  | { mail: 'download'; asset: string }
  | { mail: 'already-subscribed' };

/** The mail that answers someone who stands so. */
export function mailFor({ paper, newsletter }: Pick<Ask, 'paper' | 'newsletter'>, known: Standing): Answer {
  const subscribes = known.newsletter?.status === 'confirmed';
  if (!paper) return subscribes ? { mail: 'already-subscribed' } : { mail: 'confirm', newsletter: true };
  if (known.isConfirmed && (!newsletter || subscribes)) return { mail: 'download', asset: paper.slug };
  return { mail: 'confirm', asset: paper.slug, newsletter };
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** At most so many mails in a day that anyone who types an address can cause, and so far apart. */
const mailsPerDay = 3;
const apart = 15 * minute;

/**
 * When the mail may go out: now, or after the others to this address. Undefined where the same mail was sent just now or
 * waits already, and where the day has had its mails.
 */
export async function freeSlot(
  records: Records,
  contact: ContactRow,
  mail: Answer,
  now: number,
): Promise<number | undefined> {
  const { count, latest } = await records.mailsTo(contact.id, 'ask:', now - day);
  const same = await records.mailsTo(contact.id, askKey(mail), now - apart + 1);
  if (count >= mailsPerDay || same.count > 0) return undefined;
  return latest === undefined ? now : Math.max(now, latest + apart);
}

/** Queues the mail with its links. The confirmation of a submission can be sent anew. */
export async function queueMail(
  means: Means,
  records: Records,
  { contact, submission, mail, slot }: { contact: ContactRow; submission: SubmissionRow; mail: Answer; slot: number },
): Promise<void> {
  const now = means.clock();
  const id = newId(now, means.random);
  if (mail.mail !== 'already-subscribed')
    await records.addToken(
      linkToken(means, { id, kind: mail.mail, contactId: contact.id, submissionId: submission.id, from: slot }),
    );
  await records.enqueue({
    id: newId(now, means.random),
    kind: 'mail',
    dedupeKey: `${askKey(mail)}${contact.id}:${id}`,
    contactId: contact.id,
    payload: JSON.stringify(payloadOf(mail, id, contact.id)),
    state: 'ready',
    attempts: 0,
    runAt: slot,
    leaseUntil: null,
    lastError: null,
  });
}

/** A token for the link to what a submission asked for; its life begins at `from`. */
export function linkToken(
  { secrets }: Pick<Means, 'secrets'>,
  {
    from,
    ...token
  }: Pick<TokenRow, 'id' | 'contactId' | 'submissionId'> & { kind: 'confirm' | 'download'; from: number },
): TokenRow {
  const maxUses = token.kind === 'download' ? downloadsPerLink : null;
  return newToken({ ...token, expiresAt: from + linkLife, maxUses }, secrets);
}

/**
 * The token of a person's preferences. It never expires, there is one for each contact, and it has the contact's id: so
 * every mail finds it.
 */
export function preferencesToken({ secrets }: Pick<Means, 'secrets'>, contactId: string): TokenRow {
  return newToken({ id: contactId, kind: 'preferences', contactId }, secrets);
}

/** The person's contact, locked; made where there is none. Undefined where nothing may be sent to the address. */
async function contactOf(
  means: Means,
  records: Records,
  { email, name, company }: Ask,
  made: Pick<ContactRow, 'id' | 'createdAt'>,
): Promise<ContactRow | undefined> {
  if (await isSuppressed(means, records, email.norm)) return undefined;
  const contact = await records.contactFor({ ...made, email: email.address, emailNorm: email.norm, name, company });
  // Another process may have erased the person since, so that the contact is one that should not be there again.
  if (contact.id !== made.id || !(await isSuppressed(means, records, email.norm))) return contact;
  await records.deleteContact(contact.id);
  return undefined;
}

/** A form sent twice in a minute is one. As a hash, since submissions outlive the person who sent them. */
function pressKey(contactId: string, { paper, newsletter }: Ask, now: number): string {
  const what = [contactId, paper?.slug ?? '', newsletter ? 'newsletter' : '', Math.floor(now / minute)];
  return createHash('sha256').update(what.join('|')).digest('hex');
}

/** One for each thing that can be asked for: mails with the same key in front are the same to their reader. */
function askKey(mail: Answer): string {
  const of = mail.mail === 'already-subscribed' ? '' : (mail.asset ?? '');
  return `ask:${mail.mail}:${of}:${mail.mail === 'confirm' && mail.newsletter ? 'newsletter' : ''}:`;
}

function payloadOf(mail: Answer, token: string, preferences: string): MailPayload {
  switch (mail.mail) {
    case 'confirm':
      return { ...mail, token, preferences };
    case 'download':
      return { ...mail, token };
    case 'already-subscribed':
      return { ...mail, preferences };
  }
}

async function unknownWordings({ site }: Means, records: Records, { wordings }: Ask): Promise<FieldErrors | undefined> {
  const isKnown = async (id: string | undefined, shown: Wording) =>
    id === undefined || id === shown.id || (/^[\da-f]{64}$/.test(id) && (await records.consentText(id)) !== undefined);
  if (!(await isKnown(wordings.whitepaper, site.consent.whitepaper)))
    return {
      whitepaper: 'The wording of this form has changed since you opened it. Read it below, and send the form again.',
    };
  if (!(await isKnown(wordings.newsletter, site.consent.newsletter)))
    return {
      newsletter: 'The wording beside this box has changed since you opened it. Read it, and tick the box again.',
    };
  return undefined;
}

async function keepConsents(
  { site }: Means,
  records: Records,
  contact: ContactRow,
  submission: SubmissionRow,
  { wordings, attribution, visit }: Ask,
): Promise<void> {
  for (const purpose of ['whitepaper', 'newsletter'] as const) {
    const textId = wordings[purpose];
    if (textId === undefined) continue;
    if (textId === site.consent[purpose].id) await records.keepConsentText(site.consent[purpose]);
    await records.addConsentEvent({
      id: consentId(submission.id, purpose, 'given'),
      contactId: contact.id,
      purpose,
      action: 'given',
      textId,
      ...evidence(attribution.sourceUrl, visit, submission.at),
    });
  }
}
