import type { Migration } from './migration.ts';

/**
 * Who is at the desk: the links that sign in, the browsers that are signed in, and passkeys. Owners are known by their
 * addresses in the environment, and have no table. What was seen and changed is in `audit`, whose newest is read first.
 */
export const signInStatements: Migration['statements'] = ({ text, integer, tail }) => [
  `create table sign_in (
      id ${text} not null primary key,
      owner ${text} not null,
      browser_hash ${text} not null,
      at ${integer} not null,
      expires_at ${integer} not null,
      used_at ${integer}
    )${tail}`,
  'create index sign_in_expires on sign_in (expires_at)',
  `create table desk_session (
      id ${text} not null primary key,
      owner ${text} not null,
      hash ${text} not null unique,
      former_hash ${text},
      former_until ${integer},
      way ${text} not null check (way in ('mail', 'passkey')),
      browser ${text} not null,
      at ${integer} not null,
      rotated_at ${integer} not null,
      seen_at ${integer} not null
    )${tail}`,
  'create index desk_session_former on desk_session (former_hash) where former_hash is not null',
  'create index desk_session_owner on desk_session (owner)',
  `create table passkey (
      id ${text} not null primary key,
      owner ${text} not null,
      public_key ${text} not null,
      counter ${integer} not null,
      transports ${text} not null,
      name ${text} not null,
      at ${integer} not null,
      used_at ${integer}
    )${tail}`,
  'create index passkey_owner on passkey (owner)',
  'create index audit_at on audit (at, id)',
];
