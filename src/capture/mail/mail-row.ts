import { outboxRow } from '#capture/store/outbox-row.ts';
import type { OutboxRow } from '#capture/store/tables.ts';
import type { MailPayload } from './payload.ts';

/** The row of a mail to one person, or to the owner where there is no contact, due at `runAt` (milliseconds since 1970). */
export function mailRow(
  row: Pick<OutboxRow, 'id' | 'dedupeKey' | 'runAt'> & { contactId: string | null; payload: MailPayload },
): OutboxRow {
  return outboxRow({ ...row, kind: 'mail', lane: row.payload.mail === 'issue' ? 'issue' : 'answer' });
}
