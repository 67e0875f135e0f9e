import type { Context } from '#capture/context.ts';
import type { LeadMoment, LeadReader, LeadRecordView } from '#site/lead-desk.ts';
import type { LeadRecord } from '#capture/store/leads.ts';
import { newsletterTopic, type LeadEventKind, type LeadEventRow, type LeadState } from '#capture/store/tables.ts';
import { entryNamed, isVisible, ownerId, ownerNamed, paperNamed, senderOf } from './names.ts';
import { isId } from '#capture/store/tokens.ts';
import { lineOf } from './list.ts';

/** All that is kept of a lead's person; undefined where there is no such lead, or not for this owner. */
export async function readLead(context: Context, id: string, reader: LeadReader): Promise<LeadRecordView | undefined> {
  const record = isId(id) ? await context.store.reading.leadRecord(id) : undefined;
  return record && isVisible(record.lead, reader) ? viewOf(context, record, reader) : undefined;
}

function viewOf(context: Context, record: LeadRecord, reader: LeadReader): LeadRecordView {
  const { lead, contact, events, consents } = record;
  const newsletter = record.subscriptions.find(({ topic }) => topic === newsletterTopic);
  const listed = { ...contact, newsletter: newsletter?.status ?? null, contactId: contact.id };
  const by = (state: LeadState[]) => {
    const event = events.findLast((each) => each.kind === 'state' && state.includes(each.after as LeadState));
    return event && ownerNamed(context, event.actor);
  };
  const first = inOrder(events).find((each) => each.kind === 'state' && each.at === lead.answeredAt);
  return {
    line: lineOf(context, { ...listed, ...lead, contactId: contact.id }),
    ...{ version: lead.version, value: lead.value, askedAt: lead.askedAt, confirmedAt: lead.confirmedAt },
    ...{ answeredAt: lead.answeredAt, endedAt: lead.endedAt },
    answeredBy: first && ownerNamed(context, first.actor),
    endedBy: lead.endedAt === null ? undefined : by(['won', 'lost']),
    moments: momentsOf(context, record),
    others: record.leads
      .filter((other) => other.id !== lead.id && isVisible(other, reader))
      .map((other) => lineOf(context, { ...listed, ...other, contactId: contact.id })),
    newsletter: newsletter ? { status: newsletter.status, confirmedAt: newsletter.confirmedAt } : null,
    consents: {
      given: consents.filter(({ action }) => action === 'given').length,
      withdrawn: consents.filter(({ action }) => action === 'withdrawn').length,
    },
    comments: record.comments.length,
    questions: record.questions.length,
    owners: context.owners.map(({ email }) => ownerNamed(context, ownerId(email))),
    reader: reader.owner,
    mail: { from: ownerNamed(context, reader.owner).name, series: context.site.title },
  };
}

/** What happened, in order of time. */
function momentsOf(context: Context, record: LeadRecord): LeadMoment[] {
  const { events, submissions, consents, downloads, comments, questions, mails, leads } = record;
  const moments: LeadMoment[] = [];
  for (const submission of submissions)
    if (submission.asset !== null) {
      const { asset, at, fromEntry, partner } = submission;
      const source = leads.find(({ id }) => id === submission.id)?.source ?? 'unknown';
      moments.push({
        ...{ kind: 'asked', at, paper: paperNamed(context, asset), company: null },
        sender: senderOf(context, { source, fromEntry, partner }),
      });
    }
  for (const action of ['confirmed', 'withdrawn'] as const)
    for (const [at, same] of Map.groupBy(
      consents.filter((event) => event.action === action),
      (event) => event.at,
    ))
      moments.push({
        kind: action === 'confirmed' ? 'confirmed' : 'withdrew',
        ...{ at, purposes: [...new Set(same.map(({ purpose }) => purpose))] },
      });
  for (const { downloadedAt, asset } of leads) {
    if (downloadedAt === null) continue;
    const asked = submissions.filter((each) => each.asset === asset).map(({ id }) => id);
    const times = downloads
      .filter(({ submissionId }) => submissionId !== null && asked.includes(submissionId))
      .reduce((sum, { uses }) => sum + uses, 0);
    moments.push({ kind: 'downloaded', at: downloadedAt, paper: paperNamed(context, asset), times });
  }
  for (const { id, entry, state, moment, confirmedAt, at } of comments)
    moments.push({ kind: 'commented', at: confirmedAt ?? at, id, entry: entryNamed(context, entry), state, moment });
  for (const { id, state, body, confirmedAt, at } of questions)
    moments.push({ kind: 'asked hosts', at: confirmedAt ?? at, id, state, question: body });
  for (const { payload, state, runAt, lastError } of mails)
    if (state === 'done' || state === 'dead')
      moments.push({
        ...{ kind: 'mailed', at: runAt, mail: mailIn(payload) },
        ...{ isSent: state === 'done', error: state === 'dead' ? lastError : null },
      });
  for (const { kind: how, status, suppressed, clearedAt, at } of record.bounces)
    moments.push({ kind: 'returned', at, how, status, isLast: suppressed === 1 && clearedAt === null });
  moments.push(...inOrder(events).map((event) => momentOf(context, event)));
  // Of what was done in one moment, the order above is that in which it happened.
  return moments.toSorted((one, two) => one.at - two.at);
}

/** By time; of what was done with one click, in the order in which it was done. */
const inOrder = (events: readonly LeadEventRow[]) =>
  events.toSorted((one, two) => one.at - two.at || kinds.indexOf(one.kind) - kinds.indexOf(two.kind));
const kinds: readonly LeadEventKind[] = ['note', 'assignment', 'state'];

/** What an owner did. */
export function momentOf(context: Context, event: LeadEventRow): LeadMoment {
  const { at, kind, before, after, value } = event;
  const by = ownerNamed(context, event.actor);
  switch (kind) {
    case 'note':
      return { kind, at, by, note: event.note ?? '' };
    case 'assignment':
      return { kind: 'assigned', at, by, ...(after !== null && { to: ownerNamed(context, after) }) };
    case 'state':
      return { kind, at, by, before: before as LeadState, after: after as LeadState, value };
  }
}

function mailIn(payload: string): string {
  return (JSON.parse(payload) as { mail?: string }).mail ?? 'mail';
}
