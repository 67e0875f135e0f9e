import type { OwnSession, You } from '#capture/desk.ts';
import type { DeskOwner } from '#capture/environment.ts';
import type { DeskSessionRow } from '#capture/store/tables.ts';
import { type Owner, ownerWith } from './context.ts';
import { creationOptions } from './passkeys.ts';
import type { View } from './view.ts';

/** How somebody signs in, and where they are signed in. */
export const seeYou: View<You>['see'] = async (context, { owner }) => {
  const { reading } = context.store;
  const [sessions, passkeys] = await Promise.all([reading.deskSessions(owner.id), reading.passkeys(owner.id)]);
  return {
    sessions: sessions.map((row) => shownSession(row, owner, context.owners)),
    passkeys: passkeys.map(({ id, name, at, usedAt }) => ({ id, name, at, usedAt })),
    options: await creationOptions(context, owner, passkeys),
  };
};

/** A session as an owner sees it. */
export function shownSession(
  { id, owner, browser, way, at, seenAt }: DeskSessionRow,
  { session }: Pick<Owner, 'session'>,
  owners: readonly DeskOwner[],
): OwnSession {
  return { id, email: ownerWith(owners, owner)?.email ?? owner, browser, way, at, seenAt, isThis: id === session };
}
