import { sql, type Kysely, type Transaction } from 'kysely';
import type { PartnerReading, PartnerRecords } from '#capture/store/partners.ts';
import type { Tables } from '#capture/store/tables.ts';

/** The links of partners, in SQL that both engines understand. */
export const partnerRecords = (unit: Transaction<Tables>): PartnerRecords => ({
  async addPartnerLink(link) {
    const { numInsertedOrUpdatedRows } = await unit
      .insertInto('partnerLink')
      .values(link)
      .onConflict((known) => known.column('partner').where('revokedAt', 'is', null).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  partnerLinkOf: (partner) =>
    unit
      .selectFrom('partnerLink')
      .selectAll()
      .where('partner', '=', partner)
      .where('revokedAt', 'is', null)
      .executeTakeFirst(),
  async revokePartnerLink(partner, at) {
    const { numUpdatedRows } = await unit
      .updateTable('partnerLink')
      .set({ revokedAt: at })
      .where('partner', '=', partner)
      .where('revokedAt', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  },
});

export const partnerReading = (db: Kysely<Tables>): PartnerReading => ({
  partnerLink: (id) => db.selectFrom('partnerLink').selectAll().where('id', '=', id).executeTakeFirst(),
  partnerLinks: () => db.selectFrom('partnerLink').selectAll().orderBy('at').orderBy('id').execute(),
  partnerViews: (partner, since) =>
    db
      .selectFrom('funnelDay')
      .select(sql<string>`substr(day, 1, 7)`.as('month'))
      .select('landing')
      // PostgreSQL's sum of BIGINT is NUMERIC.
      .select(({ fn }) => sql<number>`cast(${fn.sum('n')} as bigint)`.as('n'))
      .where('partner', '=', partner)
      .where('event', '=', 'view')
      .where('day', '>=', since)
      .groupBy(['month', 'landing'])
      .execute(),
  async partnerLeads(partner, since, until) {
    const counts = await db
      .selectFrom('lead')
      .select(({ fn }) => [
        fn.countAll<number>().as('leads'),
        fn.count<number>('downloadedAt').as('downloads'),
        fn.count<number>(sql`case when state = 'won' then 1 end`).as('won'),
      ])
      .where('partner', '=', partner)
      .where('confirmedAt', '>=', since)
      .where('confirmedAt', '<', until)
      .executeTakeFirstOrThrow();
    return { leads: Number(counts.leads), downloads: Number(counts.downloads), won: Number(counts.won) };
  },
});
