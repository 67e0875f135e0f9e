import type { Records, Store } from '#capture/store/store.ts';

/** The store, whose commits, and reads and writes of units of work, are counted, and how often these wait for an answer. */
export function counted(store: Store, made: { commits: number; reads: number; writes: number; turns: number }): Store {
  let underWay = 0;
  const watching = watched(store, async (name, proceed) => {
    made[
      /^(lock|contact$|contactBy|confirm|subscription|consent|submission|token|mails|suppressionOf|commentsIn|questionsIn)/.test(
        name,
      )
        ? 'reads'
        : 'writes'
    ] += 1;
    if (underWay++ === 0) made.turns += 1;
    try {
      return await proceed();
    } finally {
      underWay -= 1;
    }
  });
  return {
    ...watching,
    async transaction(work) {
      const before = made.writes;
      const result = await watching.transaction(work);
      if (made.writes > before) made.commits += 1;
      return result;
    },
    limits: {
      ...store.limits,
      async addLoad(...values) {
        made.commits += 1;
        return store.limits.addLoad(...values);
      },
    },
  };
}

/** The store, with something done at each statement of its units of work. */
export function watched(store: Store, watch: (name: string, proceed: () => unknown) => unknown): Store {
  return {
    ...store,
    transaction: (work) =>
      store.transaction((records) =>
        work(
          new Proxy<Records>(records, {
            get(target, name): unknown {
              const method: unknown = Reflect.get(target, name);
              if (typeof method !== 'function') return method;
              return async (...values: unknown[]) =>
                watch(String(name), () => Reflect.apply(method, target, values) as unknown);
            },
          }),
        ),
      ),
  };
}
