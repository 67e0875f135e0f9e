import type { Context } from '#capture/context.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import type { LeadReader } from '#site/lead-desk.ts';
import { eraseContact, type ErasureContext } from '#capture/links/erasure.ts';
import type { LeadRecord } from '#capture/store/leads.ts';
import { auditLead } from './names.ts';
import { isId } from './id.ts';

/**
 * All that is kept of a lead's person, and what owners noted of them, as JSON (GDPR, articles 15 and 20). That it was made is
 * noted. Undefined where there is no such lead.
 */
export async function exportPerson(context: Context, id: string, reader: LeadReader): Promise<string | undefined> {
  const record = isId(id) && reader.seesAll ? await context.store.reading.leadRecord(id) : undefined;
  if (!record) return undefined;
  await context.store.transaction((records) => auditLead(context, records, reader, `lead exported ${id}`));
  return `${JSON.stringify(personOf(record), undefined, 2)}\n`;
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

function personOf({ contact, leads, events, otherEvents, submissions, consents, ...record }: LeadRecord) {
  const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());
  const { email, name, company, createdAt } = contact;
  return {
    person: { email, name, company, firstSeen: iso(createdAt) },
    newsletter: record.subscriptions.map(({ topic, status, confirmedAt }) => ({
      ...{ topic, status, confirmedAt: iso(confirmedAt) },
    })),
    forms: submissions.map(({ asset, landing, fromEntry, partner, utm, at }) => ({
      ...{ whitepaper: asset, page: landing, from: fromEntry, partner, utm: JSON.parse(utm) as unknown, at: iso(at) },
    })),
    consents: consents.map(({ purpose, action, wording, sourceUrl, ip, ua, name, company, at }) => ({
      ...{ purpose, action, wording, page: sourceUrl, ip, browser: ua, name, company, at: iso(at) },
    })),
    leads: leads.map((lead) => ({
      ...{ whitepaper: lead.asset, state: lead.state, value: lead.value === null ? null : lead.value / 100 },
      ...{ source: lead.source, from: lead.fromEntry, partner: lead.partner, assignedTo: lead.assignedTo },
      ...{ askedAt: iso(lead.askedAt), confirmedAt: iso(lead.confirmedAt), downloadedAt: iso(lead.downloadedAt) },
      ...{ answeredAt: iso(lead.answeredAt), endedAt: iso(lead.endedAt) },
      history: [...events, ...otherEvents]
        .filter(({ leadId }) => leadId === lead.id)
        .map(({ kind, actor, before, after, value, note, at }) => ({
          ...{ kind, by: actor, before, after, value: value === null ? null : value / 100, note, at: iso(at) },
        })),
    })),
    downloads: record.downloads.reduce((sum, { uses }) => sum + uses, 0),
    comments: record.comments.map(({ entry, name, body, moment, state, at, confirmedAt }) => ({
      ...{ entry, name, body, moment, state, at: iso(at), confirmedAt: iso(confirmedAt) },
    })),
    questions: record.questions.map(({ recipient, firstName, body, page, state, answer, answeredIn, at }) => ({
      ...{ to: recipient, firstName, question: body, page, state, answer, answeredIn, at: iso(at) },
    })),
    mails: record.mails.map(({ payload, state, runAt }) => ({
      ...{ mail: (JSON.parse(payload) as { mail?: string }).mail ?? null, state, at: iso(runAt) },
    })),
  };
}
