import type { Secret } from '#capture/environment.ts';
import { addressHmacs } from './secrets.ts';
import type { Records } from './store.ts';

/** Whether nothing may be sent to an address, whichever of the secrets it was suppressed under. */
export function isSuppressed(records: Records, emailNorm: string, secrets: readonly Secret[]): Promise<boolean> {
  return records.isSuppressed(addressHmacs(emailNorm, secrets));
}
