import type { OwnCommentOutcome, OwnQuestionOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { addConfirmations, evidence } from '#capture/forms/consent.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import { waitingOf } from '#capture/mail/waiting.ts';
import type { Records } from '#capture/store/store.ts';
import type { CommentRow, QuestionRow } from '#capture/store/tables.ts';
import { liftBounce } from '#capture/store/suppression.ts';
import { newId } from '#capture/store/tokens.ts';
import { url } from '#site/url.ts';
import { reportComment, reportQuestion } from './events.ts';
import { notifyOwner } from './notices.ts';
import { withComment, withQuestion } from './open-own.ts';
import { announce, changed, standing } from './own-comment.ts';
import { signsIn } from './signs.ts';
import { ownComment, ownQuestion } from './view.ts';

/** The version of each text that a page showed, by its id. */
type Seen = Readonly<Record<string, number>>;

/** Confirms what was seen of a person's texts, each once: again, or in two windows at once, the answer is the same. */
export function confirmComment(context: Context, text: string, visit: Visit, seen?: Seen): Promise<OwnCommentOutcome> {
  return withComment(
    context,
    text,
    () => 'comment',
    async (records, comment): Promise<OwnCommentOutcome> => {
      await confirmSeen(context, records, comment, visit, seen);
      const stands = (await records.comment(comment.id)) ?? comment;
      return { kind: 'confirmed', comment: ownComment(stands, context.site, context.clock()) };
    },
  );
}

/** The same by the link of a question. */
export function confirmQuestion(
  context: Context,
  text: string,
  visit: Visit,
  seen?: Seen,
): Promise<OwnQuestionOutcome> {
  return withQuestion(context, text, async (records, question): Promise<OwnQuestionOutcome> => {
    await confirmSeen(context, records, question, visit, seen);
    const stands = (await records.question(question.id)) ?? question;
    return { kind: 'confirmed', question: ownQuestion(stands, context.site) };
  });
}

/** `own` is locked, and its person with it. */
async function confirmSeen(
  context: Context,
  records: Records,
  own: CommentRow | QuestionRow,
  visit: Visit,
  seen: Seen = { [own.id]: own.version },
): Promise<void> {
  const { contactId } = own;
  if (contactId === null) return;
  const now = context.clock();
  const isSeen = ({ id, version }: CommentRow | QuestionRow) => seen[id] === version;
  const person = await records.contact(contactId);
  if (person) await liftBounce(records, person, context.secrets, now);
  const waiting = await waitingOf(records, contactId, now, context.site);
  for (const comment of waiting.comments.filter(isSeen))
    await confirmOne(context, records, { ...comment, contactId }, visit);
  const questions = waiting.questions.filter(isSeen);
  for (const question of questions) await confirmAsked(context, records, question, visit);
  const [question, ...others] = questions.map(({ id }) => id);
  if (question === undefined) return;
  await records.enqueue(
    mailRow({
      id: newId(now, context.random),
      dedupeKey: `question-came:${question}`,
      ...{ contactId, runAt: now },
      payload: { mail: 'question-came', question, others, preferences: contactId },
    }),
  );
  await notifyOwner(context, records);
}

async function confirmOne(
  context: Context,
  records: Records,
  comment: CommentRow & { contactId: string },
  visit: Visit,
): Promise<void> {
  const now = context.clock();
  const stands = await standing(context, records, comment);
  const confirmed = await changed(records, { ...comment, ...stands, confirmedAt: now }, comment, now);
  const { id, contactId, repliesTextId } = comment;
  await addConfirmations(
    records,
    { id, contactId },
    { comment: null, ...(repliesTextId !== null && { replies: repliesTextId }) },
    evidence(new URL(url.comment(''), context.address).href, visit, now),
  );
  await reportComment(context, records, 'comment.received', confirmed, await records.contact(contactId));
  await announce(context, records, confirmed);
}

async function confirmAsked(context: Context, records: Records, question: QuestionRow, visit: Visit): Promise<void> {
  const now = context.clock();
  const { id, contactId, quoteTextId } = question;
  const asked = {
    ...question,
    state: 'open' as const,
    reasons: JSON.stringify(await signsIn(records, { ...question, name: question.firstName ?? '' }, { hosts: [] })),
    ...{ version: question.version + 1, confirmedAt: now, changedAt: now },
  };
  await records.updateQuestion(asked);
  await addConfirmations(
    records,
    { id, contactId },
    { question: null, ...(quoteTextId !== null && { quote: quoteTextId }) },
    evidence(new URL(url.question(''), context.address).href, visit, now),
  );
  await reportQuestion(context, records, 'question.asked', asked, await records.contact(contactId));
}
