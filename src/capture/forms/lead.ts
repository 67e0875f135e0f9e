import type { Records } from '#capture/store/store.ts';
import type { LeadRow, SubmissionRow } from '#capture/store/tables.ts';
import { sourceOf } from './attribution.ts';

/** The lead that a person's request for a paper begins. */
export function newLead(submission: SubmissionRow, asset: string): LeadRow {
  const { id, contactId, at } = submission;
  return {
    ...{ id, contactId, asset, ...senderOf(submission) },
    ...{ askedAt: at, confirmedAt: null, downloadedAt: null, answeredAt: null, endedAt: null },
    ...{ state: 'unconfirmed', value: null, assignedTo: null, version: 1, changedAt: at },
  };
}

/**
 * The person confirmed the address by this submission: from now on they wait for an answer. Strangers may have typed the
 * address before: so what sent the reader is what this submission says. Who asks for a paper again is no further lead.
 */
export async function confirmLead(records: Records, submission: SubmissionRow, now: number): Promise<void> {
  const known = await leadOf(records, submission);
  if (!known || known.confirmedAt !== null) return;
  await records.updateLead(confirmed(known, submission, now));
}

/** The person has the paper; who needed no other click to confirm did so by that. */
export async function downloadLead(records: Records, submission: SubmissionRow, now: number): Promise<void> {
  const known = await leadOf(records, submission);
  if (!known || known.downloadedAt !== null) return;
  const lead = known.confirmedAt === null ? confirmed(known, submission, now) : known;
  await records.updateLead({ ...lead, downloadedAt: now });
}

async function leadOf(records: Records, submission: SubmissionRow): Promise<LeadRow | undefined> {
  const { contactId, asset } = submission;
  if (contactId === null || asset === null) return undefined;
  // A submission of before there were leads has none.
  await records.addLead(newLead(submission, asset));
  return records.leadOf(contactId, asset);
}

function confirmed(lead: LeadRow, submission: SubmissionRow, now: number): LeadRow {
  return {
    ...{ ...lead, ...senderOf(submission) },
    ...{ askedAt: submission.at, confirmedAt: now, state: 'waiting', version: lead.version + 1, changedAt: now },
  };
}

const senderOf = (submission: SubmissionRow): Pick<LeadRow, 'fromEntry' | 'partner' | 'source'> => ({
  ...{ fromEntry: submission.fromEntry, partner: submission.partner },
  source: sourceOf(submission),
});
