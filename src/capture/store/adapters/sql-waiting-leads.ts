import { sql, type Kysely } from 'kysely';
import type { WaitingFilter, WaitingLead, WaitingLeads } from '#capture/store/desk.ts';
import type { Tables } from '#capture/store/tables.ts';

/** Who waits for a first answer, those first who have waited longest. */
export async function waitingLeads(
  db: Kysely<Tables>,
  { owner, lateSince, most }: WaitingFilter,
): Promise<WaitingLeads> {
  const whose = owner === undefined ? sql`` : sql`and (lead.assigned_to is null or lead.assigned_to = ${owner})`;
  const waits = sql`lead.state = 'waiting' and lead.contact_id is not null ${whose}`;
  const [{ rows }, { rows: totals }] = await Promise.all([
    most === 0
      ? { rows: [] }
      : sql<WaitingLead>`
          select lead.id, contact.name, contact.company, contact.email, lead.asset, lead.from_entry,
            lead.confirmed_at as since, lead.assigned_to as owner
          from lead join contact on contact.id = lead.contact_id
          where ${waits} order by lead.confirmed_at, lead.id limit ${most}
        `.execute(db),
    sql<{ total: number; late: number }>`
      select count(*) as total, count(case when confirmed_at <= ${lateSince} then 1 end) as late
      from lead where ${waits}
    `.execute(db),
  ]);
  const { total = 0, late = 0 } = totals[0] ?? {};
  return { leads: rows, total, late };
}
