import type { Migration } from './migration.ts';

/** Issues that are about several entries. */
export const digests: Migration = {
  name: '013-digests',
  statements: ({ text }) => [`alter table issue add column entries ${text}`],
};
