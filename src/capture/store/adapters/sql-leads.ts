import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import { v7 } from 'uuid';
import type {
  CohortFilter,
  CohortGroup,
  CohortLead,
  LeadCursor,
  LeadListFilter,
  LeadReading,
  LeadRecord,
  LeadRecords,
  ListedLead,
  WeekClock,
} from '#capture/store/leads.ts';
import { leadStates, type LeadState, type Tables } from '#capture/store/tables.ts';
import { plannedAnew } from './planned-anew.ts';
import { contactRecord } from './sql-people.ts';

/** What a unit of work does with leads, in SQL that both engines understand. */
export function leadRecords(unit: Transaction<Tables>, { locksRows }: { locksRows: boolean }): LeadRecords {
  return {
    async addLead(lead) {
      await unit
        .insertInto('lead')
        .values(lead)
        .onConflict((known) => known.columns(['contactId', 'asset']).doNothing())
        .execute();
    },
    leadOf: (contactId, asset) =>
      unit
        .selectFrom('lead')
        .selectAll()
        .where('contactId', '=', contactId)
        .where('asset', '=', asset)
        .executeTakeFirst(),
    async lead(id) {
      // The contact first, as everyone does: who locks in another order, waits for each other.
      if (locksRows)
        await sql`
          select contact.id from contact join lead on lead.contact_id = contact.id
          where lead.id = ${id} for no key update of contact
        `.execute(unit);
      return unit
        .selectFrom('lead')
        .selectAll()
        .where('id', '=', id)
        .$if(locksRows, (query) => query.forNoKeyUpdate())
        .executeTakeFirst();
    },
    async updateLead({ id, ...lead }) {
      await unit.updateTable('lead').set(lead).where('id', '=', id).execute();
    },
    async addLeadEvent(...events) {
      await unit.insertInto('leadEvent').values(events).execute();
    },
    lastLeadChange: (id) =>
      unit
        .selectFrom('leadEvent')
        .selectAll()
        .where('leadId', '=', id)
        .where('kind', '<>', 'note')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),
  };
}

/** Before a person is deleted: who is erased waits for nothing any more. What was noted goes with the person. */
export async function forgetLeads(unit: Transaction<Tables>, contactId: string): Promise<void> {
  await unit
    .updateTable('lead')
    .set({ state: 'unwanted' })
    .where('contactId', '=', contactId)
    .where('state', '=', 'waiting')
    .execute();
  await unit.updateTable('lead').set({ assignedTo: null }).where('contactId', '=', contactId).execute();
}

/** What is read of them outside of a unit. */
export function leadReading(db: Kysely<Tables>): LeadReading {
  return {
    async leadPage(asked, after, most) {
      const filter = await found(db, asked);
      if (filter.people?.length === 0) return [];
      const leads: ListedLead[] = [];
      const parts = partsOf(filter.state);
      const begin = after ? parts.indexOf(partOf(after.state, filter.state)) : 0;
      for (const [index, part] of parts.slice(begin).entries())
        if (leads.length < most)
          leads.push(...(await readPart(db, filter, part, index === 0 ? after : undefined, most - leads.length)));
      return leads;
    },

    async leadCounts(asked) {
      const filter = await found(db, asked);
      if (filter.people?.length === 0) return {};
      const { rows } = await sql<{ state: LeadState; n: number }>`
        select ${plannedAnew} state, count(*) as n from lead where ${sql.join(
          [sql`contact_id is not null`, ...conditionsOf(filter)],
          sql` and `,
        )} group by state
      `.execute(db);
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },

    leadRecord: (id) => recordOf(db, id),

    async cohort(filter, clock) {
      // Of each lead two numbers, in one text: a row for each would take longer than to find them.
      const { rows } = await sql<Omit<CohortGroup, 'leads'> & { numbers: string }>`
        select ${plannedAnew} asset, source, partner, from_entry,
          min(confirmed_at) filter (where state = 'waiting') as waiting_since,
          cast(coalesce(sum(value), 0) as bigint) as value,
          string_agg(cast(${reachedCode(filter, clock)} as text) || ',' || ${waitOrNone}, ',') as numbers
        from lead where ${inCohort(filter)}
        group by asset, source, partner, from_entry
      `.execute(db);
      return rows.map(({ numbers, ...group }) => ({ ...group, leads: leadsOf(numbers) }));
    },

    views: (filter) =>
      db
        .selectFrom('funnelDay')
        .modifyFront(plannedAnew)
        .select(['landing', 'source', 'partner', 'fromEntry'])
        // PostgreSQL's sum of BIGINT is NUMERIC.
        .select(({ fn }) => sql<number>`cast(${fn.sum('n')} as bigint)`.as('n'))
        .where('event', '=', 'view')
        .where('landing', 'like', papers)
        .where('day', '>=', filter.since)
        .where('day', '<=', filter.until)
        .$if(filter.landing !== undefined, (query) => query.where('landing', '=', filter.landing ?? ''))
        .$if(filter.partner !== undefined, (query) => query.where('partner', '=', filter.partner ?? ''))
        .groupBy(['landing', 'source', 'partner', 'fromEntry'])
        .execute(),
    viewDays: (filter) =>
      db
        .selectFrom('funnelDay')
        .modifyFront(plannedAnew)
        .select('day')
        .select(({ fn }) => sql<number>`cast(${fn.sum('n')} as bigint)`.as('n'))
        .where('event', '=', 'view')
        .where('landing', 'like', papers)
        .where('day', '>=', filter.since)
        .where('day', '<=', filter.until)
        .$if(filter.landing !== undefined, (query) => query.where('landing', '=', filter.landing ?? ''))
        .$if(filter.partner !== undefined, (query) => query.where('partner', '=', filter.partner ?? ''))
        .groupBy('day')
        .orderBy('day')
        .execute(),
  };
}

const papers = '/whitepapers/%';
const week = 7 * 24 * 60 * 60_000;
/** 5 January 1970 was a Monday. */
const firstMonday = 4 * 24 * 60 * 60_000;

/** What is written in one number: the week of the cohort, the part of the week, the state, and whether it was downloaded. */
const [mostParts, mostStates] = [64, 8];

/** How far a lead came, as `leadsOf` reads it. */
function reachedCode({ since }: CohortFilter, clock: WeekClock): RawBuilder<number> {
  const states = leadStates.map((state, index) => sql`when ${sql.lit(state)} then ${sql.lit(index)}`);
  return sql`((((asked_at - ${sql.lit(since)}) / ${sql.lit(week)}
    * ${sql.lit(mostParts)} + case when confirmed_at is null then 0 else ${partOfWeek(clock)} end)
    * ${sql.lit(mostStates)} + case state ${sql.join(states, sql` `)} end)
    * 2 + case when downloaded_at is null then 0 else 1 end)`;
}

/** In which part of the week, by the clocks of a place, a lead confirmed. */
function partOfWeek({ parts, offsets }: WeekClock): RawBuilder<number> {
  const cases = offsets.map(({ offset, until }) =>
    until === Infinity
      ? sql`else ${sql.lit(offset)}`
      : sql`when confirmed_at < ${sql.lit(until)} then ${sql.lit(offset)}`,
  );
  const offset = cases.length === 1 ? sql.lit(offsets[0]?.offset ?? 0) : sql`case ${sql.join(cases, sql` `)} end`;
  return sql`(confirmed_at - ${sql.lit(firstMonday)} + ${offset}) / ${sql.lit(week / parts)} % ${sql.lit(parts)}`;
}

const waitOrNone = sql`case
  when answered_at is null then -1 when answered_at < confirmed_at then 0 else answered_at - confirmed_at end`;

function leadsOf(text: string): CohortLead[] {
  const numbers: number[] = JSON.parse(`[${text}]`);
  return Array.from({ length: numbers.length / 2 }, (_, index) => {
    const [code = 0, wait = 0] = [numbers[2 * index], numbers[2 * index + 1]];
    const reached = Math.floor(code / 2);
    const place = Math.floor(reached / mostStates);
    return {
      ...{ isDownloaded: code % 2 === 1, state: leadStates[reached % mostStates] ?? 'unconfirmed' },
      ...{ part: place % mostParts, week: Math.floor(place / mostParts), wait: wait < 0 ? undefined : wait },
    };
  });
}

/** SQLite takes no index of the moments for this, and so the one that has the groups in their order, which takes less time. */
const inCohort = ({ since, until, asset, partner }: CohortFilter): RawBuilder<unknown> => sql`
  (asked_at >= ${since} and asked_at < ${until}) is true
  ${asset === undefined ? sql`` : sql` and asset = ${asset}`}
  ${partner === undefined ? sql`` : sql` and partner = ${partner}`}`;

/** A list is read in parts that each have an order of their own, and an index that has it. */
type Part = 'waiting' | 'confirmed' | 'unconfirmed' | Exclude<LeadState, 'waiting' | 'unconfirmed'>;

const partsOf = (state: LeadState | undefined): Part[] => (state === undefined ? ['waiting', 'confirmed'] : [state]);

const partOf = (state: LeadState, asked: LeadState | undefined): Part =>
  asked ?? (state === 'waiting' ? 'waiting' : 'confirmed');

async function readPart(
  db: Kysely<Tables>,
  filter: FoundFilter,
  part: Part,
  after: LeadCursor | undefined,
  most: number,
): Promise<ListedLead[]> {
  const states = part === 'confirmed' ? sql`lead.state <> 'waiting'` : sql`lead.state = ${part}`;
  const isKnown = part === 'unconfirmed' ? sql`lead.confirmed_at is null` : sql`lead.confirmed_at is not null`;
  const at = after?.confirmedAt ?? 0;
  const [begin, order] =
    part === 'waiting'
      ? [sql`(lead.confirmed_at, lead.id) > (${at}, ${after?.id ?? ''})`, sql`lead.confirmed_at, lead.id`]
      : part === 'unconfirmed'
        ? [sql`lead.id < ${after?.id ?? ''}`, sql`lead.id desc`]
        : [sql`(lead.confirmed_at, lead.id) < (${at}, ${after?.id ?? ''})`, sql`lead.confirmed_at desc, lead.id desc`];
  const conditions = [
    sql`lead.contact_id is not null`,
    ...[states, isKnown],
    ...conditionsOf(filter, true),
    ...(after ? [begin] : []),
  ];
  const { rows } = await sql<ListedLead>`
    select ${plannedAnew} lead.*, contact.email, contact.name, contact.company,
      (select status from subscription where subscription.contact_id = contact.id and topic = 'newsletter') as newsletter
    from lead join contact on contact.id = lead.contact_id
    where ${sql.join(conditions, sql` and `)}
    order by ${order} limit ${most}
  `.execute(db);
  return rows;
}

/** `hasContact`: the contact is joined, and looked at only until there are enough leads. */
function conditionsOf(filter: FoundFilter, hasContact = false) {
  const { text, people, source, asset, newsletter, partner, assignedTo, visibleTo, since } = filter;
  const readers = sql`(select contact_id from subscription where topic = 'newsletter' and status = 'confirmed')`;
  return [
    ...(source === undefined ? [] : [sql`lead.source = ${source}`]),
    ...(asset === undefined ? [] : [sql`lead.asset = ${asset}`]),
    ...(partner === undefined ? [] : [sql`lead.partner = ${partner}`]),
    ...(assignedTo === undefined
      ? []
      : [assignedTo === null ? sql`lead.assigned_to is null` : sql`lead.assigned_to = ${assignedTo}`]),
    ...(visibleTo === undefined ? [] : [sql`(lead.assigned_to is null or lead.assigned_to = ${visibleTo})`]),
    ...(newsletter === undefined
      ? []
      : [newsletter ? sql`lead.contact_id in ${readers}` : sql`lead.contact_id not in ${readers}`]),
    ...(people === undefined ? [] : [sql`lead.contact_id in (${sql.join(people)})`]),
    ...(text === undefined || people !== undefined
      ? []
      : [
          hasContact
            ? sql`(${matches(text)})`
            : sql`lead.contact_id in (select contact.id from contact where ${matches(text)})`,
        ]),
    ...(since === undefined
      ? []
      : [
          sql`(lead.state = 'waiting' or lead.confirmed_at >= ${since}
            or (lead.state = 'unconfirmed' and lead.id >= ${firstIdOf(since)}))`,
        ]),
  ];
}

/** A filter with the people whom its text is of, where those are few. */
interface FoundFilter extends LeadListFilter {
  people?: string[];
}

/** So few are named one by one, and their leads found by an index; of more, leads are looked through until there are enough. */
const few = 500;

async function found(db: Kysely<Tables>, filter: LeadListFilter): Promise<FoundFilter> {
  if (filter.text === undefined) return filter;
  const { rows } = await sql<{ id: string }>`
    select ${plannedAnew} contact.id from contact where ${matches(filter.text)} limit ${few + 1}
  `.execute(db);
  return rows.length > few ? filter : { ...filter, people: rows.map(({ id }) => id) };
}

/** Engines know small and capital letters of ASCII alone: of others, both are looked for. */
function matches(text: string): RawBuilder<unknown> {
  const plain = (typed: string) => typed.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const spellings = new Set(
    [text, text.toLowerCase(), text.toUpperCase()].map((typed) => plain(typed.normalize('NFC'))),
  );
  const own = sql`lower(contact.email || ' ' || coalesce(contact.name, '') || ' ' || coalesce(contact.company, ''))`;
  return sql.join(
    [...spellings].map((spelling) => {
      const pattern = `%${spelling.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
      return sql`${own} like ${pattern} escape ${sql.lit('\\')}`;
    }),
    sql` or `,
  );
}

/** The least UUIDv7 of this millisecond (RFC 9562, section 5.7). */
const firstIdOf = (moment: number): string => v7({ msecs: Math.max(0, moment), random: new Uint8Array(16), seq: 0 });

async function recordOf(db: Kysely<Tables>, id: string): Promise<LeadRecord | undefined> {
  const lead = await db.selectFrom('lead').selectAll().where('id', '=', id).executeTakeFirst();
  const kept = lead?.contactId ? await contactRecord(db, lead.contactId) : undefined;
  if (!lead || !kept) return undefined;
  const { leadEvents, tokens, outbox, ...rest } = kept;
  return {
    ...{ lead, ...rest },
    events: leadEvents.filter(({ leadId }) => leadId === id),
    otherEvents: leadEvents.filter(({ leadId }) => leadId !== id),
    downloads: tokens.filter(({ kind, uses }) => kind === 'download' && uses > 0),
    mails: outbox.filter(({ kind }) => kind === 'mail'),
  };
}
