import { sql, type Kysely } from 'kysely';
import type { WaitingFilter } from '#capture/store/desk.ts';
import type { Tables } from '#capture/store/tables.ts';

/** How many wait for a first answer. */
export async function waitingLeads(
  db: Kysely<Tables>,
  { owner, lateSince }: WaitingFilter,
): Promise<{ total: number; late: number }> {
  const whose = owner === undefined ? sql`` : sql`and (assigned_to is null or assigned_to = ${owner})`;
  const { rows } = await sql<{ total: number; late: number }>`
    select count(*) as total, count(case when confirmed_at <= ${lateSince} then 1 end) as late
    from lead where state = 'waiting' and contact_id is not null ${whose}
  `.execute(db);
  return rows[0] ?? { total: 0, late: 0 };
}
