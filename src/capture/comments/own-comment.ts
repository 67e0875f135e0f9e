import type {
  DeleteOutcome,
  EditOutcome,
  OwnCommentOutcome,
  ParentOutcome,
  UnsubscribeOutcome,
  Visit,
} from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { evidence, nameless } from '#capture/forms/consent.ts';
import { deletedComment } from '#capture/store/comments.ts';
import { isOwnLink } from '#capture/store/own-links.ts';
import { unlessUnavailable, type Records } from '#capture/store/store.ts';
import type { CommentRow } from '#capture/store/tables.ts';
import { isId, newId, tokenId } from '#capture/store/tokens.ts';
import { valuesIn, type FormFields } from '#site/form-fields.ts';
import { url } from '#site/url.ts';
import { readWords } from './comment-form.ts';
import { reportComment, unreportComment } from './events.ts';
import { allOwn } from './all-own.ts';
import { notifyOfReply, notifyOwner } from './notices.ts';
import { withComment } from './open-own.ts';
import { signsIn } from './signs.ts';
import { digestOf } from './text.ts';
import { editableUntil, entryLink, ownComment } from './view.ts';

const own = () => 'comment' as const;

/** A comment by the link of its author. Changes nothing. */
export function lookComment(context: Context, text: string): Promise<OwnCommentOutcome> {
  return withComment(context, text, own, async (records, comment) => ({
    kind: 'valid',
    comment: ownComment(comment, context.site, context.clock()),
    ...(await allOwn(context, records, comment)),
  }));
}

/**
 * Changes the words of a comment, for ten minutes from its confirmation. It is looked at anew: one that was shown waits
 * again, unless its author is known.
 */
export async function editComment(context: Context, text: string, form: FormFields): Promise<EditOutcome> {
  const values = valuesIn(form);
  const outcome = await withComment(context, text, own, async (records, comment): Promise<EditOutcome> => {
    const { site, clock } = context;
    const now = clock();
    const seen = ownComment(comment, site, now);
    if ((editableUntil(comment) ?? 0) <= now) return { kind: 'too-late', values, comment: seen };
    const entry = site.entries.find(({ id }) => id === comment.entry);
    const { name, body, moment, errors } = readWords(
      { ...form, parent: comment.parentId ?? undefined },
      // The recording of an entry that has left the site cannot be compared with.
      entry ?? { kind: 'episode' },
    );
    if (errors) return { kind: 'invalid', errors, values, comment: seen };
    if (name === comment.name && body === comment.body && moment === comment.moment)
      return { kind: 'done', comment: seen };
    const words = { ...comment, name, body, moment, digest: digestOf(body), shortenedAt: null };
    const stands = await standing(context, records, words);
    const edited = await changed(records, { ...words, ...stands }, comment, now);
    await announce(context, records, edited);
    return { kind: 'done', comment: ownComment(edited, site, now) };
  });
  return outcome.kind === 'unavailable' ? { ...outcome, values } : outcome;
}

/** Deletes a comment for good, at any time. Replies to it stay, and its place with them. */
export function deleteComment(context: Context, text: string): Promise<DeleteOutcome> {
  return withComment(context, text, own, async (records, comment): Promise<DeleteOutcome> => {
    const { site, clock } = context;
    await changed(records, { ...comment, ...deletedComment }, comment, clock());
    await unreportComment(records, comment.id);
    if (comment.state === 'unconfirmed' && comment.contactId !== null)
      await records.deleteIdleContact(comment.contactId);
    return { kind: 'done', entry: entryLink(site, comment.entry) };
  });
}

/** The approved comment that a reply is written to. */
export async function lookParent({ store, site }: Context, id: string): Promise<ParentOutcome> {
  if (!isId(id)) return { kind: 'gone' };
  return unlessUnavailable(async () => {
    const comment = await store.transaction((records) => records.approvedComment(id));
    if (!comment) return { kind: 'gone' };
    const { name, body, entry } = comment;
    return { kind: 'valid', parent: { id, name, body, entry: entryLink(site, entry) } };
  });
}

/** Ends the mails about replies to all comments of a person. As often as one likes, also after the comment was deleted. */
export async function endReplies(context: Context, text: string, visit: Visit): Promise<UnsubscribeOutcome> {
  const { store, secrets, clock, random, address } = context;
  const id = tokenId(text);
  if (id === undefined || !isOwnLink(text, id, 'replies', secrets)) return { kind: 'gone' };
  return unlessUnavailable(() =>
    store.transaction(async (records): Promise<UnsubscribeOutcome> => {
      const comment = await records.comment(id);
      if (!comment) return { kind: 'gone' };
      const { contactId, repliesTextId } = comment;
      if (contactId === null || !(await records.endReplies(contactId))) return { kind: 'done' };
      const now = clock();
      await records.addConsentEvent({
        id: newId(now, random),
        ...{ contactId, purpose: 'replies', action: 'withdrawn', textId: repliesTextId },
        ...nameless,
        ...evidence(new URL(url.endReplies(''), address).href, visit, now),
      });
      return { kind: 'done' };
    }),
  );
}

/** Keeps a comment as it has become, one version on; where that changes what is published, counts it. */
export async function changed(
  records: Records,
  comment: CommentRow,
  before: Pick<CommentRow, 'state'>,
  now: number,
): Promise<CommentRow> {
  const isPublished = comment.state === 'approved' || before.state === 'approved';
  const kept = {
    ...comment,
    version: comment.version + 1,
    changedAt: now,
    published: isPublished ? await records.nextPublished() : comment.published,
  };
  await records.updateComment(kept);
  return kept;
}

/** How a comment of a reader stands by its words and by what its author wrote before. */
export async function standing(
  { site }: Pick<Context, 'site'>,
  records: Records,
  comment: CommentRow,
): Promise<Pick<CommentRow, 'state' | 'reasons' | 'decidedAt' | 'decidedBy'>> {
  const signs = await signsIn(records, comment, site);
  const { approved, spam } = await records.commentsBy(comment.contactId ?? '');
  // One that is edited does not vouch for itself.
  const others = approved - (comment.state === 'approved' ? 1 : 0);
  const isKnown = site.comments?.approval === 'first-two' && others >= approvedBefore && spam === 0;
  return {
    state: isKnown && signs.length === 0 ? 'approved' : 'pending',
    reasons: JSON.stringify([...signs, ...(others === 0 ? ['first'] : [])]),
    ...{ decidedAt: null, decidedBy: null },
  };
}

/** Of whom so many comments were approved, is known. */
const approvedBefore = 2;

/** Has those mailed who should know how it stands now. */
export async function announce(context: Context, records: Records, comment: CommentRow): Promise<void> {
  if (comment.state === 'pending') return notifyOwner(context, records);
  const contact = comment.contactId === null ? undefined : await records.contact(comment.contactId);
  await reportComment(context, records, 'comment.approved', comment, contact);
  await notifyOfReply(context, records, comment);
}
