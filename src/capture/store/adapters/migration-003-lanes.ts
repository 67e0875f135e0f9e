import type { Migration } from './migration.ts';

/** A lane for each row of the outbox, by which the worker takes them. */
export const lanes: Migration = {
  name: '003-lanes',
  statements: ({ text }) => [
    `alter table outbox add column lane ${text} not null default 'answer' check (lane in ('answer', 'issue', 'webhook'))`,
    `update outbox set lane = 'webhook' where kind = 'webhook'`,
    `update outbox set lane = 'issue' where kind = 'mail' and dedupe_key >= 'issue:' and dedupe_key < 'issue;'`,
    'drop index outbox_waiting',
    'drop index outbox_leased',
    `create index outbox_waiting on outbox (lane, run_at, id) where state in ('ready', 'leased')`,
    `create index outbox_leased on outbox (lane, id) where state = 'leased'`,
  ],
};
