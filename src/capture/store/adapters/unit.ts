import { DummyDriver, Transaction, type ConnectionProvider, type Dialect, type Kysely } from 'kysely';
import type { Tables } from '#capture/store/tables.ts';

/**
 * Does the work of a unit on the connection that is provided, each statement as soon as it is called. When the work is over,
 * whether it is done or has failed, what it left under way can call no further statement: that would be in no unit.
 */
export async function withUnit<T>(
  db: Kysely<Tables>,
  dialect: Dialect,
  connections: ConnectionProvider,
  work: (unit: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  let isOver = false;
  const executor = db.getExecutor().withConnectionProvider({
    async provideConnection(consumer, options) {
      if (isOver) throw new Error('The unit of work is over');
      return connections.provideConnection(consumer, options);
    },
  });
  try {
    return await work(new Transaction({ config: { dialect }, dialect, driver: new DummyDriver(), executor }));
  } finally {
    isOver = true;
  }
}
