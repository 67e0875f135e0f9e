import type { CommentRecords } from '#capture/store/comments.ts';
import type { CommentRow, QuestionRow } from '#capture/store/tables.ts';
import type { Site } from '#site/contract.ts';

type Kept = Pick<Site, 'retention'>;

/** How long what nobody confirms is kept, in milliseconds. */
export const unconfirmedLife = ({ retention }: Kept): number => retention.unconfirmed * 24 * 60 * 60_000;

/** Whether that is over for it, if it was not cleared away yet. */
export const isForgotten = ({ state, changedAt }: CommentRow | QuestionRow, now: number, site: Kept): boolean =>
  state === 'unconfirmed' && changedAt + unconfirmedLife(site) <= now;

/** What a person wrote and did not confirm yet, the oldest first. */
export interface Waiting {
  comments: CommentRow[];
  questions: QuestionRow[];
}

export async function waitingOf(
  records: Pick<CommentRecords, 'commentsIn' | 'questionsIn'>,
  contactId: string,
  now: number,
  site: Kept,
): Promise<Waiting> {
  const isKept = (row: CommentRow | QuestionRow) => !isForgotten(row, now, site);
  const [comments, questions] = await Promise.all([
    records.commentsIn(contactId, ['unconfirmed'], mostWaiting),
    records.questionsIn(contactId, ['unconfirmed'], mostWaiting),
  ]);
  return { comments: comments.filter(isKept), questions: questions.filter(isKept) };
}

/** More than the bounds on what waits ever leave. */
const mostWaiting = 200;
