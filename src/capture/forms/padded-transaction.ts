import type { Context } from '#capture/context.ts';
import type { Records } from '#capture/store/store.ts';

/** Does nothing of use until only `following` writes are left of those that a unit of work makes. */
export type PadStatements = (following: number) => Promise<void>;

/** How many statements of a kind a unit makes. */
export interface Statements {
  reads: number;
  writes: number;
}

/**
 * A unit of work of always the same number of `statements`, whatever it finds, so that the time of an answer reveals
 * little of the person it is about: one that writes nothing would end without waiting for the disk. `work` calls `pad`
 * before what has to come last.
 */
export function paddedTransaction<T>(
  { store, clock, random }: Pick<Context, 'store' | 'clock' | 'random'>,
  statements: Statements,
  work: (records: Records, pad: PadStatements) => Promise<T>,
): Promise<T> {
  return store.transaction(async (records) => {
    const made: Statements = { reads: 0, writes: 0 };
    const counted = new Proxy(records, {
      get(target, name): unknown {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...values: unknown[]): unknown => {
          made[reads.has(name as keyof Records) ? 'reads' : 'writes'] += 1;
          return Reflect.apply(method, target, values);
        };
      },
    });
    // One of many rows: who writes the same one waits for the other.
    const row = `pad:${Buffer.from(random(2)).toString('hex')}`;
    const pad = async (following: number) => {
      while (made.reads < statements.reads) await counted.contact(nobody);
      while (made.writes < statements.writes - following) await counted.take(row, endless, clock());
    };
    const result = await work(counted, pad);
    await pad(0);
    return result;
  });
}

const reads: ReadonlySet<keyof Records> = new Set([
  ...(['lockMailbox', 'contact', 'contactByAddress', 'confirmations', 'subscription', 'consentText'] as const),
  ...(['consentEvents', 'submission', 'submissionsOf', 'token', 'mailsTo', 'isSuppressed'] as const),
  ...(['approvedComment', 'commentsIn', 'questionsIn'] as const),
]);

/** A window that always has one more. */
const endless = { most: Number.MAX_SAFE_INTEGER, milliseconds: 1 };

/** The id of no contact (RFC 9562, section 5.9). */
const nobody = '00000000-0000-0000-0000-000000000000';
