import type { Context } from '#capture/context.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import type { Records } from '#capture/store/store.ts';
import type { CommentRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';

/** The owner gets one mail in so many milliseconds at most, with all that came. */
const between = 5 * 60_000;

/** Has the owner mailed that something waits, where an address of theirs is known. A mail that was not sent yet will say it too. */
export async function notifyOwner(
  { site, clock, random }: Pick<Context, 'site' | 'clock' | 'random'>,
  records: Records,
): Promise<void> {
  if (!site.owner.email) return;
  const now = clock();
  const last = await records.lastQueued(prefix);
  if (last?.state === 'ready') return;
  const runAt = Math.max(now, (last?.runAt ?? 0) + between);
  await records.enqueue(
    mailRow({
      id: newId(now, random),
      // Two that are queued at once are one.
      dedupeKey: `${prefix}${String(Math.floor(runAt / between)).padStart(12, '0')}`,
      contactId: null,
      payload: { mail: 'moderation', since: Math.min(last?.runAt ?? 0, now) },
      runAt,
    }),
  );
}

const prefix = 'moderation:';

/** Mails a reply that is shown now to whom it was written, once, if they asked for that and it is not their own. */
export async function notifyOfReply(
  { clock, random }: Pick<Context, 'clock' | 'random'>,
  records: Records,
  reply: CommentRow,
): Promise<void> {
  if (reply.answersId === null) return;
  const answered = await records.approvedComment(reply.answersId);
  if (!answered?.contactId || answered.repliesTextId === null || answered.contactId === reply.contactId) return;
  const now = clock();
  await records.enqueue(
    mailRow({
      id: newId(now, random),
      dedupeKey: `reply:${reply.id}`,
      contactId: answered.contactId,
      payload: { mail: 'reply', comment: reply.id, preferences: answered.contactId },
      runAt: now,
    }),
  );
}
