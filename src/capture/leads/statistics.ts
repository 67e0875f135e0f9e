/**
 * How long leads waited for their first answer. Who still waits counts as longer than any who was answered, so that silence
 * never flatters.
 */
export interface Waits {
  /** How long each answered one waited, in milliseconds, the shortest first. */
  answered: readonly number[];
  /** How many have no answer. */
  unanswered: number;
}

/** `not yet` where that share of them has not been answered until now. */
export type WaitQuantile = number | 'not yet';

/** How many groups there may be. */
const most = 64;

/**
 * The waits of leads by group, of which there are `count`, by groups of those, and of all of them. `wait` is in milliseconds,
 * undefined of who has no answer. They are sorted once, as numbers that have the group in them.
 */
export function waitsByGroup<Lead extends { wait: number | undefined }>(
  leads: readonly Lead[],
  groupOf: (lead: Lead) => number,
  {
    count,
    wider = { of: () => 0, count: 1 },
  }: { count: number; wider?: { of: (group: number) => number; count: number } },
): { all: Waits; groups: Waits[]; wider: Waits[] } {
  if (count > most) throw new RangeError(`There may be ${most} groups.`);
  const empty = () => ({ answered: [] as number[], unanswered: 0 });
  const all = empty();
  const each = Array.from({ length: count }, empty);
  const wide = Array.from({ length: wider.count }, empty);
  const ofGroup = each.map((own, group) => [all, own, wide[wider.of(group)] ?? empty()]);
  const keys = new Float64Array(leads.length);
  let answered = 0;
  for (const lead of leads) {
    const [{ wait }, group] = [lead, groupOf(lead)];
    if (wait !== undefined) keys[answered++] = wait * most + group;
    else for (const waits of ofGroup[group] ?? []) waits.unanswered += 1;
  }
  for (const key of keys.subarray(0, answered).toSorted()) {
    const wait = Math.floor(key / most);
    for (const waits of ofGroup[key % most] ?? []) waits.answered.push(wait);
  }
  return { all, groups: each, wider: wide };
}

/**
 * The shortest time within which at least `share` (over 0, up to 1) of all were answered: the quantile by the nearest rank.
 * Undefined where there are none.
 */
export function waitQuantile({ answered, unanswered }: Waits, share: number): WaitQuantile | undefined {
  const all = answered.length + unanswered;
  if (all === 0) return undefined;
  // A share such as 0.9 is no binary fraction: of ten, the ninth is meant.
  const rank = Math.max(1, Math.ceil(share * all - 1e-9));
  return answered[rank - 1] ?? 'not yet';
}

/** How many were answered within so many milliseconds. */
export function answeredWithin({ answered }: Waits, milliseconds: number): number {
  let [low, high] = [0, answered.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((answered[middle] ?? Infinity) <= milliseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of the standard normal distribution: 95 % lies so near its middle. */
const z = 1.959964;

/**
 * The range in which the true rate lies 19 times in 20, where `hits` of `tries` were seen (Wilson 1927). It holds for few
 * tries and for none or all of them hit, which the plain normal range does not. Undefined without tries, or where more hits
 * than tries were counted, which no rate explains.
 */
export function wilsonInterval(hits: number, tries: number): { low: number; high: number } | undefined {
  if (tries <= 0 || hits < 0 || hits > tries) return undefined;
  const rate = hits / tries;
  const spread = z ** 2 / tries;
  const middle = (rate + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((rate * (1 - rate)) / tries + spread / (4 * tries))) / (1 + spread);
  return {
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === tries ? 1 : Math.min(1, middle + half),
  };
}
