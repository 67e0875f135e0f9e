import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { secret } from '#capture/environment.ts';
import { openLimits } from '#capture/forms/limits.ts';
import { sqlite } from '../../../capture/stores.ts';

const secrets = [secret('a secret of more than thirty-two characters')];
const perNetwork = (most: number) => ({ perNetwork: most, perHour: 1 });

describe('limits', () => {
  it('let as many through as they say, and tell the next one when to come again', async () => {
    let now = 0;
    const limits = openLimits(perNetwork(2), { store: await sqlite.fresh(), secrets, clock: () => now });
    expect([await limits.ofNetwork('192.0.2.1'), await limits.ofNetwork('192.0.2.2')]).toEqual([undefined, undefined]);
    expect(await limits.ofNetwork('192.0.2.3')).toBe(600);
    now += 599_001;
    expect(await limits.ofNetwork('192.0.2.3')).toBe(1);
    now += 999;
    expect(await limits.ofNetwork('192.0.2.3')).toBeUndefined();
  });

  it.each([-4 * 3_600_000, 600_000])('hold nobody up for longer where the clock jumps by %d ms', async (jump) => {
    let now = Date.UTC(2026, 0, 15);
    const limits = openLimits(perNetwork(1), { store: await sqlite.fresh(), secrets, clock: () => now });
    await limits.ofNetwork('192.0.2.1');
    now += jump;
    await limits.ofNetwork('192.0.2.1');
    now += 600_000;
    expect(await limits.ofNetwork('192.0.2.1')).toBeUndefined();
  });

  it('keep nothing of a network but a short digest under the secret, and that for a day', async () => {
    const place = await sqlite.place();
    const store = sqlite.open(place);
    await store.migrate();
    const clock = () => Date.UTC(2026, 0, 15);
    const keys = () => {
      const database = new Database(place, { readonly: true });
      const all = database.prepare<[], { key: string }>('select key from limit_count').all();
      database.close();
      return all.map(({ key }) => key);
    };
    await openLimits(perNetwork(1), { store, secrets, clock }).ofNetwork('192.0.2.1');
    const other = [secret('another secret of more than thirty-two characters')];
    await openLimits(perNetwork(1), { store, secrets: other, clock }).ofNetwork('192.0.2.1');
    expect(keys()).toEqual([
      expect.stringMatching(/^network:[\da-f]{4}$/),
      expect.stringMatching(/^network:[\da-f]{4}$/),
    ]);
    await store.limits.prune(clock() + 86_400_000);
    expect(keys()).toEqual([]);
  });
});
