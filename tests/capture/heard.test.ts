import { expect, test } from 'vitest';
import { openHeard, type Hearing, type ReadCount } from '#capture/forms/heard.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import { noon } from './rows.ts';
import { day } from './scene.ts';
import { forEachStore } from './stores.ts';

const hearing = (listener: string, more: Partial<Hearing> = {}): Hearing => ({
  ...{ entry: 'episodes/one', kind: 'app', listener, ...more },
});

function counting(store: Pick<Store, 'heard' | 'limits'>, drawn = 1) {
  let now = noon;
  const heard = openHeard({ store, clock: () => now, random: (bytes) => Buffer.alloc(bytes, drawn) });
  const countReads = async (...reads: ReadCount[]) => {
    heard.countReads(reads);
    await heard.flush();
  };
  const count = async (...hearings: Hearing[]) => {
    heard.count(hearings);
    await heard.flush();
  };
  return { count, countReads, flush: () => heard.flush(), pass: (milliseconds: number) => void (now += milliseconds) };
}

forEachStore('who heard a recording', ({ place, open }) => {
  test('is counted once a day for each entry, over all processes', async () => {
    const where = await place();
    const [store, other] = [open(where), open(where)];
    await store.migrate();
    const [one, two] = [counting(store), counting(other, 2)];
    await one.count(hearing('ann'), hearing('ann'), hearing('ben', { kind: 'player' }));
    await two.count(hearing('ann'), hearing('ann', { entry: 'episodes/two' }), hearing('cy'));
    expect(await store.reading.heard({})).toEqual([
      { entry: 'episodes/one', kind: 'app', n: 2 },
      { entry: 'episodes/one', kind: 'player', n: 1 },
      { entry: 'episodes/two', kind: 'app', n: 1 },
    ]);
    one.pass(day);
    await one.count(hearing('ann'));
    expect(await store.reading.heard({ since: '2026-01-16' })).toEqual([{ entry: 'episodes/one', kind: 'app', n: 1 }]);
    expect(await store.reading.heard({ until: '2026-01-15', since: '2026-01-15' })).toHaveLength(3);
  });

  test('is told apart by a salt that is gone when its day is over', async () => {
    const store = open(await place());
    await store.migrate();
    const { count, pass, flush } = counting(store);
    await count(hearing('ann'));
    expect(await store.heard.salt('2026-01-15', 'another')).toBe('01'.repeat(16));
    pass(day);
    await flush();
    expect(await store.heard.salt('2026-01-15', 'another')).toBe('another');
  });

  test('stands beside how often pages were opened, which is counted each time and waits for a store that is away', async () => {
    const store = open(await place());
    await store.migrate();
    let isAway = true;
    const heard = {
      ...store.heard,
      add: async (rows: Parameters<typeof store.heard.add>[0]) => {
        if (isAway) throw new StoreUnavailable('away');
        await store.heard.add(rows);
      },
    };
    const { countReads, flush } = counting({ heard, limits: store.limits });
    await expect(countReads({ entry: 'posts/fog', n: 2 }, { entry: 'posts/fog', n: 1 })).rejects.toThrow('away');
    isAway = false;
    await flush();
    await countReads({ entry: 'posts/fog', n: 4 });
    expect(await store.reading.heard({})).toEqual([{ entry: 'posts/fog', kind: 'read', n: 7 }]);
  });

  test('waits where the store takes nothing, and is counted then', async () => {
    const store = open(await place());
    await store.migrate();
    let isAway = true;
    const limits = {
      ...store.limits,
      take: (...values: Parameters<typeof store.limits.take>) =>
        isAway ? Promise.reject(new StoreUnavailable('away')) : store.limits.take(...values),
    };
    const { count, flush } = counting({ heard: store.heard, limits });
    await expect(count(hearing('ann'))).rejects.toThrow(StoreUnavailable);
    isAway = false;
    await flush();
    expect(await store.reading.heard({})).toEqual([{ entry: 'episodes/one', kind: 'app', n: 1 }]);
  });
});
