import type { CommentsOfEntries } from '#site/comments.ts';
import type { Environment } from './setup.ts';

/**
 * What was approved, for the build; nothing where no server has kept anything yet. It makes no store and changes none.
 * Throws what `storeRefusal` explains.
 */
export async function approvedComments(_environment: Pick<Environment, 'database'>): Promise<CommentsOfEntries> {
  return {};
}

/**
 * A number that changes with each change of what `approvedComments` is, read before it by a build that notes what it was
 * built from; undefined where nothing was ever approved.
 */
export async function commentsVersion(_environment: Pick<Environment, 'database'>): Promise<number | undefined> {
  return undefined;
}
