import type { OwnQuestionOutcome } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { allOwn } from './all-own.ts';
import { withQuestion } from './open-own.ts';
import { ownQuestion } from './view.ts';

/** A question by the link of who asked it. Changes nothing. */
export function lookQuestion(context: Context, text: string): Promise<OwnQuestionOutcome> {
  return withQuestion(context, text, async (records, question) => ({
    kind: 'valid',
    question: ownQuestion(question, context.site),
    ...(await allOwn(context, records, question)),
  }));
}
