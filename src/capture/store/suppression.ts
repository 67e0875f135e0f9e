import type { Secret } from '#capture/environment.ts';
import { addressHmacs } from './secrets.ts';
import type { Records } from './store.ts';

/**
 * Whether nothing may be sent to an address, whichever of the secrets it was suppressed under. It asks under each of
 * them whatever it finds, so that the time it takes reveals nothing.
 */
export async function isSuppressed(records: Records, emailNorm: string, secrets: readonly Secret[]): Promise<boolean> {
  let found = false;
  for (const hmac of addressHmacs(emailNorm, secrets)) found = (await records.isSuppressed(hmac)) || found;
  return found;
}
