import type { Context } from '#capture/context.ts';
import { unlessUnavailable, type Records } from '#capture/store/store.ts';
import type { ContactRow, SubmissionRow, TokenKind, TokenRow } from '#capture/store/tables.ts';
import { isSigned, tokenId } from '#capture/store/tokens.ts';

/** A link that holds, and whose it is. Its token and its contact are locked until the unit ends. */
export interface OpenLink {
  token: TokenRow;
  contact: ContactRow;
  /** What it answers; undefined for preferences. */
  submission: SubmissionRow | undefined;
}

/**
 * Opens a link in a unit of work. One that was tampered with, has expired or was revoked, is of another kind, or whose
 * person was erased, is `gone`, and nothing shows which.
 */
export async function withLink<Outcome>(
  { store, secrets, clock }: Pick<Context, 'store' | 'secrets' | 'clock'>,
  text: string,
  kind: TokenKind,
  work: (records: Records, link: OpenLink) => Promise<Outcome>,
): Promise<Outcome | { kind: 'gone' } | { kind: 'unavailable' }> {
  const id = tokenId(text);
  if (id === undefined) return { kind: 'gone' };
  return unlessUnavailable(() =>
    store.transaction(async (records): Promise<Outcome | { kind: 'gone' }> => {
      const token = await records.token(id);
      if (!token || !isSigned(text, token, kind, secrets)) return { kind: 'gone' };
      if (token.revokedAt !== null || (token.expiresAt !== null && token.expiresAt <= clock())) return { kind: 'gone' };
      const contact = await records.contact(token.contactId);
      if (!contact) return { kind: 'gone' };
      const submission = token.submissionId === null ? undefined : await records.submission(token.submissionId);
      return work(records, { token, contact, submission });
    }),
  );
}

/** Whether a link has been used as often as it may. */
export function isUsedUp({ uses, maxUses }: TokenRow): boolean {
  return maxUses !== null && uses >= maxUses;
}
