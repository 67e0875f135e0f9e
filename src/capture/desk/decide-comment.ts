import type { ModeratedComment } from '#capture/capture.ts';
import { decideComment as decide, type ModerationOutcome } from '#capture/comments/moderation.ts';
import { isId } from '#capture/store/tokens.ts';
import type { Act } from './act.ts';

/** The owner's decision on a comment as it was seen. */
export const decideComment: Act['act'] = async (context, owner, { id = '', to, seen }) => {
  const decision = (['approve', 'reject', 'spam'] as const).find((each) => each === to);
  if (!decision || !isId(id)) return { kind: 'unknown' };
  const outcome: ModerationOutcome = await decide(context, id, { decision, seen: Number(seen), actor: owner.id });
  switch (outcome.kind) {
    case 'decided':
      return { kind: 'done', said: `${outcome.comment.name}: ${done[decision]}` };
    case 'conflict':
      return { kind: 'conflict', said: standing(outcome.comment) };
    default:
      return { kind: 'unknown' };
  }
};

const done = {
  approve: 'approved. The next build shows it.',
  reject: 'rejected. It is not shown.',
  spam: 'marked as spam. It is not shown.',
};

/** What stands now, for whoever decided on what was not there any more. */
export function standing({ name, state, decided }: ModeratedComment): string {
  const words = { pending: 'edited by its author', approved: 'approved', rejected: 'rejected', spam: 'marked as spam' };
  const what = state === 'unconfirmed' || state === 'deleted' ? 'deleted by its author' : words[state];
  return `${name} was ${what}${decided && state !== 'pending' ? ` (${decided.by})` : ''} before you decided. Nothing was changed.`;
}
