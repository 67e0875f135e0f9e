import { sql, type Kysely } from 'kysely';
import type { Lead, LeadFilter, Reading } from '#capture/store/store.ts';
import type { ContactRow, Tables } from '#capture/store/tables.ts';
import { pages, pageSize } from './pages.ts';
import { bounceReading, mailStates } from './sql-bounces.ts';
import { commentReading } from './sql-comments.ts';
import { heardReading } from './sql-heard.ts';
import { leadReading } from './sql-leads.ts';
import { deskReading } from './sql-desk.ts';
import { issueReading } from './sql-issues.ts';
import { partnerReading } from './sql-partners.ts';
import { peopleReading } from './sql-people.ts';

/** The key of each table, in whose order its rows are read. */
const tableKeys: { readonly [Name in keyof Tables]: readonly (keyof Tables[Name] & string)[] } = {
  consentText: ['id'],
  contact: ['id'],
  subscription: ['contactId', 'topic'],
  consentEvent: ['id'],
  submission: ['id'],
  token: ['id'],
  outbox: ['id'],
  suppression: ['emailHmac'],
  funnelDay: ['day', 'landing', 'fromEntry', 'source', 'partner', 'event', 'shard'],
  audit: ['id'],
  comment: ['id'],
  question: ['id'],
  lead: ['id'],
  leadEvent: ['id'],
  signIn: ['id'],
  deskSession: ['id'],
  passkey: ['id'],
  issue: ['entry'],
  partnerLink: ['id'],
  alert: ['kind'],
  heardDay: ['day', 'entry', 'kind'],
  bounce: ['id'],
};
const tableNames = Object.keys(tableKeys) as (keyof Tables)[];

/** The owner's lists, in SQL that both engines understand. */
export function sqlReading(db: Kysely<Tables>): Reading {
  return {
    ...commentReading(db),
    ...leadReading(db),
    ...deskReading(db),
    ...issueReading(db),
    ...partnerReading(db),
    ...peopleReading(db),
    ...heardReading(db),
    ...bounceReading(db),
    async *leads(filter) {
      for await (const contacts of filter.asset === undefined ? pagesOf(db, filter) : pagesAskingFor(db, filter))
        yield* await leadsOf(db, contacts);
    },
    async *subscribers(topic, after = '') {
      const read = ({ id }: Pick<ContactRow, 'id'> = { id: after }) =>
        db
          .selectFrom('subscription')
          .innerJoin('contact', 'contact.id', 'subscription.contactId')
          .selectAll('contact')
          .where('subscription.topic', '=', topic)
          .where('subscription.status', '=', 'confirmed')
          .where('subscription.contactId', '>', id)
          // The same once more: PostgreSQL would read the contacts before it again for each page.
          .where('contact.id', '>', id)
          .orderBy('subscription.contactId')
          .limit(pageSize)
          .execute();
      for await (const contacts of pages<ContactRow>(read)) yield* contacts;
    },

    funnel: ({ since, until }) =>
      db
        .selectFrom('funnelDay')
        .select(['landing', 'fromEntry', 'event'])
        // PostgreSQL's sum of BIGINT is NUMERIC.
        .select(({ fn }) => sql<number>`cast(${fn.sum('n')} as bigint)`.as('n'))
        .$if(since !== undefined, (query) => query.where('day', '>=', since ?? ''))
        .$if(until !== undefined, (query) => query.where('day', '<=', until ?? ''))
        .groupBy(['landing', 'fromEntry', 'event'])
        .orderBy('landing')
        .orderBy('fromEntry')
        .orderBy('event')
        .execute(),
    async counts() {
      const counts = tableNames.map((name) => sql`(select count(*) from ${sql.table(name)}) as ${sql.ref(name)}`);
      const { rows } = await sql<Record<keyof Tables, number>>`select ${sql.join(counts)}`.execute(db);
      const [row] = rows;
      if (!row) throw new Error('A select without a table has one row.');
      return row;
    },

    async *rows<Name extends keyof Tables>(table: Name) {
      const key = tableKeys[table];
      const columns = sql.join(key.map((column) => sql.ref(column)));
      const read = async (last: Tables[Name] | undefined) => {
        const begin = last && sql`where (${columns}) > (${sql.join(key.map((column) => last[column]))})`;
        const { rows } = await sql<Tables[Name]>`
          select * from ${sql.table(table)} ${begin ?? sql``} order by ${columns} limit ${sql.lit(pageSize)}
        `.execute(db);
        return rows;
      };
      for await (const rows of pages(read)) yield* rows;
    },
  };
}

/** The contacts that the filter lets through, in the order in which they came. */
const pagesOf = (db: Kysely<Tables>, filter: LeadFilter): AsyncGenerator<ContactRow[]> =>
  pages((after) =>
    contactsOf(db, filter)
      .$if(after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('contact.createdAt', 'contact.id'), '>', tuple(after?.createdAt ?? 0, after?.id ?? '')),
        ),
      )
      .orderBy('contact.createdAt')
      .orderBy('contact.id')
      .limit(pageSize)
      .execute(),
  );

/** Those of them that asked for a paper, by the ids of contacts: UUIDv7, so these are in order of time too. */
async function* pagesAskingFor(db: Kysely<Tables>, filter: LeadFilter): AsyncGenerator<ContactRow[]> {
  for (let last = ''; ;) {
    const asked = await db
      .selectFrom('submission')
      .select('contactId')
      .distinct()
      .where('asset', '=', filter.asset ?? '')
      .where('contactId', '>', last)
      .orderBy('contactId')
      .limit(pageSize)
      .execute();
    const ids = asked.flatMap(({ contactId }) => contactId ?? []);
    if (ids.length > 0)
      yield await contactsOf(db, filter).where('contact.id', 'in', ids).orderBy('contact.id').execute();
    last = ids.at(-1) ?? last;
    if (ids.length < pageSize) return;
  }
}

function contactsOf(db: Kysely<Tables>, { since, status }: LeadFilter) {
  return (
    db
      .selectFrom('contact')
      .selectAll('contact')
      // Who only commented or asked a question did not ask for anything that makes a lead.
      .where(({ exists, not, or, and, selectFrom }) => {
        const has = (table: 'submission' | 'comment' | 'question') =>
          exists(selectFrom(table).select(`${table}.id`).whereRef(`${table}.contactId`, '=', 'contact.id'));
        return or([has('submission'), and([not(has('comment')), not(has('question'))])]);
      })
      .$if(since !== undefined, (query) => query.where('contact.createdAt', '>=', since ?? 0))
      .$if(status !== undefined, (query) =>
        query.where(({ exists, not, selectFrom }) => {
          const confirmed = exists(
            selectFrom('consentEvent')
              .select('consentEvent.id')
              .whereRef('consentEvent.contactId', '=', 'contact.id')
              .where('consentEvent.action', '=', 'confirmed'),
          );
          return status === 'confirmed' ? confirmed : not(confirmed);
        }),
      )
  );
}

/** What is known of these contacts, by five queries for all of them. */
async function leadsOf(db: Kysely<Tables>, contacts: ContactRow[]): Promise<Lead[]> {
  if (contacts.length === 0) return [];
  const ids = contacts.map(({ id }) => id);
  const [submissions, newsletters, confirmations, mails, leads] = await Promise.all([
    db
      .selectFrom('submission')
      .select(['contactId', 'asset', 'fromEntry', 'utm', 'at'])
      .where('contactId', 'in', ids)
      .orderBy('contactId')
      .orderBy('at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('subscription')
      .select(['contactId', 'status'])
      .where('contactId', 'in', ids)
      .where('topic', '=', 'newsletter')
      .execute(),
    db
      .selectFrom('consentEvent')
      .select('contactId')
      .distinct()
      .where('contactId', 'in', ids)
      .where('action', '=', 'confirmed')
      .execute(),
    mailStates(db, ids),
    db
      .selectFrom('lead')
      .select(['contactId', 'asset', 'state', 'value', 'assignedTo', 'partner'])
      .where('contactId', 'in', ids)
      .orderBy('id')
      .execute(),
  ]);
  const asked = Map.groupBy(submissions, ({ contactId }) => contactId);
  const standing = Map.groupBy(leads, ({ contactId }) => contactId);
  const newsletter = new Map(newsletters.map(({ contactId, status }) => [contactId, status]));
  const confirmed = new Set(confirmations.map(({ contactId }) => contactId));

  return contacts.map(({ id, email, name, company, createdAt }) => {
    const own = asked.get(id) ?? [];
    return {
      contactId: id,
      email,
      name,
      company,
      createdAt,
      status: confirmed.has(id) ? 'confirmed' : 'pending',
      newsletter: newsletter.get(id) ?? null,
      mail: mails.get(id) ?? null,
      assets: [...new Set(own.flatMap(({ asset }) => asset ?? []))],
      leads: (standing.get(id) ?? []).map(({ asset, state, value, assignedTo, partner }) => ({
        ...{ asset, state, value, assignedTo, partner },
      })),
      fromEntry: own.find(({ fromEntry }) => fromEntry !== null)?.fromEntry ?? null,
      utm: own[0]?.utm ?? '{}',
      lastAt: own.at(-1)?.at ?? createdAt,
    };
  });
}
