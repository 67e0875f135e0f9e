import type { Records } from '#capture/store/store.ts';
import type { CommentRow, ContactRow, QuestionRow } from '#capture/store/tables.ts';
import { enqueueWebhook, type EventContext } from '#capture/webhook/events.ts';

/** Reports a comment to the CRM: that it was confirmed, or shown the first time. */
export async function reportComment(
  context: EventContext,
  records: Records,
  type: 'comment.received' | 'comment.approved',
  comment: CommentRow,
  contact: ContactRow | undefined,
): Promise<void> {
  const { id, entry, parentId, name, body, moment, at, person, state } = comment;
  await enqueueWebhook(context, records, {
    type,
    once: id,
    contactId: contact?.id ?? null,
    data: {
      ...{ commentId: id, entry, parentId, name, body, moment, person, state },
      writtenAt: new Date(at).toISOString(),
      ...(contact && { contactId: contact.id, email: contact.email }),
    },
  });
}

/** Takes back what was not delivered yet of a comment whose author deleted it. */
export async function unreportComment(records: Records, id: string): Promise<void> {
  for (const type of ['comment.received', 'comment.approved']) await records.unqueue(`webhook:${type}:${id}`);
}

export async function reportQuestion(
  context: EventContext,
  records: Records,
  type: 'question.asked' | 'question.answered',
  question: QuestionRow,
  contact: ContactRow | undefined,
): Promise<void> {
  const { id, recipient, firstName, body, quoteTextId, page, answer, answeredIn, at, contactId } = question;
  await enqueueWebhook(context, records, {
    type,
    once: id,
    contactId,
    data: {
      ...{ questionId: id, to: recipient, question: body, firstName, page, mayQuote: quoteTextId !== null },
      ...(type === 'question.answered' && { answer, answeredIn }),
      askedAt: new Date(at).toISOString(),
      ...(contact && { contactId: contact.id, email: contact.email }),
    },
  });
}
