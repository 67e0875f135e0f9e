import { timingSafeEqual } from 'node:crypto';
import type { DeskVisit, SignInLook, SignInOutcome } from '#capture/desk.ts';
import { isSignInLink } from '#capture/store/sign-in-links.ts';
import { unlessUnavailable, type Records } from '#capture/store/store.ts';
import { tokenId } from '#capture/store/tokens.ts';
import { type DeskContext, ownerWith } from './context.ts';
import { hashOf, isCookie } from './cookies.ts';
import { beginSession } from './session.ts';

/** Whom the link of a mail would sign in, here. Changes nothing: scanners of mail follow links. */
export function lookSignIn(context: DeskContext, token: string, visit: DeskVisit): Promise<SignInLook> {
  return withSignIn(context, token, visit, async (_records, { email, role }) => ({ kind: 'valid', email, role }));
}

/** Signs in by that link, which then has done its work. */
export function signIn(context: DeskContext, token: string, visit: DeskVisit): Promise<SignInOutcome> {
  return withSignIn(context, token, visit, async (records, { id: owner, signInId }) => {
    await records.useSignIn(signInId, context.clock());
    return { kind: 'signed-in', session: await beginSession(context, records, { owner, way: 'mail', visit }) };
  });
}

/** One answer for a link that is used, expired or forged, that was asked for in another browser, or by nobody's owner. */
function withSignIn<Outcome>(
  { store, secrets, owners, clock }: DeskContext,
  token: string,
  { browser }: DeskVisit,
  work: (records: Records, owner: NonNullable<ReturnType<typeof ownerWith>> & { signInId: string }) => Promise<Outcome>,
): Promise<Outcome | { kind: 'gone' } | { kind: 'unavailable' }> {
  const id = tokenId(token);
  if (id === undefined || !isCookie(browser)) return Promise.resolve({ kind: 'gone' });
  return unlessUnavailable(() =>
    store.transaction(async (records) => {
      const row = await records.signIn(id);
      if (!row || !isSignInLink(token, row, secrets)) return { kind: 'gone' };
      const isHere = timingSafeEqual(Buffer.from(hashOf(browser)), Buffer.from(row.browserHash));
      const owner = ownerWith(owners, row.owner);
      if (!isHere || !owner || row.usedAt !== null || row.expiresAt <= clock()) return { kind: 'gone' };
      return work(records, { ...owner, signInId: id });
    }),
  );
}
