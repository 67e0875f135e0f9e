import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Tables } from '#capture/store/tables.ts';
import type { Engine } from './engine.ts';
import { sqlRecords } from './sql-records.ts';

/** How many people are looked at in one reading, and deleted in one unit at most. */
const looked = 500;
const deleted = 50;

/**
 * Deletes the people who asked for something before a moment and confirmed nothing, then or ever, with all that is of them; what
 * they asked for stays in the totals. Returns how many.
 */
export async function pruneRequests(engine: Engine, before: number): Promise<number> {
  let count = 0;
  for (let after = ''; ;) {
    const page = await idsAfter(engine.db, after, before);
    const idle = await idleOf(engine.db, page, before);
    for (let from = 0; from < idle.length; from += deleted)
      count += await engine.transaction((unit) => deleteIdle(unit, engine, idle.slice(from, from + deleted), before));
    if (page.length < looked) return count;
    after = page.at(-1) ?? '';
    // SQLite answers at once: without it forms would wait for all of these.
    await setImmediate();
  }
}

/** Ids are in order of time. */
async function idsAfter(db: Kysely<Tables>, after: string, before: number): Promise<string[]> {
  const rows = await db
    .selectFrom('contact')
    .select('id')
    .where('id', '>', after)
    .where('createdAt', '<', before)
    .orderBy('id')
    .limit(looked)
    .execute();
  return rows.map(({ id }) => id);
}

async function deleteIdle(
  unit: Transaction<Tables>,
  engine: Engine,
  ids: readonly string[],
  before: number,
): Promise<number> {
  // Who confirms at this moment is waited for, or finds a link of nobody.
  await unit
    .selectFrom('contact')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .$if(engine.locksRows, (query) => query.forUpdate())
    .execute();
  const records = sqlRecords(unit, engine);
  const idle = await idleOf(unit, ids, before);
  for (const id of idle) await records.deleteContact(id);
  return idle.length;
}

async function idleOf(db: Kysely<Tables>, ids: readonly string[], before: number): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from contact where id in (${sql.join([...ids])})
      and not exists (
        select 1 from consent_event where consent_event.contact_id = contact.id and consent_event.action = 'confirmed'
      )
      and not exists (
        select 1 from subscription where subscription.contact_id = contact.id and subscription.status <> 'pending'
      )
      and not exists (
        select 1 from submission where submission.contact_id = contact.id and submission.at >= ${before}
      )
      and not exists (select 1 from comment where comment.contact_id = contact.id)
      and not exists (select 1 from question where question.contact_id = contact.id)
    order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}
