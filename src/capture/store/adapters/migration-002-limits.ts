import type { Migration } from './migration.ts';

/** What is counted for limits, by keys from which nobody can be read. */
export const limits: Migration = {
  name: '002-limits',
  statements: ({ text, integer, tail }) => [
    `create table limit_count (
      key ${text} not null primary key,
      n ${integer} not null,
      at ${integer} not null
    )${tail}`,
    'create index limit_count_at on limit_count (at)',
  ],
};
