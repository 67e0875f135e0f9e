import type { Context } from '#capture/context.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import type { Records } from '#capture/store/store.ts';
import { newId } from '#capture/store/tokens.ts';
import { apart, nextSlot, type Asked, type MailSlot } from './answer.ts';

/**
 * Has the person of an address asked whether they wrote what waits, and returns when that mail is due, in milliseconds
 * since 1970. The link of each such mail opens all that waits: so one that is about to go is enough, and where the day has
 * had its mails, one that goes when there is room. `isAgain`: it is about what was sent before, of which a mail that went
 * just now is enough.
 */
export async function askToConfirm(
  context: Pick<Context, 'clock' | 'random' | 'secrets'>,
  records: Records,
  { what, id, isAgain, ...asked }: Asked & { what: 'comment' | 'question'; id: string; isAgain: boolean },
): Promise<number> {
  const { contact, standing } = asked;
  const now = context.clock();
  const { at, due, sender, mails } = standing.isHome
    ? await ownSlot(context, records, asked)
    : nextSlot(context, asked);
  const key = `${standing.isHome ? own : 'ask:'}words:${contact.id}:`;
  const since = isAgain ? now - apart : now;
  const enough = mails.find(({ dedupeKey, runAt }) => dedupeKey.startsWith(key) && runAt > since && runAt <= at);
  if (enough) return Math.max(now, enough.runAt);
  // Strangers shall not have the mails of more than a day wait.
  if (at > due + day) return now;
  const mailId = newId(now, context.random);
  const preferences = contact.id;
  await records.enqueue(
    mailRow({
      id: mailId,
      dedupeKey: `${key}${mailId}:${sender}`,
      contactId: contact.id,
      payload:
        what === 'comment'
          ? { mail: 'confirm-comment', comment: id, preferences }
          : { mail: 'confirm-question', question: id, preferences },
      runAt: at,
    }),
  );
  return at;
}

const day = 24 * 60 * 60_000;
/** What the keys of mails begin with that nobody but the person can cause. */
const own = 'own:';
/** At most so many of them in a day; it begins anew when the person confirms something. */
const ownMailsPerDay = 10;

/** The slot of a mail to who writes from where they confirmed their address: at once. */
async function ownSlot(
  { clock }: Pick<Context, 'clock'>,
  records: Records,
  { contact, standing }: Asked,
): Promise<MailSlot> {
  const now = clock();
  const mails = await records.mailsTo(contact.mailbox, own, Math.max(now - day, standing.confirmedAt));
  const times = mails.map(({ runAt }) => runAt).toSorted((one, two) => one - two);
  const at = Math.max(now, (times.at(-ownMailsPerDay) ?? -Infinity) + day);
  return { at, due: now, sender: '', mails };
}
