import type { Decision, DecisionOutcome, ModeratedComment } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { isOwnLink, type OwnLink } from '#capture/store/own-links.ts';
import type { Records } from '#capture/store/store.ts';
import type { CommentRow, CommentState } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { decisionDays } from '#site/comments.ts';
import type { Site } from '#site/contract.ts';
import { reportComment } from './events.ts';
import { notifyOfReply } from './notices.ts';
import { withComment } from './open-own.ts';
import { changed } from './own-comment.ts';
import { moderatedComment } from './view.ts';

/** What deciding takes. */
export type DecisionContext = Pick<Context, 'clock' | 'random' | 'hasWebhook'> & { site: Pick<Site, 'entries'> };

/** For how long the link of the owner's mail works, in milliseconds. */
const linkLife = decisionDays * 24 * 60 * 60_000;
/** How many versions back a link is known, to say what stands now. */
const known = 50;

/** A comment by the link that was mailed to the owner. Changes nothing. */
export function lookDecision(context: Context, text: string): Promise<DecisionOutcome> {
  return withDecision(context, text, async (records, comment, isOpen) => ({
    kind: isOpen ? 'valid' : 'conflict',
    comment: await seenBy(context, records, comment),
  }));
}

/** Decides by that link, which works for the version that it was mailed for, and once. */
export function decide(
  context: Context,
  text: string,
  decision: Decision,
  seen: number,
  actor: string,
): Promise<DecisionOutcome> {
  return withDecision(context, text, async (records, comment, isOpen) =>
    isOpen
      ? decideOn(context, records, comment, { decision, seen, actor })
      : { kind: 'conflict', comment: await seenBy(context, records, comment) },
  );
}

/** Decides on a comment that is locked, unless it is not any more what the owner saw. */
export async function decideOn(
  context: DecisionContext,
  records: Records,
  comment: CommentRow,
  { decision, seen, actor }: { decision: Decision; seen: number; actor: string },
): Promise<Extract<DecisionOutcome, { kind: 'decided' | 'conflict' }>> {
  const { clock, random } = context;
  if (comment.version !== seen) return { kind: 'conflict', comment: await seenBy(context, records, comment) };
  const state = states[decision];
  if (comment.state === state) return { kind: 'decided', comment: await seenBy(context, records, comment) };
  const now = clock();
  const decided = await changed(records, { ...comment, state, decidedAt: now, decidedBy: actor }, comment, now);
  await records.addAudit({
    id: newId(now, random),
    ...{ actor, action: `comment ${decision} ${comment.id}`, subjectHmac: null, at: now },
  });
  if (state === 'approved') {
    const contact = decided.contactId === null ? undefined : await records.contact(decided.contactId);
    await reportComment(context, records, 'comment.approved', decided, contact);
    await notifyOfReply(context, records, decided);
  }
  return { kind: 'decided', comment: await seenBy(context, records, decided) };
}

/** A comment as the owner sees it, with what it replies to. */
export async function seenBy(
  { site }: Pick<DecisionContext, 'site'>,
  records: Records,
  comment: CommentRow,
): Promise<ModeratedComment> {
  const parent = comment.answersId === null ? undefined : await records.approvedComment(comment.answersId);
  return moderatedComment(comment, parent, site);
}

const states = { approve: 'approved', reject: 'rejected', spam: 'spam' } as const satisfies Record<
  Decision,
  CommentState
>;

function withDecision(
  context: Context,
  text: string,
  /** `isOpen`: the link is for the comment as it is. */
  work: (records: Records, comment: CommentRow, isOpen: boolean) => Promise<DecisionOutcome>,
): Promise<DecisionOutcome> {
  const linksTo = ({ version }: CommentRow): OwnLink[] =>
    Array.from({ length: Math.min(version, known) }, (_, back) => `decide ${version - back}` as const);
  return withComment(context, text, linksTo, async (records, comment): Promise<DecisionOutcome> => {
    if (comment.changedAt + linkLife <= context.clock()) return { kind: 'gone' };
    // Each decision and each edit makes a new version.
    return work(records, comment, isOwnLink(text, comment.id, `decide ${comment.version}`, context.secrets));
  });
}
