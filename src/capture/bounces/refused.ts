import { MailRefused } from '#capture/mail/mailer.ts';
import type { OutboxRow } from '#capture/store/tables.ts';
import { bounceKind, bounceStatus } from './kind.ts';
import { recordBounce, type BounceContext } from './record.ts';

export interface Refusals {
  /** A mail was taken. */
  taken(): void;
  /**
   * Records that the mail server refused a mail to a reader for good, or for now until it was given up. True where the mailbox is
   * why: then there is nothing that an owner could do, and it is no dead letter.
   */
  refused(row: OutboxRow, error: unknown): Promise<boolean>;
}

/**
 * So many mailboxes in a row are called unknown, and no mail is taken between them, before that is the server's fault: a relay
 * that has lost its list of recipients says so of everybody, and must not have all subscribers suppressed.
 */
const believed = 20;

export function openRefusals(context: BounceContext): Refusals {
  let inRow = 0;
  return {
    taken: () => void (inRow = 0),
    async refused(row, error) {
      const { contactId } = row;
      if (!(error instanceof MailRefused) || error.reply === undefined || contactId === null) return false;
      const refusal = { text: error.reply };
      const told = bounceKind(refusal);
      if (told === 'hard') inRow += 1;
      const kind = told === 'hard' && inRow > believed ? 'blocked' : told;
      return context.store.transaction(async (records) => {
        const contact = await records.contact(contactId);
        if (!contact) return false;
        await recordBounce(context, records, { contact, mail: row, kind, status: bounceStatus(refusal), way: 'smtp' });
        return kind !== 'blocked';
      });
    },
  };
}
