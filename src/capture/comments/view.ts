import type { EntryLink, ModeratedComment, OwnComment, OwnQuestion } from '#capture/capture.ts';
import { reasonsIn } from '#capture/store/signs.ts';
import type { CommentRow, QuestionRow } from '#capture/store/tables.ts';
import { editableMinutes, type OwnText } from '#site/comments.ts';
import type { Site } from '#site/contract.ts';

/** The page that something was written on. */
export function entryLink({ entries }: Pick<Site, 'entries'>, id: string): EntryLink {
  const entry = entries.find((each) => each.id === id);
  return { id, ...(entry && { title: entry.title, url: entry.url }) };
}

/** A comment as its author sees it. `now` in milliseconds since 1970. */
export function ownComment(comment: CommentRow, site: Pick<Site, 'entries'>, now: number): OwnComment {
  const { id, state, name, body, moment, entry, parentId, repliesTextId } = comment;
  const until = editableUntil(comment);
  return {
    ...{ id, state, name, body, entry: entryLink(site, entry) },
    ...(moment !== null && { moment }),
    ...{ isReply: parentId !== null, wantsReplies: repliesTextId !== null },
    ...(until !== undefined && until > now && { editableUntil: until }),
  };
}

/** Until when its author may edit it; undefined where they may not. */
export function editableUntil({ state, confirmedAt }: CommentRow): number | undefined {
  const isOpen = state === 'pending' || state === 'approved';
  return isOpen && confirmedAt !== null ? confirmedAt + editableMinutes * 60_000 : undefined;
}

/** A comment as the owner sees it; `parent` is what it replies to. */
export function moderatedComment(
  comment: CommentRow,
  parent: CommentRow | undefined,
  site: Pick<Site, 'entries'>,
): ModeratedComment {
  const { id, state, name, body, moment, entry, reasons, version, at, confirmedAt, decidedAt, decidedBy } = comment;
  return {
    ...{ id, state, name, body, entry: entryLink(site, entry), version },
    ...(moment !== null && { moment }),
    ...(parent && { parent: { name: parent.name, body: parent.body } }),
    reasons: reasonsIn(reasons),
    at: confirmedAt ?? at,
    ...(decidedAt !== null && decidedBy !== null && { decided: { by: decidedBy, at: decidedAt } }),
    ...(comment.shortenedAt !== null && { isShortened: true as const }),
  };
}

/** A comment or question among all that its author wrote. */
export function ownText(row: CommentRow | QuestionRow, site: Pick<Site, 'entries' | 'hosts'>): OwnText {
  const { id, body } = row;
  if (!('entry' in row)) {
    const to = site.hosts.find(({ slug }) => slug === row.recipient)?.name;
    return { kind: 'question', id, body, to, name: row.firstName ?? undefined };
  }
  const { name, moment, parentId, entry } = row;
  return {
    ...{ kind: 'comment', id, body, name, isReply: parentId !== null, entry: entryLink(site, entry) },
    ...(moment !== null && { moment }),
  };
}

/** A question as who asked it sees it. */
export function ownQuestion(question: QuestionRow, site: Pick<Site, 'entries'>): OwnQuestion {
  const { id, state, recipient, body, firstName, quoteTextId, answer, answeredIn } = question;
  return {
    ...{ id, state, to: recipient, question: body, mayQuote: quoteTextId !== null },
    ...(firstName !== null && { first: firstName }),
    ...(answer !== null && { answer }),
    ...(answeredIn !== null && { answeredIn: entryLink(site, answeredIn) }),
  };
}
