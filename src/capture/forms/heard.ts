import { createHash } from 'node:crypto';
import type { Store } from '#capture/store/store.ts';
import type { HeardDayRow, HeardKind } from '#capture/store/tables.ts';
import type { Randomness } from '#capture/store/tokens.ts';

/** Somebody was sent enough of a recording to have heard it. */
export interface Hearing {
  /** `episodes/<slug>`. */
  entry: string;
  kind: HeardKind;
  /** What tells this listener from others for a day: an address and what the browser or app calls itself. Never kept. */
  listener: string;
}

/** Views of an entry's page, added up. */
export interface ReadCount {
  /** `episodes/<slug>` or `posts/<slug>`. */
  entry: string;
  n: number;
}

/** Counts who heard a recording, each listener once a day, over all processes; and how often pages of entries were opened. */
export interface Heard {
  count(hearings: readonly Hearing[]): void;
  countReads(reads: readonly ReadCount[]): void;
  /** Writes what was counted. What a store cannot take now is written with the next flush. */
  flush(): Promise<void>;
}

const day = 24 * 60 * 60_000;
/** Of hearings that a store cannot take. */
const most = 10_000;

/**
 * Of a listener only a hash is kept, under a salt of the day that is random, kept nowhere else and thrown away when the day is
 * over: then nobody can tell any more whose it was, or that two days had the same one.
 */
export function openHeard({
  store,
  clock,
  random,
}: {
  store: Pick<Store, 'heard' | 'limits'>;
  clock: () => number;
  random: Randomness;
}): Heard {
  let waiting: Hearing[] = [];
  const reads = new Map<string, number>();
  let salt: { day: string; value: string } | undefined;
  const saltOf = async (today: string) => {
    if (salt?.day === today) return salt.value;
    await store.heard.forget(today);
    salt = { day: today, value: await store.heard.salt(today, Buffer.from(random(16)).toString('hex')) };
    return salt.value;
  };
  return {
    count(hearings) {
      waiting.push(...hearings.slice(0, most - waiting.length));
    },
    countReads(counted) {
      for (const { entry, n } of counted) reads.set(entry, (reads.get(entry) ?? 0) + n);
    },
    async flush() {
      const today = new Date(clock()).toISOString().slice(0, 10);
      if (reads.size > 0) {
        const taken = [...reads].map(([entry, n]) => ({ day: today, entry, kind: 'read' as const, n }));
        await store.heard.add(taken);
        for (const { entry, n } of taken) {
          const since = (reads.get(entry) ?? 0) - n;
          if (since > 0) reads.set(entry, since);
          else reads.delete(entry);
        }
      }
      // Also on a day on which nobody listens.
      if (waiting.length === 0) {
        if (salt && salt.day !== today) await saltOf(today);
        return;
      }
      const taken = waiting;
      waiting = [];
      const totals = new Map<string, HeardDayRow>();
      let done = 0;
      try {
        const key = await saltOf(today);
        for (const { entry, kind, listener } of taken) {
          const digest = createHash('sha256').update(`${key}\n${listener}\n${entry}`).digest('hex').slice(0, 32);
          const first = await store.limits.take(`heard:${digest}`, { most: 1, milliseconds: day }, clock());
          done += 1;
          if (first.kind === 'refused') continue;
          const total = totals.get(`${entry} ${kind}`) ?? { day: today, entry, kind, n: 0 };
          totals.set(`${entry} ${kind}`, { ...total, n: total.n + 1 });
        }
      } catch (error) {
        waiting.unshift(...taken.slice(done));
        throw error;
      } finally {
        await store.heard.add([...totals.values()]);
      }
    },
  };
}
