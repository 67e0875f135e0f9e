import type { Kysely, Transaction } from 'kysely';
import type { IssueReading, IssueRecords } from '#capture/store/issues.ts';
import { newsletterTopic, type Tables } from '#capture/store/tables.ts';

/** What a unit of work does with what is written to subscribers, in SQL that both engines understand. */
export function issueRecords(unit: Transaction<Tables>, { locksRows }: { locksRows: boolean }): IssueRecords {
  return {
    issue: (entry) =>
      unit
        .selectFrom('issue')
        .selectAll()
        .where('entry', '=', entry)
        .$if(locksRows, (query) => query.forUpdate())
        .executeTakeFirst(),
    issueWords: (entry) =>
      unit.selectFrom('issue').select(['subject', 'opening']).where('entry', '=', entry).executeTakeFirst(),
    async keepIssue(issue) {
      const { entry: _entry, ...kept } = issue;
      await unit
        .insertInto('issue')
        .values(issue)
        .onConflict((known) => known.column('entry').doUpdateSet(kept))
        .execute();
    },
  };
}

/** What is read of it outside of a unit. */
export function issueReading(db: Kysely<Tables>): IssueReading {
  return {
    issues: () => db.selectFrom('issue').selectAll().orderBy('entry').execute(),
    issueOf: (entry) => db.selectFrom('issue').selectAll().where('entry', '=', entry).executeTakeFirst(),
    dueIssues: (now) =>
      db
        .selectFrom('issue')
        .selectAll()
        .where('queuedAt', 'is', null)
        .where('sendAt', '<=', now)
        .orderBy('sendAt')
        .execute(),
    async subscriberCounts() {
      const rows = await db
        .selectFrom('subscription')
        .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
        .where('topic', '=', newsletterTopic)
        .groupBy('status')
        .execute();
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    },
    async leftBetween(from, until) {
      const { count } = await db
        .selectFrom('consentEvent')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('action', '=', 'withdrawn')
        .where('purpose', '=', 'newsletter')
        .where('at', '>=', from)
        .where('at', '<', until)
        .executeTakeFirstOrThrow();
      return count;
    },
  };
}
