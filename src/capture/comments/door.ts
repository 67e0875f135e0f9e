import type { Capture } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { valuesIn } from '#site/form-fields.ts';

/** What forms and links do with comments and questions. */
export function commentsDoor(_context: Context): CommentsDoor {
  const unavailable = { kind: 'unavailable' } as const;
  const refused = async (form: Parameters<Capture['comment']>[0]) => ({ ...unavailable, values: valuesIn(form) });
  return {
    comment: refused,
    question: refused,
    editComment: (_token, form) => refused(form),
    lookParent: async () => unavailable,
    lookComment: async () => unavailable,
    confirmComment: async () => unavailable,
    deleteComment: async () => unavailable,
    lookQuestion: async () => unavailable,
    confirmQuestion: async () => unavailable,
    endReplies: async () => unavailable,
    lookDecision: async () => unavailable,
    decide: async () => unavailable,
  };
}

export type CommentsDoor = Pick<
  Capture,
  | ('comment' | 'lookParent' | 'lookComment' | 'confirmComment' | 'editComment' | 'deleteComment' | 'endReplies')
  | ('question' | 'lookQuestion' | 'confirmQuestion' | 'lookDecision' | 'decide')
>;
