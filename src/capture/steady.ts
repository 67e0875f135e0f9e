import type { Records, Store } from './store.ts';

/**
 * A unit of work that asks the store as often whatever it finds, so that the time of an answer tells little of the
 * person it is about. `work` calls `even` before what has to come last, with the number of statements that follow.
 */
export function steadily<T>(
  store: Store,
  statements: number,
  work: (records: Records, even: (following: number) => Promise<void>) => Promise<T>,
): Promise<T> {
  return store.transaction(async (records) => {
    let made = 0;
    const counted = new Proxy(records, {
      get(target, name): unknown {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...values: unknown[]): unknown => {
          made += 1;
          return Reflect.apply(method, target, values);
        };
      },
    });
    const even = async (following: number) => {
      for (let missing = statements - following - made; missing > 0; missing--) await counted.contact(nobody);
    };
    const result = await work(counted, even);
    await even(0);
    return result;
  });
}

/** The id of no contact (RFC 9562, section 5.9). */
const nobody = '00000000-0000-0000-0000-000000000000';
