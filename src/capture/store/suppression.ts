import type { Secret } from '#capture/environment.ts';
import { addressHmacs } from './secrets.ts';
import type { Records } from './store.ts';
import type { ContactRow, SuppressionRow } from './tables.ts';

/** Why not everything may be sent to an address, whichever of the secrets it was suppressed under. */
export function suppressionOf(
  records: Pick<Records, 'suppressionOf'>,
  emailNorm: string,
  secrets: readonly Secret[],
): Promise<SuppressionRow | undefined> {
  return records.suppressionOf(addressHmacs(emailNorm, secrets));
}

/**
 * How long an address that mail came back from is left alone, in milliseconds: who asks again after that is answered, as
 * mailboxes are mended; a stranger who types a dead address causes one mail a day at most.
 */
const rest = 24 * 60 * 60_000;

/**
 * Whether what a person asks for now may be mailed to them. Who was erased gets nothing; who called a mail spam gets what they
 * ask for if the address was confirmed, as else it may be a stranger who asks.
 */
export function mayAnswer(suppression: SuppressionRow | undefined, isConfirmed: boolean, now: number): boolean {
  switch (suppression?.reason) {
    case undefined:
      return true;
    case 'erased':
      return false;
    case 'bounced':
      return now - suppression.at >= rest;
    case 'complained':
      return isConfirmed;
  }
}

/** Whoever acts on what was mailed to them now is reached: what came back before suppresses them no more. */
export async function liftBounce(
  records: Pick<Records, 'suppressionOf' | 'unsuppress' | 'clearBounces'>,
  { id, emailNorm }: Pick<ContactRow, 'id' | 'emailNorm'>,
  secrets: readonly Secret[],
  now: number,
): Promise<void> {
  const hmacs = addressHmacs(emailNorm, secrets);
  if ((await records.suppressionOf(hmacs))?.reason === 'bounced')
    for (const hmac of hmacs) await records.unsuppress(hmac);
  await records.clearBounces(id, now);
}
