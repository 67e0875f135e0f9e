import type { Context } from '#capture/context.ts';
import type { LeadLine, LeadList, LeadQuery, LeadReader } from '#site/lead-desk.ts';
import type { LeadCursor, LeadListFilter, ListedLead } from '#capture/store/leads.ts';
import { leadSources, leadStates, type LeadState } from '#capture/store/tables.ts';
import { urgency } from '#site/waited.ts';
import { isId } from '#capture/store/tokens.ts';
import { ownerId, ownerNamed, paperNamed, senderOf } from './names.ts';

/** How many leads a page of the list has. */
const perPage = 20;
const day = 24 * 60 * 60_000;
/** How many days the list can look back. */
export const periods = ['7', '28', '84', 'always'] as const;

/** A page of the list, by what the address asks for. */
export async function listLeads(context: Context, query: LeadQuery, reader: LeadReader): Promise<LeadList> {
  const read = readQuery(context, query);
  const filter = filterOf(read, reader, context.clock());
  const after = cursorIn(query.after);
  const { reading } = context.store;
  const { state, ...ofAllStates } = filter;
  const [rows, found] = await Promise.all([
    reading.leadPage(filter, after?.cursor, perPage + 1),
    reading.leadCounts(ofAllStates),
  ]);
  const counts = Object.fromEntries(leadStates.map((each) => [each, found[each] ?? 0])) as Record<LeadState, number>;
  const shown = rows.slice(0, perPage);
  const last = shown.at(-1);
  const from = (after?.passed ?? 0) + 1;
  return {
    query: read,
    leads: shown.map((row) => lineOf(context, row)),
    counts,
    total: state === undefined ? confirmedOf(counts) : counts[state],
    from,
    next: rows.length > perPage && last ? cursorText(last, from + shown.length - 1) : undefined,
    choices: choicesOf(context),
  };
}

/** Without a state, the list has all who confirmed. */
const confirmedOf = (counts: Record<LeadState, number>) =>
  leadStates.reduce((sum, state) => (state === 'unconfirmed' ? sum : sum + counts[state]), 0);

/** What the filters can be set to. */
export const choicesOf = (context: Context): LeadList['choices'] => ({
  papers: context.site.whitepapers.map(({ slug, title }) => ({ slug, title })),
  partners: (context.site.partners ?? []).map(({ slug, name }) => ({ slug, name })),
  owners: context.owners.map(({ email }) => ownerNamed(context, ownerId(email))),
});

/** The longest text that is searched for. */
const longestText = 100;

/** The query without what is none of the values that there are. */
export function readQuery({ site, owners }: Context, query: LeadQuery): LeadList['query'] {
  const oneOf = (value: string | undefined, known: readonly string[], otherwise = '') =>
    value !== undefined && known.includes(value) ? value : otherwise;
  const slug = (value: string | undefined) => (/^[\w-]{1,120}$/.test(value ?? '') ? (value ?? '') : '');
  return {
    q: (query.q ?? '').trim().slice(0, longestText),
    source: oneOf(query.source, leadSources),
    // One that has left the site may have leads.
    paper: slug(query.paper),
    state: oneOf(query.state, leadStates),
    newsletter: oneOf(query.newsletter, ['reads', 'not']),
    partner: oneOf(query.partner, site.partners?.map((each) => each.slug) ?? []) || slug(query.partner),
    who: oneOf(query.who, ['nobody', ...owners.map(({ email }) => ownerId(email))]),
    since: oneOf(query.since, periods, '7'),
  };
}

/** What the query asks the store for, of the leads that the owner may see. */
export function filterOf(query: LeadList['query'], { owner, seesAll }: LeadReader, now: number): LeadListFilter {
  const { q, source, paper, state, newsletter, partner, who, since } = query;
  return {
    text: q || undefined,
    source: leadSources.find((each) => each === source),
    asset: paper || undefined,
    state: leadStates.find((each) => each === state),
    newsletter: newsletter ? newsletter === 'reads' : undefined,
    partner: partner || undefined,
    assignedTo: who ? (who === 'nobody' ? null : who) : undefined,
    since: since === 'always' ? undefined : now - Number(since) * day,
    visibleTo: seesAll ? undefined : owner,
  };
}

/** A lead as a list shows it. */
export function lineOf(context: Context, lead: ListedLead): LeadLine {
  const { id, email, name, company, state, confirmedAt, answeredAt } = lead;
  return {
    ...{ id, email, name, company, state },
    paper: paperNamed(context, lead.asset),
    sender: senderOf(context, lead),
    clock: clockOf(context, state, { confirmedAt, answeredAt }),
    owner: lead.assignedTo === null ? undefined : ownerNamed(context, lead.assignedTo),
    newsletter: lead.newsletter === 'confirmed',
  };
}

function clockOf(
  { answerWithin, clock }: Context,
  state: LeadState,
  { confirmedAt, answeredAt }: Pick<ListedLead, 'confirmedAt' | 'answeredAt'>,
): LeadLine['clock'] {
  if (confirmedAt === null) return { kind: 'none' };
  if (state === 'waiting') {
    const waited = Math.max(0, clock() - confirmedAt);
    return { kind: 'waits', for: waited, is: urgency(waited, answerWithin) ?? 'in time' };
  }
  return answeredAt === null ? { kind: 'none' } : { kind: 'answered', after: Math.max(0, answeredAt - confirmedAt) };
}

/** Where a page ended, and how many leads were passed until there, as an address has it. */
export function cursorText({ state, confirmedAt, id }: LeadCursor, passed: number): string {
  return [state === 'waiting' ? 'waiting' : '', confirmedAt ?? '', id, passed].join('_');
}

export function cursorIn(text: string | undefined): { cursor: LeadCursor; passed: number } | undefined {
  const [state, at, id, passed, ...rest] = (text ?? '').split('_');
  if (rest.length > 0 || !isId(id ?? '') || !/^\d{0,15}$/.test(at ?? '') || !/^\d{1,9}$/.test(passed ?? ''))
    return undefined;
  return {
    cursor: {
      state: state === 'waiting' ? 'waiting' : at === '' ? 'unconfirmed' : 'answered',
      confirmedAt: at === '' ? null : Number(at),
      id: id ?? '',
    },
    passed: Number(passed),
  };
}
