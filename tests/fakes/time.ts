import { setImmediate } from 'node:timers/promises';

/** A clock that goes on only when everyone sleeps, and then at once to when the first one wakes. */
export function fakeTime(start = Date.UTC(2026, 10, 22, 14, 5)) {
  const sleepers = new Set<{ at: number; wake: () => void }>();
  let now = start;
  return {
    clock: () => now,
    sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper = { at: now + milliseconds, wake: () => (sleepers.delete(sleeper), resolve()) };
        sleepers.add(sleeper);
        signal.addEventListener('abort', sleeper.wake, { once: true });
      });
    },
    /** Lets all go on that needs no time. */
    settle,
    /** Lets time go by until `condition` holds. */
    async until(condition: () => boolean | Promise<boolean>): Promise<void> {
      for (let step = 0; step < 50_000; step += 1) {
        await settle();
        if (await condition()) return;
        const [first] = [...sleepers].toSorted((one, other) => one.at - other.at);
        if (!first) throw new Error('Nobody sleeps, and it has not come to pass.');
        now = Math.max(now, first.at);
        first.wake();
      }
      throw new Error('It has not come to pass.');
    },
    /** Lets so many milliseconds go by. */
    async pass(milliseconds: number): Promise<void> {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const [first] = [...sleepers].toSorted((one, other) => one.at - other.at);
        if (!first || first.at > end) break;
        now = Math.max(now, first.at);
        first.wake();
      }
      now = end;
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await setImmediate();
}
