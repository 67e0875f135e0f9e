import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { v7 } from 'uuid';
import type { Secret } from '#capture/environment.ts';
import type { TokenRow } from './tables.ts';

/** `count` bytes that nobody can guess. */
export type Randomness = (count: number) => Uint8Array;

/** A UUIDv7 (RFC 9562, section 5.7): ids of later moments sort later. `now` in milliseconds since 1970. */
export function newId(now: number, random: Randomness): string {
  return v7({ msecs: now, random: random(16) });
}

/** Whether a text can be an id (RFC 9562, section 4). */
export const isId = (text: string | undefined): text is string =>
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text ?? '');

/**
 * The id of what `id` leads to under the name of `use`: always the same, so that it can be found again without a
 * column for it, and so that making it twice is refused by the store. Whoever knows `id` knows it too.
 */
export function derivedId(id: string, use: string): string {
  return v7({ msecs: timeOf(id), random: createHash('sha256').update(`${use}|${id}`).digest() });
}

/** The row of a new token, not stored yet. The first secret signs it. `expiresAt` in milliseconds since 1970. */
export function newToken(
  token: Pick<TokenRow, 'id' | 'kind' | 'contactId'> & Partial<TokenRow>,
  secrets: readonly Secret[],
): TokenRow {
  return {
    submissionId: null,
    keyId: signing(secrets).id,
    expiresAt: null,
    uses: 0,
    maxUses: null,
    revokedAt: null,
    ...token,
  };
}

/**
 * What stands in a link: `id.key_id.HMAC-SHA-256(id|kind|expiry)` in base64url. The secret that the row names signs it,
 * or the first one where that is no longer in use.
 */
export function signToken(token: Signed, secrets: readonly Secret[]): string {
  const secret = secrets.find(({ id }) => id === token.keyId) ?? signing(secrets);
  return `${token.id}.${secret.id}.${signature(token, secret).toString('base64url')}`;
}

/** The id in a link, to look its row up by; undefined for what never was a token. Proves nothing. */
export function tokenId(text: string): string | undefined {
  return shape.exec(text)?.groups?.['id'];
}

/** Whether one of `secrets` signed `text` for this row, as it is stored, and for this kind. In constant time. */
export function isSigned(text: string, token: Signed, kind: string, secrets: readonly Secret[]): boolean {
  const parts = shape.exec(text)?.groups;
  const secret = secrets.find(({ id }) => id === parts?.['key']);
  if (!parts || !secret || parts['id'] !== token.id || token.kind !== kind) return false;
  const given = Buffer.from(parts['signature'] ?? '', 'base64url');
  const right = signature(token, secret);
  return given.length === right.length && timingSafeEqual(given, right);
}

/** What a signature is of; some links have no row of a token, but of what they lead to. */
type Signed = Pick<TokenRow, 'id' | 'keyId' | 'expiresAt'> & { kind: string };

/** Programs that make links of text take along what stands behind one: a full stop, a bracket, a quotation mark. */
const shape =
  /^(?<id>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.(?<key>[\da-f]{8})\.(?<signature>[\w-]{43})[^\p{L}\p{N}]{0,9}$/u;

function signature({ id, kind, expiresAt }: Signed, secret: Secret): Buffer {
  return createHmac('sha256', secret.key)
    .update(`${id}|${kind}|${expiresAt ?? ''}`)
    .digest();
}

function signing(secrets: readonly Secret[]): Secret {
  const [first] = secrets;
  if (!first) throw new Error('There is no secret to sign links with.');
  return first;
}

/** The moment in a UUIDv7, in milliseconds since 1970. */
export function timeOf(id: string): number {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16);
}
