import { existsSync } from 'node:fs';
import { readEnvironment, type Variables } from '#capture/environment.ts';
import type { ApprovedComments } from '#site/comments.ts';

/**
 * What was approved, for the build; nothing where no server has kept anything yet. It makes no store and changes none: of
 * one that no server of this version has opened yet there are no comments. Throws what `storeRefusal` explains.
 */
export async function approvedComments(variables: Variables): Promise<ApprovedComments> {
  const { database } = readEnvironment(variables).environment;
  if (database.kind === 'sqlite' && !existsSync(database.file)) return { comments: {} };
  // Half a second of work, which a build without a store is spared.
  const [{ openStore }, { threadsOf }] = await Promise.all([
    import('#capture/compose.ts'),
    import('#capture/comments/threads.ts'),
  ]);
  const store = await openStore({ database });
  try {
    // First, so that what is approved meanwhile is known to be missing.
    const version = await store.reading.commentsVersion();
    return { comments: threadsOf(await store.reading.publishedComments()), version };
  } finally {
    await store.close();
  }
}
