import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { outboxWorker } from '#capture/outbox/worker.ts';
import { forEachStore } from './stores.ts';

forEachStore('two workers on one outbox', ({ place, open }) => {
  it('share it, and deliver each row once', async () => {
    const where = await place();
    const [one, other] = [open(where), open(where)];
    await one.migrate();
    const count = 60;
    await one.transaction(async (records) => {
      for (let number = 0; number < count; number += 1)
        await records.enqueue({
          id: `0193b9a0-0000-7000-8000-${String(number).padStart(12, '0')}`,
          kind: 'webhook',
          lane: 'webhook',
          dedupeKey: `test:${number}`,
          contactId: null,
          payload: '{}',
          state: 'ready',
          attempts: 0,
          runAt: 0,
          leaseUntil: null,
          lastError: null,
        });
    });

    const delivered: { by: string; id: string }[] = [];
    const everything = Promise.withResolvers<void>();
    // Each waits with its first row until the other has one too, so that neither is done before both have begun.
    const begun = new Set<string>();
    const bothBegun = Promise.withResolvers<void>();
    const workers = Object.entries({ one, other }).map(([by, store]) =>
      outboxWorker({
        store,
        handlers: [
          {
            lane: 'webhook',
            async deliver({ id }) {
              if (begun.add(by).size === 2) bothBegun.resolve();
              await bothBegun.promise;
              delivered.push({ by, id });
              if (delivered.length === count) everything.resolve();
            },
            schedule: [],
            lease: 60_000,
            atOnce: 5,
          },
        ],
        clock: () => 1000,
        monotonic: () => 1000,
        // Rests are short, and the end waits for what is under way however long the store takes.
        sleep: (milliseconds) => (milliseconds === Infinity ? new Promise(() => {}) : setImmediate()),
        lastMoments: Infinity,
        random: (bytes) => new Uint8Array(bytes),
        log: () => {},
      }),
    );
    for (const worker of workers) worker.start();
    await everything.promise;
    for (const worker of workers) await worker.stop();

    expect(new Set(delivered.map(({ id }) => id)).size).toBe(count);
    expect(delivered).toHaveLength(count);
    expect(new Set(delivered.map(({ by }) => by))).toEqual(new Set(['one', 'other']));
    expect(await one.outbox.progress('test:')).toMatchObject({ done: count, ready: 0, leased: 0 });
  });
});
