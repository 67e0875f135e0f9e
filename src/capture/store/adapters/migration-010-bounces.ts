import type { Migration } from './migration.ts';

/** Mails that came back; and of issues, whether one is paused, and whether it is kept out of the archive. */
export const bounces: Migration = {
  name: '010-bounces',
  statements: ({ text, integer, tail }) => [
    `create table bounce (
      id ${text} not null primary key,
      contact_id ${text} not null references contact (id) on delete cascade,
      mail_id ${text},
      entry ${text},
      kind ${text} not null check (kind in ('hard', 'soft', 'blocked', 'complaint')),
      status ${text},
      way ${text} not null check (way in ('smtp', 'report', 'provider')),
      suppressed ${integer} not null check (suppressed in (0, 1)),
      cleared_at ${integer},
      at ${integer} not null
    )${tail}`,
    'create index bounce_contact on bounce (contact_id, at)',
    'create index bounce_entry on bounce (entry, contact_id, kind) where entry is not null',
    `alter table issue add column paused_at ${integer}`,
    `alter table issue add column unlisted_at ${integer}`,
  ],
};
