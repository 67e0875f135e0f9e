import type { UnsubscribeOutcome } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { apart, mailsPerDay } from '#capture/forms/answer.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import { eraseToken } from '#capture/store/link-tokens.ts';
import { newId } from '#capture/store/tokens.ts';
import { withLink } from './open-link.ts';

const day = 24 * 60 * 60_000;

/**
 * Mails the link that erases to the person whose preferences these are. A newsletter is forwarded with its links: who
 * has them may leave it for another person, and not erase them. Asked for again while a mail is fresh, it sends none.
 */
export function askErasure(context: Context, text: string): Promise<UnsubscribeOutcome> {
  return withLink(context, text, 'preferences', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    const now = context.clock();
    const mails = await records.mailsTo(contact.mailbox, 'erase:', now - day);
    if (mails.length >= mailsPerDay || mails.some(({ runAt }) => runAt > now - apart)) return { kind: 'done' };
    const token = eraseToken({ id: newId(now, context.random), contactId: contact.id, from: now }, context.secrets);
    await records.addToken(token);
    await records.enqueue(
      mailRow({
        id: newId(now, context.random),
        dedupeKey: `erase:${token.id}`,
        contactId: contact.id,
        payload: { mail: 'erase', token: token.id },
        runAt: now,
      }),
    );
    return { kind: 'done' };
  });
}
