import type { Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import type { MailPayload } from '#capture/mail/payload.ts';
import { submissionToken } from '#capture/store/link-tokens.ts';
import type { Records } from '#capture/store/store.ts';
import {
  newsletterTopic,
  type ContactRow,
  type OutboxRow,
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
  /** Whether the person called a mail spam. */
  hasComplained: boolean;
  /** The mails of a day that forms caused to come to the mailbox, or will. */
  mails: Pick<OutboxRow, 'dedupeKey' | 'runAt'>[];
}

export async function standingOf(
  { clock }: Pick<Context, 'clock'>,
  records: Records,
  contact: ContactRow,
  visit: Pick<Visit, 'ip'>,
): Promise<Standing> {
  const [confirmations, newsletter, mails] = await Promise.all([
    records.confirmations(contact.id),
    records.subscription(contact.id, newsletterTopic),
    records.mailsTo(contact.mailbox, 'ask:', clock() - day),
  ]);
  return {
    isConfirmed: confirmations.length > 0,
    confirmedAt: confirmations[0]?.at ?? 0,
    isHome: confirmations.some(({ ip }) => ip !== null && networkOf(ip) === networkOf(visit.ip)),
    ...{ newsletter, mails, hasComplained: false },
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

/** When a mail may go to a mailbox. */
export interface MailSlot {
  /** In milliseconds since 1970. */
  at: number;
  /** Where that is earlier: when it could, had the day not had its mails. */
  due: number;
  /** To stand at the end of the mail's key: which mails one network caused. */
  sender: string;
  /** Those that went to the mailbox in a day, or are about to. */
  mails: readonly Pick<OutboxRow, 'dedupeKey' | 'runAt'>[];
}

/**
 * When the next mail that others can cause may go to a mailbox: now, or apart from the others, and not before `delay`
 * milliseconds where nobody confirmed the address. No 24 hours have more than a day may have.
 *
 * A stranger must not use up the day of whose address it is: one network may cause all but one of its mails, unless the
 * address was confirmed from there, and the day begins anew when its person confirms something.
 */
export function nextSlot(
  { clock, secrets }: Pick<Context, 'clock' | 'secrets'>,
  { contact, standing, visit, delay }: Asked,
): MailSlot {
  const now = clock();
  const { mailbox } = contact;
  const sender = limitDigest(`mailbox|${mailbox}|${networkOf(visit.ip)}`, secrets);
  const { mails } = standing;
  const today = mails.filter(({ runAt }) => runAt >= standing.confirmedAt);
  const times = today.map(({ runAt }) => runAt);
  const ofSender = today.filter(({ dedupeKey }) => dedupeKey.endsWith(sender)).map(({ runAt }) => runAt);
  const share = standing.isHome ? mailsPerDay : mailsPerDay - 1;
  const isApart = (at: number) => times.every((time) => Math.abs(time - at) >= apart);
  const hasRoom = (at: number) => isRoomFor(at, times, mailsPerDay) && isRoomFor(at, ofSender, share);
  const from = standing.isConfirmed ? now : now + delay;
  const later = times.flatMap((time) => [time + apart, time + day]).filter((time) => time > from);
  const moments = [from, ...later.toSorted((one, two) => one - two)].filter(isApart);
  const [due = from] = moments;
  return { at: moments.find(hasRoom) ?? due + 2 * day, due, sender, mails };
}

/** Whether no 24 hours with a mail at that time in them would have more than `most`. */
function isRoomFor(at: number, times: readonly number[], most: number): boolean {
  const all = [...times, at].toSorted((one, two) => one - two);
  const index = all.indexOf(at);
  return all.every((time, i) => i + most < index || i > index || (all[i + most] ?? Infinity) - time >= day);
}

/** Whose address a form names, and who sent it. */
export interface Asked {
  contact: ContactRow;
  standing: Standing;
  visit: Pick<Visit, 'ip'>;
  /** How long its mail has to wait where nobody confirmed the address, in milliseconds. */
  delay: number;
}

/**
 * The slot of a mail whose key begins with `key`; undefined where the same was sent just now or waits already, and where
 * the day has had its mails.
 */
export function freeSlot(
  context: Pick<Context, 'clock' | 'secrets'>,
  { key, ...asked }: Asked & { key: string },
): MailSlot | undefined {
  const slot = nextSlot(context, asked);
  const fresh = context.clock() - apart;
  const isSent = slot.mails.some(({ dedupeKey, runAt }) => dedupeKey.startsWith(key) && runAt > fresh);
  return isSent || slot.at > slot.due ? undefined : slot;
}

/** Queues the answer with its links and other `tokens`, due at its slot. The confirmation of a submission can be sent anew. */
export async function enqueueAnswer(
  { clock, random, secrets }: Pick<Context, 'clock' | 'random' | 'secrets'>,
  records: Records,
  {
    contact,
    submission,
    answer,
    slot,
    tokens = [],
  }: { contact: ContactRow; submission: SubmissionRow; answer: Answer; slot: MailSlot; tokens?: TokenRow[] },
): Promise<void> {
  const now = clock();
  const id = newId(now, random);
  const made = [...tokens];
  if (answer.mail !== 'already-subscribed')
    made.push(
      submissionToken(
        { id, kind: answer.mail, contactId: contact.id, submissionId: submission.id, from: slot.at },
        secrets,
      ),
    );
  await Promise.all([
    made.length > 0 && records.addToken(...made),
    records.enqueue(
      mailRow({
        id: newId(now, random),
        dedupeKey: `${keyPrefix(answer)}${contact.id}:${id}:${slot.sender}`,
        contactId: contact.id,
        payload: payloadOf(answer, id, contact.id),
        runAt: slot.at,
      }),
    ),
  ]);
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
