import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '#capture/environment.ts';
import type { Records } from '#capture/store/store.ts';
import type { DeskContext } from './context.ts';
import { limitDigest } from '#capture/forms/limits.ts';

/** For how long a passkey may answer it, in milliseconds. */
const life = 10 * 60_000;

/**
 * What a passkey is to sign: a moment and chance, signed by us for one purpose, the session that adds a passkey or
 * `sign-in`. Nothing is kept of it before it is used.
 */
export function newPasskeyChallenge({ secrets, clock, random }: Challenged, purpose: string): string {
  const unsigned = `${clock().toString(36)}.${Buffer.from(random(16)).toString('base64url')}`;
  const [newest] = secrets;
  if (!newest) throw new Error('There is no secret to sign challenges with.');
  return `${unsigned}.${signature(unsigned, purpose, newest)}`;
}

/** Whether it is one of ours, for this purpose and still young. `answered` is in base64url, as browsers bring it back. */
export function isPasskeyChallenge({ secrets, clock }: Challenged, answered: string, purpose: string): boolean {
  const [, unsigned = '', at = '', signed = ''] = shape.exec(textOf(answered)) ?? [];
  const age = clock() - Number.parseInt(at, 36);
  if (!(age >= 0 && age < life)) return false;
  return secrets.some((secret) =>
    timingSafeEqual(Buffer.from(signed.padEnd(43)), Buffer.from(signature(unsigned, purpose, secret))),
  );
}

/** Takes it, if this is the first time. */
export async function takeChallenge(
  { secrets, clock }: Challenged,
  records: Records,
  answered: string,
): Promise<boolean> {
  const key = `challenge:${limitDigest(`passkey|${answered}`, secrets)}`;
  return (await records.take(key, { most: 1, milliseconds: life }, clock())).kind === 'taken';
}

type Challenged = Pick<DeskContext, 'secrets' | 'clock' | 'random'>;

const shape = /^(([\da-z]{1,9})\.[\w-]{22})\.([\w-]{43})$/;
const textOf = (answered: string) => Buffer.from(answered, 'base64url').toString();

const signature = (unsigned: string, purpose: string, { key }: Secret) =>
  createHmac('sha256', key).update(`passkey|${purpose}|${unsigned}`).digest('base64url');
