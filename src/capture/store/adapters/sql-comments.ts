import { sql, type Kysely, type Transaction } from 'kysely';
import { deletedComment, type CommentReading, type CommentRecords, type Place } from '#capture/store/comments.ts';
import type { CommentRow, QuestionRow, Tables } from '#capture/store/tables.ts';
import { beginsWith } from './outbox-prefix.ts';
import { pages, pageSize } from './pages.ts';

/** What a unit of work does with comments and questions, in SQL that both engines understand. */
export function commentRecords(unit: Transaction<Tables>, { locksRows }: { locksRows: boolean }): CommentRecords {
  /** The contact first, as everyone does: who locks in another order, waits for each other. */
  const lockContact = async (table: 'comment' | 'question', id: string) => {
    if (!locksRows) return;
    await sql`
      select contact.id from contact join ${sql.table(table)} as it on it.contact_id = contact.id
      where it.id = ${id} for no key update of contact
    `.execute(unit);
  };
  return {
    async addComment(comment) {
      await unit.insertInto('comment').values(comment).execute();
    },
    async comment(id) {
      await lockContact('comment', id);
      return unit
        .selectFrom('comment')
        .selectAll()
        .where('id', '=', id)
        .$if(locksRows, (query) => query.forNoKeyUpdate())
        .executeTakeFirst();
    },
    async knownComments(ids) {
      const known = new Set<string>();
      for (let from = 0; from < ids.length; from += pageSize) {
        const some = ids.slice(from, from + pageSize);
        for (const { id } of await unit.selectFrom('comment').select('id').where('id', 'in', some).execute())
          known.add(id);
      }
      return known;
    },
    approvedComment: (id) =>
      unit.selectFrom('comment').selectAll().where('id', '=', id).where('state', '=', 'approved').executeTakeFirst(),
    async updateComment({ id, ...comment }) {
      await unit.updateTable('comment').set(comment).where('id', '=', id).execute();
    },
    commentsIn: (contactId, states, most) => newestIn(unit, 'comment', contactId, states, most),
    async commentsBy(contactId) {
      const rows = await unit
        .selectFrom('comment')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .where('contactId', '=', contactId)
        .where('state', 'in', ['approved', 'spam'])
        .groupBy('state')
        .execute();
      const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
      return { approved: count('approved'), spam: count('spam') };
    },
    async hasText(digest, otherThan) {
      for (const table of ['comment', 'question'] as const) {
        const row = await unit
          .selectFrom(table)
          .select('id')
          .where('digest', '=', digest)
          .where('digest', '<>', '')
          .where('id', '<>', otherThan)
          .executeTakeFirst();
        if (row) return true;
      }
      return false;
    },
    async nextPublished() {
      if (locksRows)
        await sql`select pg_advisory_xact_lock(hashtextextended(${'d-files published comments'}, 0))`.execute(unit);
      return ((await lastPublished(unit)) ?? 0) + 1;
    },
    deleteIdleContact: (id) => deleteIdleContacts(unit, [id]),
    async endReplies(contactId) {
      const { numUpdatedRows } = await unit
        .updateTable('comment')
        .set({ repliesTextId: null })
        .where('contactId', '=', contactId)
        .where('repliesTextId', 'is not', null)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    async addQuestion(question) {
      await unit.insertInto('question').values(question).execute();
    },
    async question(id) {
      await lockContact('question', id);
      return unit
        .selectFrom('question')
        .selectAll()
        .where('id', '=', id)
        .$if(locksRows, (query) => query.forNoKeyUpdate())
        .executeTakeFirst();
    },
    async updateQuestion({ id, ...question }) {
      await unit.updateTable('question').set(question).where('id', '=', id).execute();
    },
    questionsIn: (contactId, states, most) => newestIn(unit, 'question', contactId, states, most),
    questionsOf: (contactId) => countOf(unit, 'question', contactId),
    commentsOf: (contactId) => countOf(unit, 'comment', contactId),
    lastQueued: (prefix) =>
      unit
        .selectFrom('outbox')
        .select(['state', 'runAt'])
        .where(beginsWith(prefix))
        .orderBy('dedupeKey', 'desc')
        .limit(1)
        .executeTakeFirst(),
    async unqueue(dedupeKey) {
      await unit.deleteFrom('outbox').where('dedupeKey', '=', dedupeKey).where('state', '<>', 'done').execute();
    },
  };
}

/**
 * Takes the words of all comments of a person out of the store. What was never shown goes whole; what may have replies
 * keeps its place without anything of the person.
 */
export async function eraseComments(
  unit: Transaction<Tables>,
  contactId: string,
  nextPublished: () => Promise<number>,
): Promise<void> {
  await unit.deleteFrom('comment').where('contactId', '=', contactId).where('published', 'is', null).execute();
  const shown = await unit
    .selectFrom('comment')
    .select('id')
    .where('contactId', '=', contactId)
    .where('state', '=', 'approved')
    .executeTakeFirst();
  const published = shown && (await nextPublished());
  await unit
    .updateTable('comment')
    .set(({ eb, ref }) => ({
      ...deletedComment,
      version: eb('version', '+', 1),
      published: published ?? ref('published'),
    }))
    .where('contactId', '=', contactId)
    .execute();
}

/** What is read of them outside of a unit. */
export function commentReading(db: Kysely<Tables>): CommentReading {
  return {
    async *comments({ states, entry, since = 0 }) {
      const read = (last: CommentRow | undefined) =>
        db
          .selectFrom('comment')
          .selectAll()
          .where('changedAt', '>=', since)
          .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
          .$if(entry !== undefined, (query) => query.where('entry', '=', entry ?? ''))
          .$if(last !== undefined, (query) => query.where(isAfter(last)))
          .orderBy('changedAt')
          .orderBy('id')
          .limit(pageSize)
          .execute();
      for await (const rows of pages(read)) yield* rows;
    },
    async *questions({ states, since = 0 }) {
      const read = (last: QuestionRow | undefined) =>
        db
          .selectFrom('question')
          .selectAll()
          .where('changedAt', '>=', since)
          .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
          .$if(last !== undefined, (query) => query.where(isAfter(last)))
          .orderBy('changedAt')
          .orderBy('id')
          .limit(pageSize)
          .execute();
      for await (const rows of pages(read)) yield* rows;
    },
    newestComments: (state, most, before) => newestFirst<CommentRow>(db, 'comment', state, most, before),
    newestQuestions: (state, most, before) => newestFirst<QuestionRow>(db, 'question', state, most, before),
    async stateCounts() {
      const counts = async (table: 'comment' | 'question') => {
        const rows = await db
          .selectFrom(table)
          .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
          .groupBy('state')
          .execute();
        return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
      };
      const [comments, questions] = await Promise.all([counts('comment'), counts('question')]);
      return { comments, questions };
    },
    publishedComments: () =>
      whereTableIs(
        () =>
          db
            .selectFrom('comment')
            .selectAll()
            .where('published', 'is not', null)
            .where('state', 'in', ['approved', 'deleted'])
            .orderBy('confirmedAt')
            .orderBy('id')
            .execute(),
        [],
      ),
    commentsVersion: () => whereTableIs(() => lastPublished(db), undefined),
  };
}

async function newestFirst<Row extends CommentRow | QuestionRow>(
  db: Kysely<Tables>,
  table: 'comment' | 'question',
  state: Row['state'],
  most: number,
  before: Place | undefined,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)}
    where state = ${state} ${before ? sql`and (changed_at, id) < (${before.changedAt}, ${before.id})` : sql``}
    order by changed_at desc, id desc limit ${most}
  `.execute(db);
  return rows;
}

/** Whether a row comes after `last` in the order of these lists. */
const isAfter = (last: Pick<CommentRow, 'changedAt' | 'id'> | undefined) =>
  sql<boolean>`(${sql.ref('changedAt')}, ${sql.ref('id')}) > (${last?.changedAt ?? 0}, ${last?.id ?? ''})`;

/**
 * Deletes what nobody confirmed before a moment, and with it the people of whom there is nothing else. Returns how many
 * comments and questions those were.
 */
export async function pruneUnconfirmed(unit: Transaction<Tables>, before: number): Promise<number> {
  const people = new Set<string>();
  let count = 0;
  for (const table of ['comment', 'question'] as const) {
    const rows = await unit
      .selectFrom(table)
      .select(['id', 'contactId'])
      .where('state', '=', 'unconfirmed')
      .where('changedAt', '<', before)
      .orderBy('changedAt')
      .limit(pageSize)
      .execute();
    if (rows.length === 0) continue;
    count += rows.length;
    for (const { contactId } of rows) if (contactId) people.add(contactId);
    await unit
      .deleteFrom(table)
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
  }
  await deleteIdleContacts(unit, [...people]);
  return count;
}

/** Deletes those people of whom there is nothing else than what nobody confirmed. */
async function deleteIdleContacts(unit: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    delete from contact where id in (${sql.join([...ids])})
      and not exists (select 1 from submission where submission.contact_id = contact.id)
      and not exists (select 1 from subscription where subscription.contact_id = contact.id)
      and not exists (select 1 from comment where comment.contact_id = contact.id)
      and not exists (select 1 from question where question.contact_id = contact.id)
      and not exists (
        select 1 from consent_event where consent_event.contact_id = contact.id and consent_event.action = 'confirmed'
      )
  `.execute(unit);
}

async function lastPublished(db: Kysely<Tables>): Promise<number | undefined> {
  const row = await db
    .selectFrom('comment')
    .select('published')
    .where('published', 'is not', null)
    .orderBy('published', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.published ?? undefined;
}

/** Ids are in order of time. */
async function newestIn<Row extends CommentRow | QuestionRow>(
  unit: Kysely<Tables>,
  table: 'comment' | 'question',
  contactId: string,
  states: readonly Row['state'][],
  most: number,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)}
    where contact_id = ${contactId} and state in (${sql.join([...states])})
    order by id desc limit ${most}
  `.execute(unit);
  return rows.toReversed();
}

async function countOf(unit: Kysely<Tables>, table: 'comment' | 'question', contactId: string): Promise<number> {
  const { count } = await unit
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('contactId', '=', contactId)
    .executeTakeFirstOrThrow();
  return count;
}

/** What is read, or `without` where the store has no such table yet: SQLite says that in words, PostgreSQL as 42P01. */
async function whereTableIs<T>(read: () => Promise<T>, without: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && (/no such table/.test(error.message) || ('code' in error && error.code === '42P01')))
      return without;
    throw error;
  }
}
