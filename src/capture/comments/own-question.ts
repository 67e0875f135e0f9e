import type { OwnQuestionOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { addConfirmations, evidence } from '#capture/forms/consent.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import { newId } from '#capture/store/tokens.ts';
import { url } from '#site/url.ts';
import { reportQuestion } from './events.ts';
import { notifyOwner } from './notices.ts';
import { withQuestion } from './open-own.ts';
import { signsIn } from './signs.ts';
import { ownQuestion } from './view.ts';

/** A question by the link of who asked it. Changes nothing. */
export function lookQuestion(context: Context, text: string): Promise<OwnQuestionOutcome> {
  return withQuestion(context, text, async (_records, question) => ({
    kind: 'valid',
    question: ownQuestion(question, context.site),
  }));
}

/** Confirms it, once; its author is mailed that it came. */
export function confirmQuestion(context: Context, text: string, visit: Visit): Promise<OwnQuestionOutcome> {
  return withQuestion(context, text, async (records, question): Promise<OwnQuestionOutcome> => {
    const { site, clock, random, address } = context;
    if (question.state !== 'unconfirmed') return { kind: 'confirmed', question: ownQuestion(question, site) };
    const now = clock();
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
      evidence(new URL(url.question(''), address).href, visit, now),
    );
    await records.enqueue(
      mailRow({
        id: newId(now, random),
        dedupeKey: `question-came:${id}`,
        ...{ contactId, runAt: now },
        payload: { mail: 'question-came', question: id, preferences: contactId },
      }),
    );
    await reportQuestion(context, records, 'question.asked', asked, await records.contact(contactId));
    await notifyOwner(context, records);
    return { kind: 'confirmed', question: ownQuestion(asked, site) };
  });
}
