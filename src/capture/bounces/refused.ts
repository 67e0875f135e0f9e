import { MailRefused } from '#capture/mail/mailer.ts';
import type { OutboxRow } from '#capture/store/tables.ts';
import { bounceKind, bounceStatus } from './kind.ts';
import { recordBounce, type BounceContext } from './record.ts';

/**
 * Records that the mail server refused a mail to a reader for good, or for now until it was given up. True where the mailbox is
 * why: then there is nothing that an owner could do, and it is no dead letter.
 */
export function recordRefusal(context: BounceContext, row: OutboxRow, error: unknown): Promise<boolean> {
  const { contactId } = row;
  if (!(error instanceof MailRefused) || error.reply === undefined || contactId === null) return Promise.resolve(false);
  const refusal = { text: error.reply };
  const kind = bounceKind(refusal);
  return context.store.transaction(async (records) => {
    const contact = await records.contact(contactId);
    if (!contact) return false;
    await recordBounce(context, records, { contact, mail: row, kind, status: bounceStatus(refusal), way: 'smtp' });
    return kind !== 'blocked';
  });
}
