import type { Context } from '#capture/context.ts';
import type { Records } from '#capture/store/store.ts';

/** How many statements of a kind a unit makes, in how many turns: those of one turn do not wait for one another. */
export interface Statements {
  reads: number;
  writes: number;
  turns: number;
}

/**
 * A unit of work of always the same number of `statements`, whatever it finds, so that the time of an answer reveals
 * little of the person it is about: one that writes nothing would end without waiting for the disk.
 */
export function paddedTransaction<T>(
  { store, clock, random }: Pick<Context, 'store' | 'clock' | 'random'>,
  statements: Statements,
  work: (records: Records) => Promise<T>,
): Promise<T> {
  return store.transaction(async (records) => {
    const made: Statements = { reads: 0, writes: 0, turns: 0 };
    let underWay = 0;
    const counted = new Proxy(records, {
      get(target, name): unknown {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...values: unknown[]): Promise<unknown> => {
          made[reads.has(name as keyof Records) ? 'reads' : 'writes'] += 1;
          if (underWay === 0) made.turns += 1;
          underWay += 1;
          try {
            return await (Reflect.apply(method, target, values) as Promise<unknown>);
          } finally {
            underWay -= 1;
          }
        };
      },
    });
    const result = await work(counted);
    // One of many rows: who writes the same one waits for the other.
    const row = `pad:${Buffer.from(random(2)).toString('hex')}`;
    const left = (kind: 'reads' | 'writes') => Math.max(0, statements[kind] - made[kind]);
    while (left('reads') + left('writes') > 0) {
      const turns = Math.max(1, statements.turns - made.turns);
      const share = (kind: 'reads' | 'writes') => Array.from({ length: Math.ceil(left(kind) / turns) });
      await Promise.all([
        ...share('reads').map(() => counted.contact(nobody)),
        ...share('writes').map(() => counted.take(row, endless, clock())),
      ]);
    }
    return result;
  });
}

const reads: ReadonlySet<keyof Records> = new Set([
  ...(['lockMailbox', 'contact', 'contactByAddress', 'confirmations', 'subscription', 'consentText'] as const),
  ...(['consentEvents', 'submission', 'submissionsOf', 'token', 'mailsTo', 'suppressionOf'] as const),
  ...(['approvedComment', 'commentsIn', 'questionsIn'] as const),
]);

/** A window that always has one more. */
const endless = { most: Number.MAX_SAFE_INTEGER, milliseconds: 1 };

/** The id of no contact (RFC 9562, section 5.9). */
const nobody = '00000000-0000-0000-0000-000000000000';
