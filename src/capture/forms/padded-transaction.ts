import type { Records, Store } from '#capture/store/store.ts';

/** Asks the store for nothing until only `following` statements are left of those that a unit of work makes. */
export type PadStatements = (following: number) => Promise<void>;

/**
 * A unit of work of always the same number of `statements`, whatever it finds, so that the time of an answer reveals
 * little of the person it is about. `work` calls `pad` before what has to come last.
 */
export function paddedTransaction<T>(
  store: Store,
  statements: number,
  work: (records: Records, pad: PadStatements) => Promise<T>,
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
    const pad = async (following: number) => {
      for (let missing = statements - following - made; missing > 0; missing--) await counted.contact(nobody);
    };
    const result = await work(counted, pad);
    await pad(0);
    return result;
  });
}

/** The id of no contact (RFC 9562, section 5.9). */
const nobody = '00000000-0000-0000-0000-000000000000';
