import type { Migration } from './migration.ts';

/**
 * Limits without an index of their moments, which only the hourly pruning asked: PostgreSQL can change a row in its place
 * only where no index holds what changes, and every form changes the same few rows.
 */
export const limitIndex: Migration = {
  name: '006-limit-index',
  statements: () => ['drop index limit_count_at'],
};
