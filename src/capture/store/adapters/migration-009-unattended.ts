import type { Migration } from './migration.ts';

/** What a server needs that nobody looks after: what is wrong with it, and who heard its recordings. */
export const unattended: Migration = {
  name: '009-unattended',
  statements: ({ text, integer, tail }) => [
    `create table alert (
      kind ${text} not null primary key,
      what ${text} not null,
      fix ${text} not null,
      since ${integer} not null,
      seen_at ${integer} not null,
      ended_at ${integer},
      mailed_at ${integer},
      well_at ${integer}
    )${tail}`,
    `create table heard_day (
      day ${text} not null,
      entry ${text} not null,
      kind ${text} not null,
      n ${integer} not null,
      primary key (day, entry, kind)
    )${tail}`,
    // Of one day, and then nobody's: it is in no backup.
    `create table heard_salt (
      day ${text} not null primary key,
      salt ${text} not null
    )${tail}`,
  ],
};
