import type { Kysely, NotNull, Transaction } from 'kysely';
import type { IssueReading, IssueRecords } from '#capture/store/issues.ts';
import { beginsWith } from './outbox-prefix.ts';
import { newsletterTopic, type Tables } from '#capture/store/tables.ts';

/** What is added to the moment of a mail that is held, in milliseconds: it lies centuries ahead, and the moment is still known. */
const held = 10_000_000_000_000;

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
      unit
        .selectFrom('issue')
        .select(['subject', 'opening', 'entries', 'unlistedAt'])
        .where('entry', '=', entry)
        .executeTakeFirst(),
    async holdMails(prefix) {
      await unit
        .updateTable('outbox')
        .set((row) => ({ runAt: row('runAt', '+', held) }))
        .where('state', '=', 'ready')
        .where('runAt', '<', held)
        .where(beginsWith(prefix))
        .execute();
    },
    async releaseMails(prefix, later) {
      await unit
        .updateTable('outbox')
        .set((row) => ({ runAt: row('runAt', '+', later - held) }))
        .where('state', '=', 'ready')
        .where('runAt', '>=', held)
        .where(beginsWith(prefix))
        .execute();
    },
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
    sentIssues: () =>
      db
        .selectFrom('issue')
        .select(['entry', 'entries', 'subject', 'begunAt'])
        .where('begunAt', 'is not', null)
        .where('unlistedAt', 'is', null)
        .orderBy('begunAt', 'desc')
        .orderBy('entry')
        .$narrowType<{ begunAt: NotNull }>()
        .execute(),
    dueIssues: (now) =>
      db
        .selectFrom('issue')
        .selectAll()
        .where('queuedAt', 'is', null)
        .where('pausedAt', 'is', null)
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
