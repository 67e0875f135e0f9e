import type { Migration } from './migration.ts';

/** Links that erase: the same table with one more kind, made anew, as SQLite cannot change what it checks. */
export const eraseLinks: Migration = {
  name: '005-erase-links',
  statements: ({ text, integer, tail }) => [
    `create table token_anew (
      id ${text} not null primary key,
      kind ${text} not null check (kind in ('confirm', 'download', 'preferences', 'erase')),
      contact_id ${text} not null references contact (id) on delete cascade,
      submission_id ${text} references submission (id) on delete set null,
      key_id ${text} not null,
      expires_at ${integer},
      uses ${integer} not null check (uses >= 0),
      max_uses ${integer},
      revoked_at ${integer}
    )${tail}`,
    `insert into token_anew (id, kind, contact_id, submission_id, key_id, expires_at, uses, max_uses, revoked_at)
      select id, kind, contact_id, submission_id, key_id, expires_at, uses, max_uses, revoked_at from token`,
    'drop table token',
    'alter table token_anew rename to token',
    'create index token_contact on token (contact_id)',
  ],
};
