import type { Secret } from '#capture/environment.ts';
import type { SignInRow } from './tables.ts';
import { isSigned, signToken } from './tokens.ts';

type Signed = Pick<SignInRow, 'id' | 'expiresAt'>;

/** What stands in the link that signs in to the desk; the newest secret signs it. */
export const signSignIn = (signIn: Signed, secrets: readonly Secret[]): string => signToken(rowOf(signIn), secrets);

/** Whether one of the secrets signed it for this row. In constant time. */
export const isSignInLink = (text: string, signIn: Signed, secrets: readonly Secret[]): boolean =>
  isSigned(text, rowOf(signIn), 'sign-in', secrets);

const rowOf = ({ id, expiresAt }: Signed) => ({ id, kind: 'sign-in', keyId: '', expiresAt });
