import type { Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import type { Standing } from '#capture/forms/answer.ts';
import { askToConfirm } from '#capture/forms/confirmation.ts';
import { consentId, evidence, isKnownWording, nameless } from '#capture/forms/consent.ts';
import type { EmailAddress } from '#capture/forms/email-address.ts';
import { limitDigest } from '#capture/forms/limits.ts';
import { networkOf } from '#capture/forms/network.ts';
import { personOf } from '#capture/forms/submission.ts';
import { unconfirmedLife, waitingOf, type Waiting } from '#capture/mail/waiting.ts';
import { preferencesToken } from '#capture/store/link-tokens.ts';
import type { Records } from '#capture/store/store.ts';
import type { CommentRow, QuestionRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Wording } from '#site/contract.ts';
import { counted } from '#site/count.ts';
import type { FieldErrors } from '#site/form-fields.ts';

/** A text that somebody sent under an address, which its owner has to confirm. */
export interface Unconfirmed<Row extends CommentRow | QuestionRow> {
  what: 'comment' | 'question';
  email: EmailAddress;
  /** What is agreed to with it: the wording whose id the form brought, and the one that forms show now. */
  consent?: { purpose: 'replies' | 'quote'; textId: string; shown: Wording | undefined } | undefined;
  /** The address of the page whose form was sent. */
  sourceUrl: string;
  visit: Visit;
  /** How long the mail has to wait where nobody confirmed the address, in milliseconds. */
  delay: number;
  /** The same text among those that wait, if it was sent before. */
  sentBefore: (waiting: Waiting) => Row | undefined;
  add: (row: { id: string; contactId: string; at: number; changedAt: number }) => Promise<void>;
  update: (row: Row) => Promise<void>;
}

/**
 * Keeps it, and has its author asked, as soon as the mailbox may have a mail. Whoever typed the address sees no
 * difference. Errors where the wording is not known, or so much waits that nothing more is kept.
 */
export async function keepUnconfirmed<Row extends CommentRow | QuestionRow>(
  context: Context,
  records: Records,
  { what, email, consent, sourceUrl, visit, delay, sentBefore, add, update }: Unconfirmed<Row>,
): Promise<FieldErrors | undefined> {
  const { clock, random, secrets } = context;
  const now = clock();
  if (consent && !(await isKnownWording(records, consent.textId, consent.shown)))
    return {
      [consent.purpose]:
        'The wording beside this box has changed since you opened it. Read it, and tick the box again.',
    };
  const made = { id: newId(now, random), createdAt: now };
  const person = await personOf(context, records, { email, name: null, company: null, visit }, made);
  if (!(await hasRoom(context, records, { email, visit, standing: person?.standing }))) {
    if (person?.contact.id === made.id) await records.deleteContact(made.id);
    return { email: tooMany(context.site) };
  }
  if (!person) return undefined;
  const { contact, standing } = person;

  const before = sentBefore(await waitingOf(records, contact.id, now, context.site));
  const id = before?.id ?? newId(now, random);
  const asked = { contact, standing, visit, delay };
  const changedAt = await askToConfirm(context, records, { ...asked, what, id, isAgain: before !== undefined });
  if (before) {
    await update({ ...before, changedAt });
    return undefined;
  }
  await Promise.all([
    consent?.shown && consent.textId === consent.shown.id && records.keepConsentText(consent.shown),
    add({ id, contactId: contact.id, at: now, changedAt }),
    consent &&
      records.addConsentEvent({
        id: consentId(id, consent.purpose, 'given'),
        contactId: contact.id,
        ...{ purpose: consent.purpose, action: 'given', textId: consent.textId },
        ...nameless,
        ...evidence(sourceUrl, visit, now),
      }),
    contact.id === made.id && records.addToken(preferencesToken(contact.id, secrets)),
  ]);
  return undefined;
}

/** Whether a row has these words: the form was sent before. */
export const has = <Row extends object>(row: Row, words: Partial<Row>): boolean =>
  (Object.keys(words) as (keyof Row)[]).every((name) => row[name] === words[name]);

/** At most so many of one network, and of all strangers together; and of the person, until they confirm some. */
const most = { network: 10, strangers: 30, person: 30 };

const tooMany = ({ retention }: Context['site']) => {
  const days = counted(retention.unconfirmed, 'day');
  return `So many comments and questions came under this address in ${days} that no more are taken now. If they are yours, confirm them by the link in our newest mail, and send this one again; otherwise it is taken in ${days} at the latest.`;
};

/**
 * Takes one of what may wait for a mailbox. Strangers are counted alike whether the address is known or not, and whatever
 * its person confirms: so a refusal shows nothing of it. Nor do they keep the person out, where that is who sends.
 */
async function hasRoom(
  { site, clock, secrets }: Pick<Context, 'site' | 'clock' | 'secrets'>,
  records: Records,
  { email: { mailbox }, visit, standing }: { email: EmailAddress; visit: Visit; standing: Standing | undefined },
): Promise<boolean> {
  const take = async (whose: string, bound: number) => {
    const key = `words:${limitDigest(`words|${mailbox}|${whose}`, secrets)}`;
    // They are counted as long as they wait.
    const window = { most: bound, milliseconds: unconfirmedLife(site) };
    return (await records.take(key, window, clock())).kind === 'taken';
  };
  if (standing?.isHome) return take(`person|${standing.confirmedAt}`, most.person);
  return (await take(networkOf(visit.ip), most.network)) && take('strangers', most.strangers);
}
