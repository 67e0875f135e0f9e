import { describe, expect, it } from 'vitest';
import { openLimits } from '#capture/forms/limits.ts';

const salt = (count: number) => new Uint8Array(count).fill(7);

describe('limits', () => {
  it('let as many through as they say, and tell the next one when to come again', async () => {
    const limits = openLimits({ perNetwork: 2, perHour: 1 }, salt);
    expect([await limits.ofNetwork('192.0.2.1'), await limits.ofNetwork('192.0.2.2')]).toEqual([undefined, undefined]);
    expect(await limits.ofNetwork('192.0.2.3')).toBe(600);
    expect(await limits.ofAll()).toBeUndefined();
    expect(await limits.ofAll()).toBe(3600);
  });

  it('are of one process: another one counts for itself', async () => {
    const [one, other] = [
      openLimits({ perNetwork: 1, perHour: 1 }, salt),
      openLimits({ perNetwork: 1, perHour: 1 }, salt),
    ];
    await one.ofAll();
    expect(await other.ofAll()).toBeUndefined();
  });

  it('keep no more counts than there are slots, however many networks come', async () => {
    const limits = openLimits({ perNetwork: 1, perHour: 1 }, salt);
    // By the pigeonhole principle, 65,537 networks cannot all have a count of their own.
    let shared = 0;
    for (let n = 0; n <= 65_536; n++)
      if ((await limits.ofNetwork(`10.${n >> 8}.${n & 255}.1`.replace('10.256', '11.0'))) !== undefined) shared += 1;
    expect(shared).toBeGreaterThan(0);
  });
});
