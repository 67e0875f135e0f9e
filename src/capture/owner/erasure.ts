import { parseAddress } from '#capture/forms/email-address.ts';
import { eraseContact, recordAudit, type ErasureContext } from '#capture/links/erasure.ts';
import { addressHmacs } from '#capture/store/secrets.ts';

/** What became of the owner's wish; `known` says whether there was anything to erase or to lift. */
export type OwnerOutcome = { kind: 'done'; known: boolean } | { kind: 'refused'; message: string };

/**
 * Erases a person for the owner, who was asked to. An address that is not known is suppressed all the same. Throws
 * `StoreUnavailable`.
 */
export async function eraseAddress(context: ErasureContext, typed: string): Promise<OwnerOutcome> {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') return parsed;
  const { norm } = parsed.address;
  return context.store.transaction(async (records) => {
    const contact = await records.contactByAddress(norm);
    await eraseContact(context, records, norm, contact, 'owner');
    return { kind: 'done', known: contact !== undefined };
  });
}

/**
 * Lifts a suppression: who erased themselves and asks again is not written to until the owner does this. Throws
 * `StoreUnavailable`.
 */
export async function forgive(context: Omit<ErasureContext, 'hasWebhook'>, typed: string): Promise<OwnerOutcome> {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') return parsed;
  const hmacs = addressHmacs(parsed.address.norm, context.secrets);
  return context.store.transaction(async (records) => {
    let known = false;
    for (const hmac of hmacs) {
      known = (await records.isSuppressed(hmac)) || known;
      await records.unsuppress(hmac);
    }
    if (known) await recordAudit(context, records, 'owner', 'forgive', hmacs[0]);
    return { kind: 'done', known };
  });
}
