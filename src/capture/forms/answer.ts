import type { Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import type { MailPayload } from '#capture/mail/payload.ts';
import { submissionToken } from '#capture/store/link-tokens.ts';
import type { Records } from '#capture/store/store.ts';
import {
  newsletterTopic,
  type ContactRow,
  type SubmissionRow,
  type SubscriptionRow,
  type TokenRow,
} from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Paper } from '#site/contract.ts';
import { limitDigest } from './limits.ts';
import { networkOf } from './network.ts';

/** The mail that answers a form, before its links are made. */
export type Answer =
  | { mail: 'confirm'; asset?: string; newsletter: boolean }
  | { mail: 'download'; asset: string }
  | { mail: 'already-subscribed' };

/** What there is of a person already. */
export interface Standing {
  isConfirmed: boolean;
  /** When it was confirmed last, in milliseconds since 1970. */
  confirmedAt: number;
  /** Whether it was once confirmed from the network that the form comes from. */
  isHome: boolean;
  newsletter: SubscriptionRow | undefined;
}

export async function standingOf(records: Records, contact: ContactRow, visit: Pick<Visit, 'ip'>): Promise<Standing> {
  const confirmations = await records.confirmations(contact.id);
  return {
    isConfirmed: confirmations.length > 0,
    confirmedAt: confirmations[0]?.at ?? 0,
    isHome: confirmations.some(({ ip }) => ip !== null && networkOf(ip) === networkOf(visit.ip)),
    newsletter: await records.subscription(contact.id, newsletterTopic),
  };
}

/** The answer to someone who stands so and asks for this. */
export function answerFor(
  { paper, newsletter }: { paper: Pick<Paper, 'slug'> | undefined; newsletter: boolean },
  standing: Standing,
): Answer {
  const subscribes = standing.newsletter?.status === 'confirmed';
  if (!paper) return subscribes ? { mail: 'already-subscribed' } : { mail: 'confirm', newsletter: true };
  if (standing.isConfirmed && (!newsletter || subscribes)) return { mail: 'download', asset: paper.slug };
  return { mail: 'confirm', asset: paper.slug, newsletter };
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** At most so many mails in a day that others can cause to come to a mailbox, and so far apart. */
export const mailsPerDay = 3;
export const apart = 15 * minute;

/**
 * When a mail whose key begins with `key` may go out: now, or after the others to this mailbox, and not before `delay`
 * milliseconds where nobody confirmed the address. Undefined where the same was sent just now or waits already, and where
 * the day has had its mails.
 *
 * A stranger must not use up the day of whose address it is: one network may cause all but one of its mails, unless the
 * address was confirmed from there, and the day begins anew when its person confirms something.
 */
export async function freeSlot(
  { clock, secrets }: Pick<Context, 'clock' | 'secrets'>,
  records: Records,
  {
    contact,
    key,
    standing,
    visit,
    delay,
  }: { contact: ContactRow; key: string; standing: Standing; visit: Pick<Visit, 'ip'>; delay: number },
): Promise<number | undefined> {
  const now = clock();
  const { mailbox } = contact;
  const mails = await records.mailsTo(mailbox, 'ask:', now - day);
  const today = mails.filter(({ runAt }) => runAt >= standing.confirmedAt);
  const same = mails.filter(({ dedupeKey, runAt }) => dedupeKey.startsWith(key) && runAt > now - apart);
  if (today.length >= mailsPerDay || same.length > 0) return undefined;
  const sender = limitDigest(`mailbox|${mailbox}|${networkOf(visit.ip)}|${standing.confirmedAt}`, secrets);
  const share = { most: standing.isHome ? mailsPerDay : mailsPerDay - 1, milliseconds: day };
  if ((await records.take(`mailbox:${sender}`, share, now)).kind === 'refused') return undefined;
  return Math.max(standing.isConfirmed ? now : now + delay, ...mails.map(({ runAt }) => runAt + apart));
}

/** Queues the answer with its links and other `tokens`, due at `slot`. The confirmation of a submission can be sent anew. */
export async function enqueueAnswer(
  { clock, random, secrets }: Pick<Context, 'clock' | 'random' | 'secrets'>,
  records: Records,
  {
    contact,
    submission,
    answer,
    slot,
    tokens = [],
  }: { contact: ContactRow; submission: SubmissionRow; answer: Answer; slot: number; tokens?: TokenRow[] },
): Promise<void> {
  const now = clock();
  const id = newId(now, random);
  const made = [...tokens];
  if (answer.mail !== 'already-subscribed')
    made.push(
      submissionToken(
        { id, kind: answer.mail, contactId: contact.id, submissionId: submission.id, from: slot },
        secrets,
      ),
    );
  if (made.length > 0) await records.addToken(...made);
  await records.enqueue(
    mailRow({
      id: newId(now, random),
      dedupeKey: `${keyPrefix(answer)}${contact.id}:${id}`,
      contactId: contact.id,
      payload: payloadOf(answer, id, contact.id),
      runAt: slot,
    }),
  );
}

/** One for each thing that can be asked for: mails whose keys begin with the same are the same to their reader. */
export function keyPrefix(answer: Answer): string {
  const of = answer.mail === 'already-subscribed' ? '' : (answer.asset ?? '');
  return `ask:${answer.mail}:${of}:${answer.mail === 'confirm' && answer.newsletter ? 'newsletter' : ''}:`;
}

function payloadOf(answer: Answer, token: string, preferences: string): MailPayload {
  switch (answer.mail) {
    case 'confirm':
      return { ...answer, token, preferences };
    case 'download':
      return { ...answer, token };
    case 'already-subscribed':
      return { ...answer, preferences };
  }
}
