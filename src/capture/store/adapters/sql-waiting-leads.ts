import { sql, type Kysely } from 'kysely';
import type { WaitingFilter, WaitingLead, WaitingLeads } from '#capture/store/desk.ts';
import type { Tables } from '#capture/store/tables.ts';

/** How far back it is looked, in milliseconds. */
const fortnight = 14 * 24 * 60 * 60_000;

/** Who confirmed an address for a whitepaper of late: whether they were answered is not kept yet. */
export async function waitingLeads(db: Kysely<Tables>, { lateSince, now, most }: WaitingFilter): Promise<WaitingLeads> {
  const waiting = sql`
    select contact_id, min(at) as since from consent_event
    where purpose = 'whitepaper' and action = 'confirmed' and at >= ${now - fortnight}
    group by contact_id
  `;
  const [{ rows }, { rows: totals }] = await Promise.all([
    sql<Omit<WaitingLead, 'owner'>>`
      select waiting.contact_id, contact.name, contact.company, contact.email, waiting.since,
        (select asset from submission where submission.contact_id = contact.id and asset is not null
          order by at desc, id desc limit 1) as asset,
        (select from_entry from submission where submission.contact_id = contact.id and from_entry is not null
          order by at, id limit 1) as from_entry
      from (${waiting}) as waiting join contact on contact.id = waiting.contact_id
      order by waiting.since, waiting.contact_id limit ${most}
    `.execute(db),
    sql<{ total: number; late: number }>`
      select count(*) as total, count(case when since <= ${lateSince} then 1 end) as late from (${waiting}) as waiting
    `.execute(db),
  ]);
  const { total = 0, late = 0 } = totals[0] ?? {};
  return { leads: rows.map((row) => ({ ...row, owner: null })), total, late };
}
