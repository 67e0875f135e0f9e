import type { Migration } from './migration.ts';

/**
 * Comments and questions, and what people agree to with them: the table of consents with more purposes, made anew, as
 * SQLite cannot change what it checks. A reply may be kept before what it replies to, as rows are moved in order of ids.
 */
export const comments: Migration = {
  name: '007-comments',
  statements: ({ text, integer, tail }) => [
    `create table consent_event_anew (
      id ${text} not null primary key,
      contact_id ${text} not null references contact (id) on delete cascade,
      purpose ${text} not null
        check (purpose in ('whitepaper', 'newsletter', 'comment', 'question', 'replies', 'quote')),
      action ${text} not null check (action in ('given', 'confirmed', 'withdrawn')),
      text_id ${text} references consent_text (id),
      source_url ${text} not null,
      ip ${text},
      ua ${text},
      at ${integer} not null,
      name ${text},
      company ${text}
    )${tail}`,
    `insert into consent_event_anew
      (id, contact_id, purpose, action, text_id, source_url, ip, ua, at, name, company)
      select id, contact_id, purpose, action, text_id, source_url, ip, ua, at, name, company from consent_event`,
    'drop table consent_event',
    'alter table consent_event_anew rename to consent_event',
    'create index consent_event_contact on consent_event (contact_id, action)',

    `create table comment (
      id ${text} not null primary key,
      entry ${text} not null,
      parent_id ${text} references comment (id) deferrable initially deferred,
      answers_id ${text} references comment (id) deferrable initially deferred,
      contact_id ${text} references contact (id) on delete set null,
      name ${text} not null,
      body ${text} not null,
      moment ${integer},
      state ${text} not null
        check (state in ('unconfirmed', 'pending', 'approved', 'spam', 'rejected', 'deleted')),
      reasons ${text} not null,
      replies_text_id ${text} references consent_text (id),
      version ${integer} not null check (version > 0),
      person ${text},
      source ${text} not null check (source in ('form', 'import', 'host')),
      digest ${text} not null,
      at ${integer} not null,
      confirmed_at ${integer},
      changed_at ${integer} not null,
      decided_at ${integer},
      decided_by ${text},
      published ${integer}
    )${tail}`,
    // The queue of the owner, what a build reads, and what is pruned.
    'create index comment_state on comment (state, changed_at, id)',
    'create index comment_contact on comment (contact_id, state) where contact_id is not null',
    'create index comment_parent on comment (parent_id) where parent_id is not null',
    'create index comment_answers on comment (answers_id) where answers_id is not null',
    `create index comment_digest on comment (digest) where digest <> ''`,
    'create index comment_published on comment (published) where published is not null',

    `create table question (
      id ${text} not null primary key,
      recipient ${text} not null,
      contact_id ${text} not null references contact (id) on delete cascade,
      first_name ${text},
      body ${text} not null,
      quote_text_id ${text} references consent_text (id),
      page ${text} not null,
      state ${text} not null check (state in ('unconfirmed', 'open', 'answered', 'spam', 'closed')),
      reasons ${text} not null,
      version ${integer} not null check (version > 0),
      digest ${text} not null,
      answer ${text},
      answered_in ${text},
      at ${integer} not null,
      confirmed_at ${integer},
      changed_at ${integer} not null,
      decided_at ${integer},
      decided_by ${text}
    )${tail}`,
    'create index question_state on question (state, changed_at, id)',
    'create index question_contact on question (contact_id)',
    'create index question_digest on question (digest)',
  ],
};
