import type { AllOwn } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { waitingOf } from '#capture/mail/waiting.ts';
import { signOwnLink } from '#capture/store/own-links.ts';
import type { Records } from '#capture/store/store.ts';
import type { CommentRow, QuestionRow } from '#capture/store/tables.ts';
import { ownText } from './view.ts';

/** A page lists at most so many of each. */
const listed = 50;

/**
 * All that the person wrote to whom an own link was mailed. A mail that asks for a confirmation opens whatever waits at
 * the time; so what has no mail of its own is found by any other one, to be edited and deleted as well.
 */
export async function allOwn(
  { site, clock, secrets }: Pick<Context, 'site' | 'clock' | 'secrets'>,
  records: Records,
  { id: own, contactId }: CommentRow | QuestionRow,
): Promise<AllOwn> {
  if (contactId === null) return { waiting: [], others: [] };
  const waiting = await waitingOf(records, contactId, clock(), site);
  const comments = await records.commentsIn(contactId, ['pending', 'approved', 'rejected', 'spam'], listed);
  const questions = await records.questionsIn(contactId, ['open', 'answered', 'closed', 'spam'], listed);
  return {
    waiting: [...waiting.comments, ...waiting.questions].map((row) => ({
      ...ownText(row, site),
      version: row.version,
    })),
    others: [...comments, ...questions]
      .filter(({ id }) => id !== own)
      .toSorted((one, two) => (one.id < two.id ? 1 : -1))
      .map((row) => {
        const text = ownText(row, site);
        return { ...text, state: row.state, link: signOwnLink(row.id, text.kind, secrets) };
      }),
  };
}
