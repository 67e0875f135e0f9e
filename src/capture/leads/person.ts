import { parseAddress } from '#capture/forms/email-address.ts';
import type { LeadDesk, LeadReader } from '#capture/lead-desk.ts';
import { eraseContact } from '#capture/links/erasure.ts';
import type { LeadRecord } from '#capture/store/leads.ts';
import { unlessUnavailable } from '#capture/store/store.ts';
import { auditLead, isVisible, type LeadContext } from './context.ts';
import { isId } from './id.ts';

type Outcome<Name extends 'exportPerson' | 'erasePerson'> = ReturnType<LeadDesk[Name]>;

/** All that is kept of a lead's person, and what owners noted of them, as JSON (GDPR, articles 15 and 20). */
export function exportPerson(context: LeadContext, id: string, reader: LeadReader): Outcome<'exportPerson'> {
  return unlessUnavailable(async (): Outcome<'exportPerson'> => {
    const record = isId(id) && reader.seesAll ? await context.store.reading.leadRecord(id) : undefined;
    if (!record) return { kind: 'gone' };
    await context.store.transaction((records) => auditLead(context, records, reader, `lead exported ${id}`));
    return { kind: 'file', json: `${JSON.stringify(personOf(record), undefined, 2)}\n` };
  });
}

/** Erases a lead's person, where the address was typed that is theirs. */
export function erasePerson(
  context: LeadContext,
  id: string,
  typed: string,
  reader: LeadReader,
): Outcome<'erasePerson'> {
  const parsed = parseAddress(typed);
  return unlessUnavailable(() =>
    context.store.transaction(async (records): Outcome<'erasePerson'> => {
      const lead = isId(id) && reader.seesAll ? await records.lead(id) : undefined;
      const contact = lead && lead.contactId !== null ? await records.contact(lead.contactId) : undefined;
      if (!lead || !contact || !isVisible(lead, reader)) return { kind: 'gone' };
      if (parsed.kind === 'refused' || parsed.address.norm !== contact.emailNorm) return { kind: 'mistyped' };
      await eraseContact(context, records, contact.emailNorm, contact, 'owner');
      await auditLead(context, records, reader, 'lead erased');
      return { kind: 'done' };
    }),
  );
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
