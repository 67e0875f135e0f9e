import type { Context } from '#capture/context.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import type { LeadReader } from '#site/lead-desk.ts';
import { eraseContact, type ErasureContext } from '#capture/links/erasure.ts';
import { auditLead } from './names.ts';
import { isId } from '#capture/store/tokens.ts';
import { personJson, personWith } from './person-record.ts';

/**
 * All that is kept of a lead's person, and what owners noted of them, as JSON (GDPR, articles 15 and 20). That it was made is
 * noted. Undefined where there is no such lead.
 */
export async function exportPerson(context: Context, id: string, reader: LeadReader): Promise<string | undefined> {
  const record = isId(id) && reader.seesAll ? await context.store.reading.leadRecord(id) : undefined;
  const person = record && (await personWith(context, record.contact.emailNorm));
  if (!person) return undefined;
  await context.store.transaction((records) => auditLead(context, records, reader, `lead exported ${id}`));
  return personJson(person);
}

/** Erases a lead's person, where the address was typed that is theirs; undefined where there is no such lead. */
export function erasePerson(
  context: ErasureContext,
  id: string,
  typed: string,
  reader: LeadReader,
): Promise<'erased' | 'mistyped' | undefined> {
  const parsed = parseAddress(typed);
  return context.store.transaction(async (records) => {
    const lead = isId(id) && reader.seesAll ? await records.lead(id) : undefined;
    const contact = lead && lead.contactId !== null ? await records.contact(lead.contactId) : undefined;
    if (!contact) return undefined;
    if (parsed.kind === 'refused' || parsed.address.norm !== contact.emailNorm) return 'mistyped';
    await eraseContact(context, records, contact.emailNorm, contact, 'owner');
    await auditLead(context, records, reader, 'lead erased');
    return 'erased';
  });
}
