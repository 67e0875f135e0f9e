import type { Secret } from '#capture/environment.ts';
import type { TokenRow } from './tables.ts';
import { newToken } from './tokens.ts';

/** How long a link to confirm, to download or to erase works, in milliseconds. */
const linkLife = 7 * 24 * 60 * 60_000;
/** How often a paper can be downloaded by one link. */
const downloadsPerLink = 20;

/** The token of the link to what a submission asked for; its life begins at `from`. */
export function submissionToken(
  {
    from,
    ...token
  }: Pick<TokenRow, 'id' | 'contactId' | 'submissionId'> & {
    kind: 'confirm' | 'download';
    from: number;
  },
  secrets: readonly Secret[],
): TokenRow {
  const maxUses = token.kind === 'download' ? downloadsPerLink : null;
  return newToken({ ...token, expiresAt: from + linkLife, maxUses }, secrets);
}

/**
 * The token of a person's preferences. It never expires, there is one for each contact, and it has the contact's id: so
 * every mail finds it.
 */
export function preferencesToken(contactId: string, secrets: readonly Secret[]): TokenRow {
  return newToken({ id: contactId, kind: 'preferences', contactId }, secrets);
}

/** The token of the link that erases a person; its life begins at `from`. */
export function eraseToken(
  { from, ...token }: Pick<TokenRow, 'id' | 'contactId'> & { from: number },
  secrets: readonly Secret[],
): TokenRow {
  return newToken({ ...token, kind: 'erase', expiresAt: from + linkLife }, secrets);
}
