import type { Context } from '#capture/context.ts';
import type { ContactRecord, PersonRecord } from '#capture/store/people.ts';
import { addressHmacs } from '#capture/store/secrets.ts';
import type { OutboxRow } from '#capture/store/tables.ts';
import { timeOf } from '#capture/store/tokens.ts';

/** All that is kept of a person, to be handed to them: moments in ISO 8601, and nothing that opens a link. */
export type PersonExport = ReturnType<typeof exportOf>;

/** All that is kept of the person with an address, normalised; undefined where that is nothing. */
export async function personWith(
  { store, secrets }: Pick<Context, 'store' | 'secrets'>,
  emailNorm: string,
): Promise<PersonExport | undefined> {
  const record = await store.reading.personRecord(emailNorm, addressHmacs(emailNorm, secrets));
  return record && exportOf(record);
}

export const personJson = (person: PersonExport): string => `${JSON.stringify(person, undefined, 2)}\n`;

function exportOf({ kept, suppressions, audit, erasures }: PersonRecord) {
  return {
    ...keptOf(kept ?? nothing),
    events: [...(kept?.outbox ?? []), ...erasures].filter(({ kind }) => kind === 'webhook').map(queued),
    suppressed: suppressions.map(({ reason, at }) => ({ reason, at: iso(at) })),
    audit: audit.map(({ actor, action, at }) => ({ by: actor, action, at: iso(at) })),
  };
}

const nothing: Omit<ContactRecord, 'contact'> & { contact?: undefined } = {
  ...{ leads: [], leadEvents: [], submissions: [], consents: [], subscriptions: [], tokens: [], comments: [] },
  ...{ questions: [], outbox: [], bounces: [] },
};

function keptOf({ contact, ...kept }: ContactRecord | typeof nothing) {
  return {
    person: contact
      ? {
          ...{ email: contact.email, name: contact.name, company: contact.company, firstSeen: iso(contact.createdAt) },
          ...{ comparedAs: contact.emailNorm, mailbox: contact.mailbox },
        }
      : null,
    newsletter: kept.subscriptions.map(({ topic, status, confirmedAt }) => ({
      ...{ topic, status, confirmedAt: iso(confirmedAt) },
    })),
    forms: kept.submissions.map(({ asset, landing, fromEntry, partner, utm, verdict, at }) => ({
      ...{ whitepaper: asset, page: landing, from: fromEntry, partner, utm: JSON.parse(utm) as Record<string, string> },
      ...{ outcome: verdict, at: iso(at) },
    })),
    consents: kept.consents.map(({ purpose, action, wording, textId, sourceUrl, ip, ua, name, company, at }) => ({
      ...{ purpose, action, wording, wordingSha256: textId, page: sourceUrl, ip, browser: ua, name, company },
      at: iso(at),
    })),
    leads: kept.leads.map((lead) => ({
      ...{ whitepaper: lead.asset, state: lead.state, value: lead.value === null ? null : lead.value / 100 },
      ...{ source: lead.source, from: lead.fromEntry, partner: lead.partner, assignedTo: lead.assignedTo },
      ...{ askedAt: iso(lead.askedAt), confirmedAt: iso(lead.confirmedAt), downloadedAt: iso(lead.downloadedAt) },
      ...{ answeredAt: iso(lead.answeredAt), endedAt: iso(lead.endedAt) },
      history: kept.leadEvents
        .filter(({ leadId }) => leadId === lead.id)
        .map(({ kind, actor, before, after, value, note, at }) => ({
          ...{ kind, by: actor, before, after, value: value === null ? null : value / 100, note, at: iso(at) },
        })),
    })),
    downloads: kept.tokens.reduce((sum, { kind, uses }) => sum + (kind === 'download' ? uses : 0), 0),
    links: kept.tokens.map(({ id, kind, uses, maxUses, expiresAt, revokedAt }) => ({
      ...{ kind, madeAt: iso(timeOf(id)), expiresAt: iso(expiresAt), uses, mostUses: maxUses },
      revokedAt: iso(revokedAt),
    })),
    comments: kept.comments.map(({ entry, name, body, moment, state, source, repliesTextId, ...comment }) => ({
      ...{ entry, name, body, moment, state, source, repliesWanted: repliesTextId !== null, at: iso(comment.at) },
      ...{ confirmedAt: iso(comment.confirmedAt), changedAt: iso(comment.changedAt) },
      ...{ decidedAt: iso(comment.decidedAt), decidedBy: comment.decidedBy, shortenedAt: iso(comment.shortenedAt) },
    })),
    questions: kept.questions.map(({ recipient, firstName, body, page, state, quoteTextId, ...question }) => ({
      ...{ to: recipient, firstName, question: body, page, state, mayBeQuoted: quoteTextId !== null },
      ...{ answer: question.answer, answeredIn: question.answeredIn, at: iso(question.at) },
      ...{ confirmedAt: iso(question.confirmedAt), changedAt: iso(question.changedAt) },
      ...{ decidedAt: iso(question.decidedAt), decidedBy: question.decidedBy },
    })),
    mails: kept.outbox.filter(({ kind }) => kind === 'mail').map(queued),
    returned: kept.bounces.map(({ kind, status, way, entry, suppressed, at, clearedAt }) => ({
      ...{ kind, status, saidBy: way, entry, suppressed: suppressed === 1, at: iso(at), clearedAt: iso(clearedAt) },
    })),
  };
}

/** A mail or an event: what it is and when it is due, or was. */
function queued({ payload, state, attempts, lastError, runAt }: OutboxRow) {
  const { mail, type } = JSON.parse(payload) as { mail?: string; type?: string };
  return {
    ...(type === undefined ? { mail: mail ?? null } : { event: type }),
    state,
    attempts,
    lastError,
    at: iso(runAt),
  };
}

function iso(moment: number): string;
function iso(moment: number | null): string | null;
function iso(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
