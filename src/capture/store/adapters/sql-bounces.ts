import { sql, type Kysely, type Transaction } from 'kysely';
import type { BounceReading, BounceRecords, IssueRecipient } from '#capture/store/bounces.ts';
import { newsletterTopic, type BounceKind, type Tables } from '#capture/store/tables.ts';

/** What a unit of work does with mails that came back, in SQL that both engines understand. */
export function bounceRecords(unit: Transaction<Tables>): BounceRecords {
  return {
    queuedRow: (id) => unit.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst(),
    async addBounce(bounce) {
      const { numInsertedOrUpdatedRows } = await unit
        .insertInto('bounce')
        .values(bounce)
        .onConflict((known) => known.column('id').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    bouncesOf: (contactId) =>
      unit.selectFrom('bounce').selectAll().where('contactId', '=', contactId).orderBy('at').orderBy('id').execute(),
    async clearBounces(contactId, at, which) {
      await unit
        .updateTable('bounce')
        .set({ clearedAt: at })
        .where('contactId', '=', contactId)
        .$if(which === undefined, (query) => query.where('kind', '<>', 'complaint'))
        .where('clearedAt', 'is', null)
        .execute();
    },
    async suppressionOf(emailHmacs) {
      const rows = await unit.selectFrom('suppression').selectAll().where('emailHmac', 'in', emailHmacs).execute();
      const [strictest] = rows.toSorted((one, other) => strict.indexOf(one.reason) - strict.indexOf(other.reason));
      return strictest;
    },
  };
}

const strict = ['erased', 'complained', 'bounced'];

/** What is read of them outside of a unit. */
export const bounceReading = (db: Kysely<Tables>): BounceReading => ({
  async bounceTotals() {
    const rows = await db
      .selectFrom('bounce')
      .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
      .groupBy('kind')
      .execute();
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  },
  async issueBounces(entry) {
    const rows = await db
      .selectFrom('bounce')
      .select(({ fn }) => ['kind', fn.count<number>('contactId').distinct().as('count')])
      .where('entry', '=', entry)
      .groupBy('kind')
      .execute();
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  },
  async issueRecipients(entry, { became, after = '', most }) {
    // The worst of what came back from a person for this issue.
    const came = (kind: BounceKind) =>
      sql`exists (select 1 from bounce where bounce.entry = ${entry} and bounce.contact_id = outbox.contact_id and bounce.kind = ${kind})`;
    const { rows } = await sql<IssueRecipient>`
      select * from (
        select contact.id as id, contact.email as email, contact.name as name, outbox.run_at as at,
          case
            when ${came('complaint')} then 'complained'
            when ${came('hard')} then 'bounced'
            when ${came('soft')} then 'soft'
            when outbox.state = 'dead' then 'failed'
            when outbox.state in ('ready', 'leased') then 'waiting'
            when coalesce(subscription.status, '') = 'unsubscribed' then 'left'
            else 'got'
          end as became,
          (select max(bounce.status) from bounce
            where bounce.entry = ${entry} and bounce.contact_id = outbox.contact_id) as status
        from outbox
          join contact on contact.id = outbox.contact_id
          left join subscription on subscription.contact_id = contact.id and subscription.topic = ${newsletterTopic}
        where outbox.dedupe_key >= ${`issue:${entry}:${after}`} and outbox.dedupe_key < ${`issue:${entry}:\u{10FFFF}`}
          and contact.id > ${after}
      ) as recipient
      ${became === undefined ? sql`` : sql`where became = ${became}`}
      order by id limit ${most}
    `.execute(db);
    return rows;
  },
});

/** Of these contacts, those to whom not everything is mailed. */
export async function mailStates(
  db: Kysely<Tables>,
  contactIds: readonly string[],
): Promise<Map<string, 'bounced' | 'complained'>> {
  const rows = await db
    .selectFrom('bounce')
    .select(['contactId', 'kind'])
    .where('contactId', 'in', contactIds)
    .where('suppressed', '=', 1)
    .where('clearedAt', 'is', null)
    .orderBy('kind', 'desc')
    .execute();
  // A complaint is the last of them to be put in, and stays.
  return new Map(rows.map(({ contactId, kind }) => [contactId, kind === 'complaint' ? 'complained' : 'bounced']));
}
