import { closeQuestion as close } from '#capture/comments/questions.ts';
import { isId } from '#capture/store/tokens.ts';
import type { Act } from './act.ts';

/** Closes a question without an answer, as it was seen. */
export const closeQuestion: Act['act'] = async (context, owner, { id = '', to, seen }) => {
  if (!isId(id) || (to !== 'close' && to !== 'spam')) return { kind: 'unknown' };
  const outcome = await close(context, id, { isSpam: to === 'spam', seen: Number(seen), actor: owner.id });
  switch (outcome.kind) {
    case 'done':
      return {
        kind: 'done',
        said: `The question is ${to === 'spam' ? 'marked as spam' : 'closed'}. Nobody is mailed.`,
      };
    case 'conflict': {
      const { state, decided } = outcome.question;
      return {
        kind: 'conflict',
        said: `The question was ${state}${decided ? ` (${decided.by})` : ''} before you decided. Nothing was changed.`,
      };
    }
    default:
      return { kind: 'unknown' };
  }
};
