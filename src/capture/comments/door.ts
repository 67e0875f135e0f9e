import type { Capture } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { commentForm } from './comment-form.ts';
import { confirmComment, confirmQuestion } from './confirm.ts';
import { decide, lookDecision } from './decision.ts';
import { deleteComment, editComment, endReplies, lookComment, lookParent } from './own-comment.ts';
import { lookQuestion } from './own-question.ts';
import { questionForm } from './question-form.ts';

/** What forms and links do with comments and questions; `then` is given whatever may have queued something. */
export function commentsDoor(
  context: Context,
  then: <Outcome>(outcome: Promise<Outcome>) => Promise<Outcome>,
): CommentsDoor {
  return {
    comment: (form, visit) => then(commentForm(context, form, visit)),
    question: (form, visit) => then(questionForm(context, form, visit)),
    lookParent: (id) => lookParent(context, id),
    lookComment: (token) => lookComment(context, token),
    confirmComment: (token, visit, seen) => then(confirmComment(context, token, visit, seen)),
    editComment: (token, form) => then(editComment(context, token, form)),
    deleteComment: (token) => deleteComment(context, token),
    lookQuestion: (token) => lookQuestion(context, token),
    confirmQuestion: (token, visit, seen) => then(confirmQuestion(context, token, visit, seen)),
    endReplies: (token, visit) => endReplies(context, token, visit),
    lookDecision: (token) => lookDecision(context, token),
    decide: (token, decision, seen, actor) => then(decide(context, token, decision, seen, actor)),
  };
}

type CommentsDoor = Pick<
  Capture,
  | ('comment' | 'lookParent' | 'lookComment' | 'confirmComment' | 'editComment' | 'deleteComment' | 'endReplies')
  | ('question' | 'lookQuestion' | 'confirmQuestion' | 'lookDecision' | 'decide')
>;
