import { existsSync } from 'node:fs';
import { threadsOf } from '#capture/comments/threads.ts';
import { openStore } from '#capture/compose.ts';
import type { Store } from '#capture/store/store.ts';
import type { CommentsOfEntries } from '#site/comments.ts';
import type { Environment } from './setup.ts';

/**
 * What was approved, for the build; nothing where no server has kept anything yet. It makes no store and changes none.
 * Throws what `storeRefusal` explains.
 */
export async function approvedComments(environment: Pick<Environment, 'database'>): Promise<CommentsOfEntries> {
  return (await reading(environment, async ({ reading }) => threadsOf(await reading.publishedComments()))) ?? {};
}

/**
 * A number that grows with each change of what `approvedComments` is. A build that notes what it was built from reads it
 * first. Undefined where nothing was ever approved.
 */
export function commentsVersion(environment: Pick<Environment, 'database'>): Promise<number | undefined> {
  return reading(environment, ({ reading }) => reading.commentsVersion());
}

async function reading<T>(
  environment: Pick<Environment, 'database'>,
  read: (store: Store) => Promise<T>,
): Promise<T | undefined> {
  const { database } = environment;
  if (database.kind === 'sqlite' && !existsSync(database.file)) return undefined;
  const store = await openStore(environment);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}
