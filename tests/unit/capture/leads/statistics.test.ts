import { describe, expect, it } from 'vitest';
import { answeredWithin, waitQuantile, waitsByGroup, wilsonInterval } from '#capture/leads/statistics.ts';

const hour = 3_600_000;
const waits = (hours: readonly number[], unanswered = 0) => ({
  answered: hours.map((each) => each * hour),
  unanswered,
});

/** Numbers that look random and are always the same (a linear congruential generator, Numerical Recipes). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

describe('a quantile of waits', () => {
  it('is the shortest time within which that share was answered', () => {
    expect(waitQuantile(waits([1, 2, 3, 4, 5]), 0.5)).toBe(3 * hour);
    expect(waitQuantile(waits([1, 2, 3, 4]), 0.5)).toBe(2 * hour);
    expect(waitQuantile(waits([1]), 0.9)).toBe(hour);
    expect(waitQuantile(waits([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 0.9)).toBe(9 * hour);
  });

  it('counts who waits as longer than any who was answered', () => {
    expect(waitQuantile(waits([1, 2], 1), 0.5)).toBe(2 * hour);
    expect(waitQuantile(waits([1, 2], 2), 0.5)).toBe(2 * hour);
    expect(waitQuantile(waits([1, 2], 3), 0.5)).toBe('not yet');
    expect(waitQuantile(waits([], 1), 0.5)).toBe('not yet');
  });

  it('is none of nobody', () => {
    expect(waitQuantile(waits([]), 0.5)).toBeUndefined();
  });

  it('never gets shorter when somebody waits more, and grows with the share', () => {
    const next = numbers(7);
    const order = (value: number | 'not yet' | undefined) => (value === 'not yet' ? Infinity : (value ?? -1));
    for (let run = 0; run < 500; run++) {
      const answered = Array.from({ length: 1 + Math.floor(next() * 40) }, () => Math.floor(next() * 100)).toSorted(
        (one, two) => one - two,
      );
      const unanswered = Math.floor(next() * 20);
      const share = 0.01 + next() * 0.99;
      const of = (some: number, part = share) => order(waitQuantile({ answered, unanswered: some }, part));
      expect(of(unanswered + 1)).toBeGreaterThanOrEqual(of(unanswered));
      expect(of(unanswered, Math.min(1, share + 0.1))).toBeGreaterThanOrEqual(of(unanswered));
      const quantile = waitQuantile({ answered, unanswered }, share);
      if (typeof quantile !== 'number') continue;
      const all = answered.length + unanswered;
      const within = (value: number) => answered.filter((each) => each <= value).length / all;
      // That share of them were, and of any shorter time it is not true.
      expect(within(quantile)).toBeGreaterThanOrEqual(share - 1e-9);
      expect(answered.filter((each) => each < quantile).length / all).toBeLessThan(share);
      expect(answeredWithin({ answered, unanswered }, quantile)).toBe(
        answered.filter((each) => each <= quantile).length,
      );
    }
  });
});

describe('the waits of leads', () => {
  it('are those of their groups, sorted, and of all of them', () => {
    const lead = (group: number, wait?: number) => ({ group, wait });
    const leads = [lead(1, 5), lead(0), lead(1, 3), lead(0, 9), lead(1), lead(1, 3)];
    const { all, groups, wider } = waitsByGroup(leads, ({ group }) => group, { count: 2 });
    expect(all).toEqual({ answered: [3, 3, 5, 9], unanswered: 2 });
    expect(groups).toEqual([
      { answered: [9], unanswered: 1 },
      { answered: [3, 3, 5], unanswered: 1 },
    ]);
    expect(wider).toEqual([all]);
  });

  it('keep every lead, whatever the groups', () => {
    const next = numbers(11);
    for (let run = 0; run < 100; run++) {
      const leads = Array.from({ length: Math.floor(next() * 200) }, () => ({
        ...{ wait: next() < 0.3 ? undefined : Math.floor(next() * 1e10), group: Math.floor(next() * 42) },
      }));
      const { all, groups, wider } = waitsByGroup(leads, ({ group }) => group, {
        count: 42,
        wider: { of: (group) => Math.floor(group / 6), count: 7 },
      });
      expect(all.answered.length + all.unanswered).toBe(leads.length);
      for (const parts of [groups, wider]) {
        expect(parts.flatMap(({ answered }) => answered).toSorted((one, two) => one - two)).toEqual(all.answered);
        expect(parts.reduce((sum, { unanswered }) => sum + unanswered, 0)).toBe(all.unanswered);
      }
      for (const { answered } of [...groups, ...wider])
        expect(answered).toEqual(answered.toSorted((one, two) => one - two));
      const expected = leads.flatMap(({ wait }) => wait ?? []);
      expect(all.answered).toEqual(expected.toSorted((one, two) => one - two));
    }
  });
});

describe('the range of a rate', () => {
  it('is that of Wilson', () => {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29.
    const rounded = (hits: number, tries: number) => {
      const { low = Number.NaN, high = Number.NaN } = wilsonInterval(hits, tries) ?? {};
      return [low, high].map((rate) => Number(rate.toFixed(4)));
    };
    expect(rounded(81, 263)).toEqual([0.2553, 0.3662]);
    expect(rounded(15, 148)).toEqual([0.0624, 0.1605]);
    expect(rounded(0, 20)).toEqual([0, 0.1611]);
    expect(rounded(1, 29)).toEqual([0.0061, 0.1718]);
  });

  it('has the rate in it, lies from none to all, and narrows with more tries', () => {
    const next = numbers(3);
    for (let run = 0; run < 1000; run++) {
      const tries = 1 + Math.floor(next() * 5000);
      const hits = Math.floor(next() * (tries + 1));
      const range = wilsonInterval(hits, tries);
      if (!range) throw new Error('There is no range.');
      expect(range.low).toBeGreaterThanOrEqual(0);
      expect(range.high).toBeLessThanOrEqual(1);
      expect(range.low).toBeLessThanOrEqual(hits / tries + 1e-12);
      expect(range.high).toBeGreaterThanOrEqual(hits / tries - 1e-12);
      const wider = wilsonInterval(hits * 4, tries * 4);
      expect((wider?.high ?? 1) - (wider?.low ?? 0)).toBeLessThan(range.high - range.low);
      // The other side of the same coin.
      const misses = wilsonInterval(tries - hits, tries);
      expect(misses?.low).toBeCloseTo(1 - range.high, 9);
      expect(misses?.high).toBeCloseTo(1 - range.low, 9);
    }
  });

  it('is none of nothing, and of more hits than tries', () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
    expect(wilsonInterval(3, 2)).toBeUndefined();
  });
});
