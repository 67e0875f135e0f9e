import { parseAddress } from '#capture/forms/email-address.ts';
import { personJson, personWith, type PersonExport } from '#capture/leads/person-record.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Owner, withSecrets } from './owner.ts';

export { personJson };
export type { PersonExport };

/**
 * All that is kept of the person with an address, as the desk exports it; undefined where nothing is. That it was read is
 * noted, by the id of the contact. Throws `StoreUnavailable`.
 */
export async function readPerson(
  owner: Pick<Owner, 'store' | 'clock' | 'random'> & Pick<Awaited<ReturnType<typeof withSecrets>>, 'secrets'>,
  typed: string,
): Promise<{ kind: 'read'; address: string; person: PersonExport | undefined } | { kind: 'refused'; message: string }> {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') return parsed;
  const { address, norm } = parsed.address;
  const person = await personWith(owner, norm);
  const at = owner.clock();
  await owner.store.transaction(async (records) => {
    const contact = person?.person && (await records.contactByAddress(norm));
    const id = newId(at, owner.random);
    if (contact)
      await records.addAudit({ id, actor: 'owner', action: `person exported ${contact.id}`, subjectHmac: null, at });
  });
  return { kind: 'read', address, person };
}
