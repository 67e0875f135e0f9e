import type { Migration } from './migration.ts';

/**
 * Leads with what became of them, and the partner and the source of forms and views. The totals of days are made anew, as
 * their key has both.
 *
 * Of the forms before, those become leads whose link was used, as a confirmed address waits for an answer until somebody
 * notes one. When each was confirmed is in the events of the person, which do not name the form: the first one after it
 * counts. When it was downloaded first was not kept: it counts as when it was confirmed.
 */
export const leads: Migration = {
  name: '008-leads',
  statements: ({ text, integer, tail }) => [
    `alter table submission add column partner ${text}`,

    `create table funnel_day_anew (
      day ${text} not null,
      landing ${text} not null,
      from_entry ${text} not null,
      source ${text} not null check (source in ${sources}),
      partner ${text} not null,
      event ${text} not null check (event in ('view', 'submit', 'confirm', 'download')),
      shard ${integer} not null,
      n ${integer} not null check (n >= 0),
      primary key (day, landing, from_entry, source, partner, event, shard)
    )${tail}`,
    `insert into funnel_day_anew (day, landing, from_entry, source, partner, event, shard, n)
      select day, landing, from_entry, ${sourceOf('from_entry')}, '', event, shard, n from funnel_day`,
    'drop table funnel_day',
    'alter table funnel_day_anew rename to funnel_day',

    `create table lead (
      id ${text} not null primary key,
      contact_id ${text} references contact (id) on delete set null,
      asset ${text} not null,
      from_entry ${text},
      partner ${text},
      source ${text} not null check (source in ${sources}),
      asked_at ${integer} not null,
      confirmed_at ${integer},
      downloaded_at ${integer},
      answered_at ${integer},
      ended_at ${integer},
      state ${text} not null check (state in ('unconfirmed', 'waiting', 'answered', 'won', 'lost', 'unwanted')),
      value ${integer},
      assigned_to ${text},
      version ${integer} not null check (version > 0),
      changed_at ${integer} not null,
      check ((state = 'unconfirmed') = (confirmed_at is null))
    )${tail}`,
    `insert into lead (id, contact_id, asset, from_entry, source, asked_at, state, version, changed_at)
      select id, contact_id, asset, from_entry, ${sourceOf('from_entry')}, at, 'unconfirmed', 1, at
      from (
        select submission.*, row_number() over (
          partition by contact_id, asset order by case when ${isUsed} then 0 else 1 end, at, id
        ) as place
        from submission
        where contact_id is not null and asset is not null and verdict = 'accepted'
      ) as asked
      where place = 1`,
    `update lead set
      state = 'waiting',
      confirmed_at = coalesce((
        select min(consent_event.at) from consent_event
        where consent_event.contact_id = lead.contact_id and consent_event.purpose = 'whitepaper'
          and consent_event.action = 'confirmed' and consent_event.at >= lead.asked_at
      ), lead.asked_at)
      where exists (select 1 from token where token.submission_id = lead.id and token.uses > 0)`,
    `update lead set downloaded_at = confirmed_at
      where confirmed_at is not null and exists (
        select 1 from token where token.submission_id = lead.id and token.kind = 'download' and token.uses > 0
      )`,
    'create unique index lead_contact on lead (contact_id, asset)',
    // The list: who waits, longest first; the others, latest first.
    'create index lead_state on lead (state, confirmed_at, id) where contact_id is not null',
    'create index lead_confirmed on lead (confirmed_at, id) where contact_id is not null and confirmed_at is not null',
    // The totals of a period, each read from an index alone and in its order: a hundred thousand rows need no sorting.
    `create index lead_groups on lead
      (asset, source, partner, from_entry, asked_at, confirmed_at, downloaded_at, answered_at, state, value)`,
    `create index lead_weeks on lead
      (asked_at, asset, partner, confirmed_at, downloaded_at, answered_at, state, contact_id)`,

    `create table lead_event (
      id ${text} not null primary key,
      lead_id ${text} not null references lead (id) on delete cascade,
      contact_id ${text} not null references contact (id) on delete cascade,
      actor ${text} not null,
      kind ${text} not null check (kind in ('state', 'assignment', 'note')),
      before ${text},
      after ${text},
      value ${integer},
      note ${text},
      at ${integer} not null
    )${tail}`,
    'create index lead_event_lead on lead_event (lead_id, id)',
    'create index lead_event_contact on lead_event (contact_id)',
  ],
};

const sources = `('episode', 'post', 'partner', 'newsletter', 'other', 'unknown')`;

/** Of forms and views before, whose links did not say more. */
const sourceOf = (entry: string) => `case
  when ${entry} like 'episodes/%' then 'episode' when ${entry} like 'posts/%' then 'post' else 'unknown' end`;

const isUsed = 'exists (select 1 from token where token.submission_id = submission.id and token.uses > 0)';
