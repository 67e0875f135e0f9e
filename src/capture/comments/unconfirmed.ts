import { createHash } from 'node:crypto';
import type { Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { freeSlot, standingOf } from '#capture/forms/answer.ts';
import { consentId, evidence, isKnownWording, nameless } from '#capture/forms/consent.ts';
import type { EmailAddress } from '#capture/forms/email-address.ts';
import { contactOf } from '#capture/forms/submission.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import type { MailPayload } from '#capture/mail/payload.ts';
import { preferencesToken } from '#capture/store/link-tokens.ts';
import type { Records } from '#capture/store/store.ts';
import type { ContactRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Wording } from '#site/contract.ts';

/** A text that somebody sent under an address, which its owner has to confirm. */
export interface Unconfirmed {
  kind: 'comment' | 'question';
  email: EmailAddress;
  /** What makes the same one sent twice in a quarter of an hour one. */
  text: string;
  /** What is agreed to with it: the wording whose id the form brought, and the one that forms show now. */
  consent?: { purpose: 'replies' | 'quote'; textId: string; shown: Wording | undefined } | undefined;
  /** The address of the page whose form was sent. */
  sourceUrl: string;
  visit: Visit;
  /** How long the mail has to wait where nobody confirmed the address, in milliseconds. */
  delay: number;
}

/**
 * Keeps it, and queues the mail that asks whose the address is, as far as its mailbox has not had its mails. Whoever typed
 * the address sees no difference. False where the wording is not known; then nothing was changed.
 */
export async function keepUnconfirmed(
  context: Context,
  records: Records,
  { kind, email, text, consent, sourceUrl, visit, delay }: Unconfirmed,
  add: (row: { id: string; contactId: string; at: number }) => Promise<void>,
): Promise<boolean> {
  const { clock, random, secrets } = context;
  const now = clock();
  if (consent && !(await isKnownWording(records, consent.textId, consent.shown))) return false;
  const made = { id: newId(now, random), createdAt: now };
  const contact = await contactOf(context, records, { email, name: null, company: null }, made);
  if (!contact) return true;
  const standing = await standingOf(records, contact, visit);
  const key = `ask:${kind}:${createHash('sha256').update(text).digest('hex').slice(0, 16)}:`;
  const slot = await freeSlot(context, records, { contact, key, standing, visit, delay });
  if (slot === undefined) return true;

  const id = newId(now, random);
  if (consent?.shown && consent.textId === consent.shown.id) await records.keepConsentText(consent.shown);
  await add({ id, contactId: contact.id, at: now });
  if (consent)
    await records.addConsentEvent({
      id: consentId(id, consent.purpose, 'given'),
      contactId: contact.id,
      ...{ purpose: consent.purpose, action: 'given', textId: consent.textId },
      ...nameless,
      ...evidence(sourceUrl, visit, now),
    });
  if (contact.id === made.id) await records.addToken(preferencesToken(contact.id, secrets));
  await records.enqueue(
    mailRow({
      id: newId(now, random),
      dedupeKey: `${key}${contact.id}:${id}`,
      contactId: contact.id,
      payload: payloadOf(kind, id, contact),
      runAt: slot,
    }),
  );
  return true;
}

const payloadOf = (kind: Unconfirmed['kind'], id: string, { id: preferences }: ContactRow): MailPayload =>
  kind === 'comment'
    ? { mail: 'confirm-comment', comment: id, preferences }
    : { mail: 'confirm-question', question: id, preferences };
