import { replyAsHost } from '#capture/comments/moderation.ts';
import { answerQuestion as answer } from '#capture/comments/questions.ts';
import { shortenComment as shorten } from '#capture/comments/shorten.ts';
import { isId } from '#capture/store/tokens.ts';
import type { Act } from './act.ts';
import { addDone } from './audit.ts';
import { repliers } from './conversation.ts';
import { standing } from './decide-comment.ts';

/** Publishes a reply under a comment that is shown. */
export const replyToComment: Act['act'] = async (context, owner, { id, host: slug, body = '' }) => {
  if (!isId(id)) return { kind: 'unknown' };
  const may = repliers(context, owner).find((each) => each.slug === slug);
  const host = may && context.site.hosts.find((each) => each.slug === slug);
  if (!host) return { kind: 'invalid', errors: { host: 'Choose as whom you reply.' } };
  const outcome = await replyAsHost(context, id, { host, body, actor: owner.id });
  switch (outcome.kind) {
    case 'refused':
      return { kind: 'invalid', errors: { body: outcome.message } };
    case 'unknown':
      return {
        kind: 'conflict',
        said: 'The comment is not shown any more, so nothing was published. What you wrote is below.',
      };
    case 'published':
      await context.store.transaction((records) => addDone(context, records, owner, `replied to comment ${id}`));
      return { kind: 'done', said: `Published as ${host.name}. The next build shows it.` };
  }
};

/** Leaves words of a comment out. */
export const shortenComment: Act['act'] = async (context, owner, { id, body, seen }) => {
  if (!isId(id)) return { kind: 'unknown' };
  const outcome = await shorten(context, id, { body, seen: Number(seen), actor: owner.id });
  switch (outcome.kind) {
    case 'refused':
      return { kind: 'invalid', errors: { shorter: outcome.message } };
    case 'decided':
      return { kind: 'done', said: `${outcome.comment.name}: shortened. Its page says so.` };
    case 'conflict':
      return { kind: 'conflict', said: standing(outcome.comment) };
    default:
      return { kind: 'unknown' };
  }
};

/** Answers a question by words that are mailed, in an entry, or by both. */
export const answerQuestion: Act['act'] = async (context, owner, { id, answer: words = '', entry = '', seen }) => {
  if (!isId(id)) return { kind: 'unknown' };
  const [typed, chosen] = [words.trim(), context.site.entries.find(({ id }) => id === entry)];
  if (entry !== '' && !chosen) return { kind: 'invalid', errors: { entry: 'That entry is not published any more.' } };
  if (typed === '' && !chosen)
    return { kind: 'invalid', errors: { answer: 'Write an answer, or choose the entry that has it.' } };
  const outcome = await answer(context, id, {
    ...(typed !== '' && { answer: typed }),
    ...(chosen && { entry: chosen.id }),
    ...{ seen: Number(seen), actor: owner.id },
  });
  switch (outcome.kind) {
    case 'refused':
      return { kind: 'invalid', errors: { answer: outcome.message } };
    case 'done':
      return { kind: 'done', said: 'Answered. The mail goes out at once.' };
    case 'conflict': {
      const { state, decided } = outcome.question;
      const by = decided ? ` (${decided.by})` : '';
      return { kind: 'conflict', said: `The question was ${state}${by} before you answered. Nothing was mailed.` };
    }
    default:
      return { kind: 'unknown' };
  }
};
