import type { Migration } from './migration.ts';

/** The tables of `tables.ts`, and the indexes that the queries of the store need. */
export const tables: Migration = {
  name: '001-tables',
  statements: ({ text, integer, tail }) => [
    `create table contact (
      id ${text} not null primary key,
      email ${text} not null,
      email_norm ${text} not null unique,
      name ${text},
      company ${text},
      created_at ${integer} not null
    )${tail}`,
    'create index contact_created on contact (created_at, id)',

    `create table subscription (
      contact_id ${text} not null references contact (id) on delete cascade,
      topic ${text} not null,
      status ${text} not null check (status in ('pending', 'confirmed', 'unsubscribed', 'bounced')),
      confirmed_at ${integer},
      primary key (contact_id, topic)
    )${tail}`,
    'create index subscription_topic on subscription (topic, status, contact_id)',

    `create table consent_text (
      id ${text} not null primary key,
      locale ${text} not null,
      body ${text} not null
    )${tail}`,

    `create table consent_event (
      id ${text} not null primary key,
      contact_id ${text} not null references contact (id) on delete cascade,
      purpose ${text} not null check (purpose in ('whitepaper', 'newsletter')),
      action ${text} not null check (action in ('given', 'confirmed', 'withdrawn')),
      text_id ${text} references consent_text (id),
      source_url ${text} not null,
      ip ${text},
      ua ${text},
      at ${integer} not null
    )${tail}`,
    'create index consent_event_contact on consent_event (contact_id, action)',

    `create table submission (
      id ${text} not null primary key,
      contact_id ${text} references contact (id) on delete set null,
      asset ${text},
      landing ${text} not null,
      from_entry ${text},
      utm ${text} not null,
      verdict ${text} not null check (verdict in ('accepted', 'capped', 'suppressed', 'honeypot')),
      dedupe_key ${text} unique,
      at ${integer} not null
    )${tail}`,
    'create index submission_contact on submission (contact_id, at) where contact_id is not null',
    'create index submission_asset on submission (asset, contact_id) where contact_id is not null and asset is not null',

    `create table token (
      id ${text} not null primary key,
      kind ${text} not null check (kind in ('confirm', 'download', 'preferences')),
      contact_id ${text} not null references contact (id) on delete cascade,
      submission_id ${text} references submission (id) on delete set null,
      key_id ${text} not null,
      expires_at ${integer},
      uses ${integer} not null check (uses >= 0),
      max_uses ${integer},
      revoked_at ${integer}
    )${tail}`,
    'create index token_contact on token (contact_id)',

    `create table outbox (
      id ${text} not null primary key,
      kind ${text} not null check (kind in ('mail', 'webhook')),
      dedupe_key ${text} not null unique,
      contact_id ${text} references contact (id) on delete cascade,
      payload ${text} not null,
      state ${text} not null check (state in ('ready', 'leased', 'done', 'dead')),
      attempts ${integer} not null check (attempts >= 0),
      run_at ${integer} not null,
      lease_until ${integer},
      last_error ${text},
      check ((state = 'leased') = (lease_until is not null))
    )${tail}`,
    'create index outbox_contact on outbox (contact_id, run_at) where contact_id is not null',
    // What is done stays for weeks and is most of the table: the worker's queries do not meet it.
    `create index outbox_waiting on outbox (kind, run_at, id) where state in ('ready', 'leased')`,
    `create index outbox_leased on outbox (kind, lease_until) where state = 'leased'`,
    `create index outbox_dead on outbox (run_at, id) where state = 'dead'`,

    `create table suppression (
      email_hmac ${text} not null primary key,
      reason ${text} not null check (reason in ('erased', 'bounced', 'complained')),
      at ${integer} not null
    )${tail}`,

    `create table funnel_day (
      day ${text} not null,
      landing ${text} not null,
      from_entry ${text} not null,
      event ${text} not null check (event in ('view', 'submit', 'confirm', 'download')),
      shard ${integer} not null,
      n ${integer} not null check (n >= 0),
      primary key (day, landing, from_entry, event, shard)
    )${tail}`,

    `create table audit (
      id ${text} not null primary key,
      actor ${text} not null,
      action ${text} not null,
      subject_hmac ${text},
      at ${integer} not null
    )${tail}`,
  ],
};
