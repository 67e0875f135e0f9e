import { outboxRow } from '#capture/store/outbox-row.ts';
import type { OutboxRow } from '#capture/store/tables.ts';
import type { MailPayload } from './payload.ts';

/** Mails that go out in thousands, which no reader waits for. */
const isForMany = (payload: MailPayload) =>
  payload.mail === 'issue' || (payload.mail === 'confirm' && payload.agreed !== undefined);

/** The row of a mail to one person, or to the owner where there is no contact, due at `runAt` (milliseconds since 1970). */
export function mailRow(
  row: Pick<OutboxRow, 'id' | 'dedupeKey' | 'runAt'> & { contactId: string | null; payload: MailPayload },
): OutboxRow {
  return outboxRow({ ...row, kind: 'mail', lane: isForMany(row.payload) ? 'issue' : 'answer' });
}
