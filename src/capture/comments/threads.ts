import type { CommentRow } from '#capture/store/tables.ts';
import type { Comment, CommentsOfEntries, Reply } from '#site/comments.ts';

/**
 * Comments as pages show them, by their entries, oldest first. One that was deleted keeps its place where there are
 * replies to it. `rows` are approved and deleted ones, oldest first.
 */
export function threadsOf(rows: readonly CommentRow[]): CommentsOfEntries {
  const roots = new Map<string, { entry: string; comment: Comment }>();
  for (const row of rows)
    if (row.parentId === null) roots.set(row.id, { entry: row.entry, comment: { ...shown(row), replies: [] } });
  for (const row of rows)
    if (row.parentId !== null && row.state === 'approved') roots.get(row.parentId)?.comment.replies.push(shown(row));
  const entries: CommentsOfEntries = {};
  for (const { entry, comment } of roots.values())
    if (!comment.isDeleted || comment.replies.length > 0) (entries[entry] ??= []).push(comment);
  return entries;
}

function shown({ id, state, name, body, moment, confirmedAt, at, person, shortenedAt }: CommentRow): Reply {
  return {
    ...{ id, name, body },
    ...(moment !== null && { moment }),
    at: new Date(confirmedAt ?? at).toISOString(),
    ...(shortenedAt !== null && { isShortened: true as const }),
    ...(state === 'deleted' ? { isDeleted: true as const } : person !== null && { person }),
  };
}
