import type { Migration } from './migration.ts';

/**
 * What owners write to subscribers: an issue's own words, when it goes out, and since when it does, which was in the audit
 * alone. Comments know whether an owner shortened them.
 */
export const issueStatements: Migration['statements'] = ({ text, integer, tail }) => [
  `create table issue (
      entry ${text} not null primary key,
      subject ${text},
      opening ${text},
      send_at ${integer},
      begun_at ${integer},
      queued_at ${integer},
      version ${integer} not null,
      changed_at ${integer} not null,
      changed_by ${text} not null
    )${tail}`,
  'create index issue_due on issue (send_at) where queued_at is null and send_at is not null',
  `insert into issue (entry, begun_at, queued_at, version, changed_at, changed_by)
      select substr(action, 7), min(at), min(at), 1, min(at), 'owner' from audit where action like 'issue %' group by action`,
  `create index consent_event_left on consent_event (at) where action = 'withdrawn'`,
  `alter table comment add column shortened_at ${integer}`,
];
