import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '#capture/store/tables.ts';

/** Rows whose `dedupeKey` begins with `prefix`: a range, which the index knows, in byte order. */
export function beginsWith(prefix: string) {
  return (row: ExpressionBuilder<Tables, 'outbox'>) =>
    row.and([row('dedupeKey', '>=', prefix), row('dedupeKey', '<', `${prefix}\u{10FFFF}`)]);
}
