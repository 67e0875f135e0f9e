import { sql, type Transaction } from 'kysely';
import type { Tables } from '#capture/store/tables.ts';
import { pageSize } from './pages.ts';

// In the words of the index, so that both engines see that it holds the rows.
const hasEvidence = sql<boolean>`(ip is not null or ua is not null)`;

/** Takes where from and by which browser out of consents from before a moment, some at a time. Returns of how many. */
export async function pruneEvidence(unit: Transaction<Tables>, before: number): Promise<number> {
  const { numUpdatedRows } = await unit
    .updateTable('consentEvent')
    .set({ ip: null, ua: null })
    .where('id', 'in', (query) =>
      query
        .selectFrom('consentEvent')
        .select('id')
        .where(hasEvidence)
        .where('at', '<', before)
        .orderBy('at')
        .limit(pageSize),
    )
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
