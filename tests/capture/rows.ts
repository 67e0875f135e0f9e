import { v7 } from 'uuid';
import type { Secret } from '#capture/environment.ts';
import { preferencesToken } from '#capture/store/link-tokens.ts';
import type { Store } from '#capture/store/store.ts';
import type {
  AuditRow,
  BounceRow,
  CommentRow,
  ConsentEventRow,
  ConsentTextRow,
  ContactRow,
  FunnelDayRow,
  LeadEventRow,
  LeadRow,
  OutboxRow,
  QuestionRow,
  SubmissionRow,
  Tables,
  TokenRow,
} from '#capture/store/tables.ts';

/** 2026-01-15, noon UTC. */
export const noon = Date.UTC(2026, 0, 15, 12);

/** A UUIDv7 of that moment, in milliseconds since 1970. */
export const idAt = (moment: number) => v7({ msecs: moment });

export function contactRow(emailNorm: string, with_: Partial<ContactRow> = {}): ContactRow {
  return {
    id: idAt(noon),
    email: emailNorm,
    emailNorm,
    mailbox: emailNorm,
    name: null,
    company: null,
    createdAt: noon,
    ...with_,
  };
}

export function submissionRow(with_: Partial<SubmissionRow> = {}): SubmissionRow {
  return {
    id: idAt(with_.at ?? noon),
    contactId: null,
    asset: 'inland',
    landing: '/whitepapers/inland/',
    fromEntry: null,
    partner: null,
    utm: '{}',
    verdict: 'accepted',
    dedupeKey: null,
    at: noon,
    ...with_,
  };
}

export function consentEventRow(contactId: string, with_: Partial<ConsentEventRow> = {}): ConsentEventRow {
  return {
    id: idAt(with_.at ?? noon),
    contactId,
    purpose: 'whitepaper',
    action: 'given',
    textId: null,
    ...{ name: null, company: null },
    sourceUrl: 'https://example.com/whitepapers/inland/',
    ip: '192.0.2.1',
    ua: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    at: noon,
    ...with_,
  };
}

export function tokenRow(contactId: string, with_: Partial<TokenRow> = {}): TokenRow {
  return {
    id: idAt(noon),
    kind: 'download',
    contactId,
    submissionId: null,
    keyId: 'k1',
    expiresAt: noon + 1000,
    uses: 0,
    maxUses: 20,
    revokedAt: null,
    ...with_,
  };
}

export function outboxRow(with_: Partial<OutboxRow> = {}): OutboxRow {
  const id = idAt(with_.runAt ?? noon);
  return {
    id,
    kind: 'mail',
    lane: with_.kind === 'webhook' ? 'webhook' : 'answer',
    dedupeKey: `ask:${id}`,
    contactId: null,
    payload: '{"mail":"confirm"}',
    state: 'ready',
    attempts: 0,
    runAt: noon,
    leaseUntil: null,
    lastError: null,
    ...with_,
  };
}

export function totalRow(with_: Partial<FunnelDayRow> = {}): FunnelDayRow {
  return {
    ...{ day: '2026-01-15', landing: '/whitepapers/inland/', fromEntry: '', source: 'unknown', partner: '' },
    ...{ event: 'view', shard: 0, n: 1, ...with_ },
  };
}

export function auditRow(with_: Partial<AuditRow> = {}): AuditRow {
  return { id: idAt(noon), actor: 'owner', action: 'erase', subjectHmac: 'ab', at: noon, ...with_ };
}

export function commentRow(with_: Partial<CommentRow> = {}): CommentRow {
  return {
    ...{
      id: idAt(with_.at ?? noon),
      entry: 'episodes/first-episode',
      parentId: null,
      answersId: null,
      contactId: null,
    },
    ...{ name: 'Dora', body: 'Ours fell in there too.', moment: null, state: 'pending', reasons: '[]' },
    ...{ repliesTextId: null, version: 2, person: null, source: 'form', digest: '', at: noon },
    ...{ confirmedAt: noon, changedAt: noon, decidedAt: null, decidedBy: null },
    ...{ shortenedAt: null, published: null },
    ...with_,
  };
}

export function questionRow(contactId: string, with_: Partial<QuestionRow> = {}): QuestionRow {
  return {
    ...{ id: idAt(with_.at ?? noon), recipient: 'both', contactId, firstName: 'Dora', body: 'Who lights the lamp?' },
    ...{ quoteTextId: null, page: '/', state: 'open', reasons: '[]', version: 2, digest: '', at: noon },
    ...{ answer: null, answeredIn: null, confirmedAt: noon, changedAt: noon, decidedAt: null, decidedBy: null },
    ...with_,
  };
}

export function leadRow(contactId: string | null, with_: Partial<LeadRow> = {}): LeadRow {
  const { askedAt = noon } = with_;
  return {
    ...{ id: idAt(askedAt), contactId, asset: 'inland', fromEntry: null, partner: null, source: 'unknown', askedAt },
    ...{ confirmedAt: askedAt, downloadedAt: null, answeredAt: null, endedAt: null, state: 'waiting', value: null },
    ...{ assignedTo: null, version: 2, changedAt: askedAt, ...with_ },
  };
}

export function leadEventRow(lead: LeadRow, with_: Partial<LeadEventRow> = {}): LeadEventRow {
  return {
    ...{ id: idAt(with_.at ?? noon), leadId: lead.id, contactId: lead.contactId ?? '', actor: 'petra@example.com' },
    ...{ kind: 'note', before: null, after: null, value: null, note: 'Rang twice.', at: noon, ...with_ },
  };
}

export function bounceRow(contactId: string, with_: Partial<BounceRow> = {}): BounceRow {
  return {
    ...{
      id: idAt(with_.at ?? noon),
      contactId,
      mailId: null,
      entry: null,
      kind: 'hard',
      status: '5.1.1',
      way: 'report',
    },
    ...{ suppressed: 1, clearedAt: null, at: noon, ...with_ },
  };
}

export const wording: ConsentTextRow = { id: 'c0ffee', locale: 'en', body: 'Yes, send me the paper.' };

/** Puts rows into a store as they are. */
export const insertRows = <Name extends keyof Tables>(store: Store, table: Name, rows: readonly Tables[Name][]) =>
  store.transaction((records) => records.insert(table, rows));

/** Adds so many confirmed subscribers, `reader-0@example.com` and so on, each with the link of their preferences. */
export async function insertSubscribers(store: Store, count: number, secrets: readonly Secret[]): Promise<void> {
  const contacts = Array.from({ length: count }, (_, n) => contactRow(`reader-${n}@example.com`));
  await insertRows(store, 'contact', contacts);
  await insertRows(
    store,
    'subscription',
    contacts.map(({ id }) => ({ contactId: id, topic: 'newsletter', status: 'confirmed' as const, confirmedAt: noon })),
  );
  await insertRows(
    store,
    'token',
    contacts.map(({ id }) => preferencesToken(id, secrets)),
  );
}
