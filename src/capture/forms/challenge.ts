import { createHash, timingSafeEqual } from 'node:crypto';
import type { Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { proofBits, type FormFields } from '#site/form-fields.ts';
import { limitDigest } from './limits.ts';
import { networkOf } from './network.ts';

const second = 1000;
/** Who cannot solve it waits so long, in milliseconds. */
export const patience = 60 * second;
/** How long a challenge can be answered, in milliseconds: as long as a network's window is. */
const life = 600 * second;

/**
 * What a form has to bring back from a network that is near its limit: solved, which a browser does in about a second, or
 * `patience` later. It is signed, for this network and this moment, and nothing is kept of it before it is used.
 */
export function newChallenge({ secrets, clock, random }: Challenged, { ip }: Pick<Visit, 'ip'>): string {
  const unsigned = `${clock().toString(36)}.${Buffer.from(random(8)).toString('hex')}`;
  return `${unsigned}.${signature(unsigned, ip, secrets)}`;
}

/** Whether a form brings a challenge that was answered, and for the first time. */
export async function meetsChallenge(
  context: Challenged,
  { challenge = '', proof = '' }: FormFields,
  { ip }: Pick<Visit, 'ip'>,
): Promise<boolean> {
  const { secrets, clock, store } = context;
  const [, unsigned = '', at = '', signed = ''] = shape.exec(challenge) ?? [];
  if (!timingSafeEqual(Buffer.from(signed.padEnd(32)), Buffer.from(signature(unsigned, ip, secrets)))) return false;
  const age = clock() - Number.parseInt(at, 36);
  if (age < 0 || age >= life || (age < patience && !isSolved(challenge, proof))) return false;
  const once = { most: 1, milliseconds: life };
  return (await store.limits.take(`challenge:${limitDigest(challenge, secrets)}`, once, clock())).kind === 'taken';
}

type Challenged = Pick<Context, 'secrets' | 'clock' | 'random' | 'store'>;

const shape = /^(([\da-z]{1,9})\.[\da-f]{16})\.([\da-f]{32})$/;

function signature(unsigned: string, ip: string, secrets: Context['secrets']): string {
  return limitDigest(`challenge|${unsigned}|${networkOf(ip)}`, secrets);
}

function isSolved(challenge: string, proof: string): boolean {
  if (!/^\d{1,9}$/.test(proof)) return false;
  const hash = createHash('sha256').update(`${challenge}.${proof}`).digest();
  return hash.readUInt32BE(0) >>> (32 - proofBits) === 0;
}
