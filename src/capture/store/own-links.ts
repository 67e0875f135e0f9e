import type { Secret } from '#capture/environment.ts';
import { isSigned, signToken } from './tokens.ts';

/**
 * Links to comments and questions have no tokens that are kept: what they lead to is the row, and where that is gone they
 * are. `comment` and `question` are for their authors, `replies` ends the mails about replies, and `decide` is the
 * owner's, for one version of a comment: so it works once. `partner report` is that of a partner, whose row says whether
 * it works.
 */
export type OwnLink = 'comment' | 'question' | 'replies' | 'partner report' | `decide ${number}`;

/** What stands in such a link; the newest secret signs it. */
export const signOwnLink = (id: string, link: OwnLink, secrets: readonly Secret[]): string =>
  signToken(rowOf(id, link), secrets);

/** Whether one of the secrets signed it. In constant time. */
export const isOwnLink = (text: string, id: string, link: OwnLink, secrets: readonly Secret[]): boolean =>
  isSigned(text, rowOf(id, link), link, secrets);

const rowOf = (id: string, kind: OwnLink) => ({ id, kind, keyId: '', expiresAt: null });
