import { randomInt } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { DayTotal, Records } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { beginsWith } from './outbox-prefix.ts';
import { alertRecords } from './sql-alerts.ts';
import { bounceRecords } from './sql-bounces.ts';
import { commentRecords, eraseComments } from './sql-comments.ts';
import { forgetLeads, leadRecords } from './sql-leads.ts';
import { deskRecords } from './sql-desk.ts';
import { issueRecords } from './sql-issues.ts';
import { partnerRecords } from './sql-partners.ts';
import { take } from './sql-limits.ts';

/** What a unit of work does, in SQL that both engines understand. */
export function sqlRecords(unit: Transaction<Tables>, { locksRows }: { locksRows: boolean }): Records {
  const comments = commentRecords(unit, { locksRows });
  return {
    ...comments,
    ...leadRecords(unit, { locksRows }),
    ...deskRecords(unit, { locksRows }),
    ...issueRecords(unit, { locksRows }),
    ...partnerRecords(unit),
    ...alertRecords(unit, { locksRows }),
    ...bounceRecords(unit),
    async lockMailbox(mailbox) {
      if (locksRows)
        await sql`select pg_advisory_xact_lock(hashtextextended(${`d-files mailbox ${mailbox}`}, 0))`.execute(unit);
    },
    // Writes a row that is there once more, and so locks it.
    contactFor: (contact) =>
      unit
        .insertInto('contact')
        .values(contact)
        .onConflict((known) => known.column('emailNorm').doUpdateSet({ mailbox: contact.mailbox }))
        .returningAll()
        .executeTakeFirstOrThrow(),
    async nameContact(id, name, company) {
      await unit.updateTable('contact').set({ name, company }).where('id', '=', id).execute();
    },
    contact: (id) =>
      unit
        .selectFrom('contact')
        .selectAll()
        .where('id', '=', id)
        .$if(locksRows, (query) => query.forNoKeyUpdate())
        .executeTakeFirst(),
    contactByAddress: (emailNorm) =>
      unit
        .selectFrom('contact')
        .selectAll()
        .where('emailNorm', '=', emailNorm)
        .$if(locksRows, (query) => query.forNoKeyUpdate())
        .executeTakeFirst(),
    async deleteContact(id) {
      await eraseComments(unit, id, comments.nextPublished);
      await forgetLeads(unit, id);
      await unit.deleteFrom('contact').where('id', '=', id).execute();
    },
    confirmations: (contactId) =>
      unit
        .selectFrom('consentEvent')
        .select(['at', 'ip'])
        .where('contactId', '=', contactId)
        .where('action', '=', 'confirmed')
        .orderBy('at', 'desc')
        .execute(),

    subscription: (contactId, topic) =>
      unit
        .selectFrom('subscription')
        .selectAll()
        .where('contactId', '=', contactId)
        .where('topic', '=', topic)
        .executeTakeFirst(),
    async setSubscription(subscription) {
      const { status, confirmedAt } = subscription;
      await unit
        .insertInto('subscription')
        .values(subscription)
        .onConflict((known) => known.columns(['contactId', 'topic']).doUpdateSet({ status, confirmedAt }))
        .execute();
    },

    consentText: (id) => unit.selectFrom('consentText').selectAll().where('id', '=', id).executeTakeFirst(),
    async keepConsentText(...texts) {
      await unit
        .insertInto('consentText')
        .values(texts)
        .onConflict((known) => known.column('id').doNothing())
        .execute();
    },
    async addConsentEvent(...events) {
      await unit.insertInto('consentEvent').values(events).execute();
    },
    consentEvents: (contactId) =>
      unit
        .selectFrom('consentEvent')
        .selectAll()
        .where('contactId', '=', contactId)
        .orderBy('at')
        .orderBy('id')
        .execute(),

    async addSubmission(submission) {
      const { numInsertedOrUpdatedRows } = await unit
        .insertInto('submission')
        .values(submission)
        .onConflict((known) => known.column('dedupeKey').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    submission: (id) => unit.selectFrom('submission').selectAll().where('id', '=', id).executeTakeFirst(),
    submissionsOf: (contactId) =>
      unit
        .selectFrom('submission')
        .selectAll()
        .where('contactId', '=', contactId)
        .orderBy('at')
        .orderBy('id')
        .execute(),

    async addToken(...tokens) {
      await unit.insertInto('token').values(tokens).execute();
    },
    async token(id) {
      // The contact first, as everyone does: who locks in another order, waits for each other.
      const lockContact = unit
        .selectFrom('contact')
        .innerJoin('token', 'token.contactId', 'contact.id')
        .select('contact.id')
        .where('token.id', '=', id)
        .forNoKeyUpdate('contact');
      const token = unit
        .selectFrom('token')
        .selectAll()
        .where('id', '=', id)
        .$if(locksRows, (query) => query.forUpdate());
      const [, found] = await Promise.all([locksRows && lockContact.execute(), token.executeTakeFirst()]);
      return found;
    },
    async addUse(tokenId) {
      await unit
        .updateTable('token')
        .set((token) => ({ uses: token('uses', '+', 1) }))
        .where('id', '=', tokenId)
        .execute();
    },

    async enqueue(row) {
      const { numInsertedOrUpdatedRows } = await unit
        .insertInto('outbox')
        .values(row)
        .onConflict((known) => known.column('dedupeKey').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    mailsTo: (mailbox, prefix, since) => (locksRows ? mailsByContact : mailsByJoin)(unit, mailbox, prefix, since),

    take: (key, window, now) => take(unit, key, window, now),

    async suppress(suppression) {
      const { reason, at } = suppression;
      await unit
        .insertInto('suppression')
        .values(suppression)
        .onConflict((known) => known.column('emailHmac').doUpdateSet({ reason, at }))
        .execute();
    },
    async unsuppress(emailHmac) {
      await unit.deleteFrom('suppression').where('emailHmac', '=', emailHmac).execute();
    },

    count: (...totals) =>
      addTotals(
        unit,
        totals.map((total) => ({ ...total, n: 1 })),
      ),
    async addAudit(entry) {
      await unit.insertInto('audit').values(entry).execute();
    },
    insert: (table, rows) => addRows(unit, table, rows),
    async clear(table) {
      await sql`delete from ${sql.table(table)}`.execute(unit);
    },
  };
}

function mailsByJoin(unit: Transaction<Tables>, mailbox: string, prefix: string, since: number) {
  return unit
    .selectFrom('contact')
    .innerJoin('outbox', 'outbox.contactId', 'contact.id')
    .select(['dedupeKey', 'runAt'])
    .where('mailbox', '=', mailbox)
    .where('runAt', '>=', since)
    .where('kind', '=', 'mail')
    .where(beginsWith(prefix))
    .execute();
}

/**
 * The same where PostgreSQL can plan it one way only, by the mails of each contact: on tables that it has no statistics of
 * yet it would read all mails that ever began so, and keep to that plan while they become many. `offset 0` keeps the
 * inner query apart, and `substr` keeps the index of all keys out of it.
 */
function mailsByContact(unit: Transaction<Tables>, mailbox: string, prefix: string, since: number) {
  return unit
    .selectFrom('contact')
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('outbox')
          .select(['dedupeKey', 'runAt'])
          .whereRef('contactId', '=', 'contact.id')
          .where('runAt', '>=', since)
          .where('kind', '=', 'mail')
          .where(sql<boolean>`substr(dedupe_key, 1, ${sql.lit(prefix.length)}) = ${prefix}`)
          .offset(0)
          .as('mail'),
      (join) => join.onTrue(),
    )
    .select(['mail.dedupeKey', 'mail.runAt'])
    .where('mailbox', '=', mailbox)
    .execute();
}

/**
 * A row is locked until its unit is durable: forms of one page that come at once add to different ones, and each process
 * begins elsewhere.
 */
const shards = 64;
let turn = randomInt(shards);

/** Adds to the day's totals in the order of their keys, so that two who add to the same ones do not wait in a ring. */
export async function addTotals(unit: Transaction<Tables>, totals: readonly DayTotal[]): Promise<void> {
  turn = (turn + 1) % shards;
  await unit
    .insertInto('funnelDay')
    .values(totals.map((total) => ({ ...total, shard: turn })))
    .onConflict((known) =>
      known
        .columns(['day', 'landing', 'fromEntry', 'source', 'partner', 'event', 'shard'])
        .doUpdateSet((total) => ({ n: total('funnelDay.n', '+', total.ref('excluded.n')) })),
    )
    .execute();
}

/** How many rows one statement adds: PostgreSQL takes 65,535 parameters, SQLite 32,766. */
const rowsAtOnce = 500;

/** Adds rows as they are. */
async function addRows<Name extends keyof Tables>(
  unit: Transaction<Tables>,
  table: Name,
  rows: readonly Tables[Name][],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce);
    const columns = Object.keys(some[0] ?? {}) as (keyof Tables[Name] & string)[];
    const values = some.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
    await sql`
      insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.join(values)}
    `.execute(unit);
  }
}
