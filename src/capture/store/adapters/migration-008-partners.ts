import type { Migration } from './migration.ts';

/** The links by which partners see what their own links have led to. */
export const partnerStatements: Migration['statements'] = ({ text, integer, tail }) => [
  `create table partner_link (
      id ${text} not null primary key,
      partner ${text} not null,
      at ${integer} not null,
      revoked_at ${integer}
    )${tail}`,
  // One that works, for each partner.
  'create unique index partner_link_partner on partner_link (partner) where revoked_at is null',
  'create index lead_partner on lead (partner, confirmed_at) where partner is not null',
];
