import { openStore } from '#capture/compose.ts';
import type { Environment } from './setup.ts';

/** Brings the tables to their newest form; the names of what that took. Throws what `storeRefusal` explains. */
export async function migrateStore(environment: Pick<Environment, 'database'>): Promise<string[]> {
  const store = await openStore(environment);
  try {
    return await store.migrate();
  } finally {
    await store.close();
  }
}
