import type { Decision, ModeratedComment } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { deletedComment } from '#capture/store/comments.ts';
import { commentStates, type CommentRow, type CommentState } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Host, Site } from '#site/contract.ts';
import { decideOn, seenBy } from './decision.ts';
import { unreportComment } from './events.ts';
import { notifyOfReply } from './notices.ts';
import { changed } from './own-comment.ts';
import { digestOf, readText } from './text.ts';
import { moderatedComment } from './view.ts';

export { commentStates, type CommentState, type Decision, type ModeratedComment };

/** What moderating takes: the site, as far as there is one, names entries by their titles. */
export type Moderator = Pick<Context, 'store' | 'clock' | 'random' | 'hasWebhook'> & { site: Site | undefined };

/** The comments that the filter lets through, the oldest of them first, `most` of them, and how many there are. */
export async function listComments(
  { store, site }: Pick<Moderator, 'store' | 'site'>,
  filter: { states?: readonly CommentState[] | undefined; entry?: string | undefined },
  most: number,
): Promise<{ comments: ModeratedComment[]; total: number }> {
  const { first, total } = await firstOf(store.reading.comments(filter), most);
  return { comments: first.map((row) => moderatedComment(row, undefined, entriesOf(site))), total };
}

/** The first rows of a list, `most` of them, and how many there are in all. */
export async function firstOf<Row>(rows: AsyncIterable<Row>, most: number): Promise<{ first: Row[]; total: number }> {
  const first: Row[] = [];
  let total = 0;
  for await (const row of rows) {
    total += 1;
    if (total <= most) first.push(row);
  }
  return { first, total };
}

/** A comment with what it replies to; undefined where there is none. */
export async function findComment({ store, site }: Moderator, id: string): Promise<ModeratedComment | undefined> {
  return store.transaction(async (records) => {
    const comment = await records.comment(id);
    return comment && seenBy({ site: entriesOf(site) }, records, comment);
  });
}

export type ModerationOutcome =
  | { kind: 'decided'; comment: ModeratedComment }
  /** It is not any more what was seen: nothing was done, and this is what stands. */
  | { kind: 'conflict'; comment: ModeratedComment }
  /** Its author has not confirmed it. */
  | { kind: 'unconfirmed' }
  /** There is none, or its author deleted it. */
  | { kind: 'unknown' };

/** Decides on a comment as it was `seen`: its version. `actor` is kept with the decision. */
export async function decideComment(
  { store, site, ...context }: Moderator,
  id: string,
  chosen: { decision: Decision; seen: number; actor: string },
): Promise<ModerationOutcome> {
  return store.transaction(async (records): Promise<ModerationOutcome> => {
    const comment = await records.comment(id);
    if (!comment || comment.state === 'deleted') return { kind: 'unknown' };
    if (comment.state === 'unconfirmed') return { kind: 'unconfirmed' };
    return decideOn({ ...context, site: entriesOf(site) }, records, comment, chosen);
  });
}

/**
 * Takes the name and the words of a comment out of the store for good, as for whom an archive knows no address of. Its place
 * stays where there are replies, and an import does not bring it back. False where there is none.
 */
export async function eraseComment(
  { store, clock, random }: Pick<Moderator, 'store' | 'clock' | 'random'>,
  id: string,
  { actor }: { actor: string },
): Promise<boolean> {
  return store.transaction(async (records) => {
    const comment = await records.comment(id);
    if (!comment || comment.state === 'deleted') return false;
    const now = clock();
    await changed(records, { ...comment, ...deletedComment }, comment, now);
    await unreportComment(records, id);
    if (comment.contactId !== null) await records.deleteIdleContact(comment.contactId);
    await records.addAudit({
      id: newId(now, random),
      ...{ actor, action: `comment erased ${id}`, subjectHmac: null, at: now },
    });
    return true;
  });
}

export type HostReplyOutcome =
  | { kind: 'published'; id: string }
  | { kind: 'refused'; message: string }
  /** There is none that is shown. */
  | { kind: 'unknown' };

/** Publishes what a host replies to a comment, and mails it to its author where they asked for that. */
export async function replyAsHost(
  { store, clock, random }: Pick<Moderator, 'store' | 'clock' | 'random'>,
  id: string,
  { host, body, actor }: { host: Host; body: string; actor: string },
): Promise<HostReplyOutcome> {
  const read = readText(body, 'reply');
  if (read.error !== undefined) return { kind: 'refused', message: read.error };
  return store.transaction(async (records): Promise<HostReplyOutcome> => {
    const answered = await records.approvedComment(id);
    if (!answered) return { kind: 'unknown' };
    const now = clock();
    const reply: CommentRow = {
      ...{ id: newId(now, random), entry: answered.entry, parentId: answered.parentId ?? id, answersId: id },
      ...{ contactId: null, name: host.name, body: read.text, moment: null, state: 'approved', reasons: '[]' },
      ...{ repliesTextId: null, version: 1, person: host.slug, source: 'host', digest: digestOf(read.text) },
      ...{ at: now, confirmedAt: now, changedAt: now, decidedAt: now, decidedBy: actor },
      ...{ shortenedAt: null, published: await records.nextPublished() },
    };
    await records.addComment(reply);
    await notifyOfReply({ clock, random }, records, reply);
    return { kind: 'published', id: reply.id };
  });
}

const entriesOf = (site: Site | undefined): Pick<Site, 'entries'> => site ?? { entries: [] };
