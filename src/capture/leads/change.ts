import type { Context } from '#capture/context.ts';
import type { LeadChange, LeadChangeOutcome, LeadReader } from '#site/lead-desk.ts';
import type { Records } from '#capture/store/store.ts';
import type { ContactRow, LeadEventRow, LeadRow, LeadState } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { enqueueWebhook, personData } from '#capture/webhook/events.ts';
import type { WebhookEvent } from '#capture/webhook/payload.ts';
import { auditLead, isVisible, ownerId } from './names.ts';
import { readNote } from './note.ts';
import { momentOf } from './record.ts';

/**
 * Changes a lead for an owner, as it was `seen`: its version. Where another changed it since, nothing is overwritten, and the
 * note alone is kept. Notes are no change that others could run into.
 */
export function changeLead(
  context: Context,
  id: string,
  change: LeadChange,
  reader: LeadReader,
): Promise<LeadChangeOutcome> {
  const note = readNote(change.note);
  if (note === undefined) return Promise.resolve({ kind: 'refused', why: 'long note' });
  return context.store.transaction(async (records): Promise<LeadChangeOutcome> => {
    const lead = await records.lead(id);
    const contact = lead && lead.contactId !== null ? await records.contact(lead.contactId) : undefined;
    if (!lead || !contact || !isVisible(lead, reader)) return { kind: 'gone' };
    const now = context.clock();
    const work = { context, records, reader, lead, contact, now };

    const wanted = wantedOf(lead, change, now);
    if (wanted.state !== lead.state && lead.state === 'unconfirmed') return { kind: 'refused', why: 'unconfirmed' };
    const isOwner = ({ email }: { email: string }) => ownerId(email) === wanted.assignedTo;
    if (wanted.assignedTo !== lead.assignedTo && wanted.assignedTo !== null && !context.owners.some(isOwner))
      return { kind: 'refused', why: 'no such owner' };

    const isChanged =
      wanted.state !== lead.state || wanted.value !== lead.value || wanted.assignedTo !== lead.assignedTo;
    const isConflict = isChanged && change.seen !== lead.version;
    if (note !== '') await addEvent(work, { kind: 'note', note });
    if (isConflict) {
      const last = await records.lastLeadChange(id);
      return { kind: 'conflict', last: last && momentOf(context, last), isNoted: note !== '' };
    }
    const did: Extract<LeadChangeOutcome, { kind: 'done' }>['did'] = note === '' ? [] : ['note'];
    if (!isChanged) return { kind: 'done', did };

    await records.updateLead({ ...wanted, version: lead.version + 1, changedAt: now });
    if (wanted.assignedTo !== lead.assignedTo) {
      const event = await addEvent(work, { kind: 'assignment', before: lead.assignedTo, after: wanted.assignedTo });
      did.push('owner');
      if (wanted.assignedTo !== null) await report(work, 'lead.assigned', event, wanted);
    }
    if (wanted.state !== lead.state || wanted.value !== lead.value) {
      const { state: after, value } = wanted;
      const event = await addEvent(work, { kind: 'state', before: lead.state, after, value });
      did.push('state');
      const type = reported[after];
      if (type && lead.state !== after) await report(work, type, event, wanted);
    }
    return { kind: 'done', did };
  });
}

interface Work {
  context: Context;
  records: Records;
  reader: LeadReader;
  lead: LeadRow;
  contact: ContactRow;
  /** The one moment of all that it changes, in milliseconds since 1970. */
  now: number;
}

/** The lead as the change would have it. The clock of the first answer stops once, and runs again for who waits again. */
function wantedOf(lead: LeadRow, { state = lead.state as never, value, owner }: LeadChange, now: number): LeadRow {
  const assignedTo = owner === undefined ? lead.assignedTo : owner === null ? null : ownerId(owner);
  const wanted: LeadState = state;
  if (wanted === lead.state && (wanted !== 'won' || value === undefined)) return { ...lead, assignedTo };
  const isSame = wanted === lead.state;
  return {
    ...lead,
    assignedTo,
    state: wanted,
    answeredAt: stops.has(wanted) ? (lead.answeredAt ?? now) : wanted === 'waiting' ? null : lead.answeredAt,
    endedAt: ends.has(wanted) ? (isSame ? lead.endedAt : now) : null,
    value: wanted === 'won' ? (value === undefined ? lead.value : value) : null,
  };
}

/** Nobody is won unanswered. */
const stops: ReadonlySet<LeadState> = new Set(['answered', 'won']);
const ends: ReadonlySet<LeadState> = new Set(['won', 'lost']);

/** The states that a CRM hears of. */
const reported: Partial<Record<LeadState, WebhookEvent>> = {
  ...{ answered: 'lead.answered', won: 'lead.won', lost: 'lead.lost' },
};

async function addEvent(
  { context, records, reader, lead, contact, now: at }: Work,
  event: Partial<LeadEventRow> & Pick<LeadEventRow, 'kind'>,
): Promise<LeadEventRow> {
  const row: LeadEventRow = {
    ...{ id: newId(at, context.random), leadId: lead.id, contactId: contact.id, actor: reader.owner },
    ...{ before: null, after: null, value: null, note: null, at },
    ...event,
  };
  await records.addLeadEvent(row);
  const what = event.kind === 'state' ? (event.after ?? '') : event.kind === 'note' ? 'note' : 'assign';
  await auditLead(context, records, reader, `lead ${what} ${lead.id}`);
  return row;
}

/** Notes are the owners' own, and are not sent. */
async function report(
  { context, records, reader, contact }: Work,
  type: WebhookEvent,
  { id, before }: LeadEventRow,
  lead: LeadRow,
): Promise<void> {
  const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());
  await enqueueWebhook(context, records, {
    type,
    once: id,
    contactId: contact.id,
    data: {
      ...personData(contact),
      ...{ leadId: lead.id, whitepaper: lead.asset, from: lead.fromEntry, partner: lead.partner, source: lead.source },
      ...{ assignedTo: lead.assignedTo, by: reader.owner },
      ...(type === 'lead.assigned' && { assignedBefore: before }),
      ...(type === 'lead.won' && { value: lead.value === null ? null : lead.value / 100 }),
      ...{ confirmedAt: iso(lead.confirmedAt), answeredAt: iso(lead.answeredAt) },
    },
  });
}
