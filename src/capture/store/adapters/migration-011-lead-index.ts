import type { Migration } from './migration.ts';

/** The totals of weeks are made from the same rows as those of groups, and no statement asks for their index any more. */
export const leadIndex: Migration = {
  name: '011-lead-index',
  statements: () => ['drop index lead_weeks'],
};
