import { join } from 'node:path';
import type { Last } from '#capture/desk.ts';
import { newestFirst } from '#capture/outbox/digest.ts';
import type { DeskContext } from './context.ts';

/** What is next, and what was last; `more` of it for who looks after the server. */
export async function lastOf(context: DeskContext, more: boolean): Promise<Last> {
  const { site, store, built, backup, clock } = context;
  const [newest] = newestFirst(site.entries);
  const [version, builtAt, backedUp, limited] = await Promise.all([
    store.reading.commentsVersion(),
    context.writtenAt(join(built, 'gated/site.json')),
    more && backup !== undefined ? context.writtenAt(backup) : undefined,
    more ? store.reading.limitedNetworks(context.perNetwork, clock()) : undefined,
  ]);
  return {
    ...(site.nextDue !== undefined && { due: Date.parse(site.nextDue) }),
    ...(builtAt !== null && { built: builtAt }),
    ...(newest && { newest: { id: newest.id, title: newest.title, url: newest.url } }),
    waitsForBuild: version !== site.commentsVersion,
    ...(backedUp !== undefined && { backup: backedUp }),
    ...(limited !== undefined && { limited }),
  };
}
