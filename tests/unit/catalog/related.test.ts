import { describe, expect, test } from 'vitest';
import { type Relatable, relatedKeys } from '#catalog/related.ts';

const piece = (key: string, facts: Partial<Relatable> = {}): Relatable => ({
  key,
  topics: [],
  people: [],
  at: 0,
  picked: [],
  ...facts,
});
const related = (all: Relatable[], key: string, limit = 3) => relatedKeys(all, limit).get(key);

test('what the author picked comes first, in the order of the author', () => {
  const all = [
    piece('a', { topics: ['fog'], picked: ['d', 'c'] }),
    piece('b', { topics: ['fog'] }),
    piece('c'),
    piece('d'),
  ];
  expect(related(all, 'a')).toEqual(['d', 'c', 'b']);
});

test('what is picked twice, or is picked and shares a topic, is shown once', () => {
  const all = [piece('a', { topics: ['fog'], picked: ['b', 'b'] }), piece('b', { topics: ['fog'] }), piece('c')];
  expect(related(all, 'a')).toEqual(['b']);
});

test('a pick that does not exist is left out, and so is the entry itself', () => {
  const all = [
    piece('a', { topics: ['fog'], people: ['joel'], picked: ['gone', 'a'] }),
    piece('b', { topics: ['fog'] }),
  ];
  expect(related(all, 'a')).toEqual(['b']);
});

test('one rare topic outweighs two common ones', () => {
  const crowd = Array.from({ length: 10 }, (_, i) => piece(`z${i}`, { topics: ['sales', 'marketing'], at: 100 }));
  const all = [
    piece('a', { topics: ['sales', 'marketing', 'lighthouses'] }),
    piece('b', { topics: ['lighthouses'] }),
    ...crowd,
  ];
  expect(related(all, 'a', 2)).toEqual(['b', 'z0']);
});

test('of two topics as common as each other, sharing both outweighs sharing one', () => {
  const all = [
    piece('a', { topics: ['fog', 'rain'] }),
    piece('b', { topics: ['fog'], people: ['joel'], at: 9 }),
    piece('c', { topics: ['fog', 'rain'] }),
    piece('d', { topics: ['rain'] }),
  ];
  expect(related(all, 'a', 1)).toEqual(['c']);
});

test('among equals by topic the one with more people in common comes first, then the newer, then the key', () => {
  const topics = ['fog'];
  const all = [
    piece('a', { topics, people: ['joel', 'matt'] }),
    piece('b', { topics, people: ['joel'], at: 3 }),
    piece('c', { topics, people: ['matt', 'joel'], at: 1 }),
    piece('d', { topics, people: ['ana'], at: 9 }),
    piece('f', { topics, people: ['ana'], at: 8 }),
    piece('e', { topics, people: ['ana'], at: 8 }),
  ];
  expect(related(all, 'a', 5)).toEqual(['c', 'b', 'd', 'e', 'f']);
});

test('who shares people alone fills the places that topics leave free', () => {
  const all = [
    piece('a', { topics: ['fog'], people: ['joel'] }),
    piece('b', { topics: ['fog'] }),
    piece('c', { topics: ['rain'], people: ['joel'], at: 1 }),
    piece('d', { topics: ['rain'], people: ['joel'], at: 2 }),
    piece('e', { topics: ['rain'], people: ['ana'], at: 3 }),
  ];
  expect(related(all, 'a')).toEqual(['b', 'd', 'c']);
  expect(related(all, 'a', 5)).toEqual(['b', 'd', 'c']);
});

test('nothing is related to an entry that shares nothing', () => {
  expect(related([piece('a', { topics: ['fog'] }), piece('b', { topics: ['rain'] })], 'a')).toEqual([]);
});

test('there are at most as many as the limit, picks included', () => {
  const keys = ['b', 'c', 'd', 'e'];
  const all = [piece('a', { topics: ['fog'], picked: keys }), ...keys.map((key) => piece(key, { topics: ['fog'] }))];
  expect(related(all, 'a', 3)).toEqual(['b', 'c', 'd']);
  expect(related(all, 'b', 3)).toHaveLength(3);
  expect(related(all, 'a', 0)).toEqual([]);
});

test('the order in which entries are read makes no difference', () => {
  const all = pieces(60, 7);
  const answer = relatedKeys(all, 3);
  for (const step of [7, 11, 13, 59]) {
    const shuffled = all.map((_, i) => all[(i * step) % all.length] as Relatable);
    expect(new Set(shuffled).size).toBe(all.length);
    const again = relatedKeys(shuffled, 3);
    for (const [key, keys] of answer) expect(again.get(key)).toEqual(keys);
  }
});

test('the short list is the head of the whole order', () => {
  const all = pieces(60, 7);
  const whole = relatedKeys(all, all.length);
  for (const [key, keys] of relatedKeys(all, 3)) {
    expect(keys).toEqual(whole.get(key)?.slice(0, 3));
    expect(keys).not.toContain(key);
    expect(new Set(keys).size).toBe(3);
  }
});

describe('the answer is that of holding each entry against all others, where', () => {
  test.each<[string, (i: number, random: Random) => Partial<Relatable>]>([
    ['a topic holds a third of all', (i) => ({ topics: [`big-${i % 3}`], people: ['joel'] })],
    [
      'topics are rare and common, and guests come back',
      (_, random) => ({
        topics: some('topic', 30, random(4) + 1, random, 3),
        people: some('guest', 12, random(4), random),
      }),
    ],
    [
      'one topic and one host are everywhere',
      (_, random) => ({ topics: ['all', ...some('t', 4, 2, random)], people: ['joel'] }),
    ],
    ['nobody has a topic', (_, random) => ({ people: some('guest', 6, random(3), random) })],
    [
      'nearly all are on the same cast and topics',
      (_, random) => ({
        topics: some('t', 5, 12, random),
        people: some('cast', 7, 20, random),
      }),
    ],
    ['authors pick some', (i, random) => ({ topics: [`t${i % 4}`], picked: [`e${random(150)}`, `e${random(150)}`] })],
    ['many appear on one day', (i, random) => ({ topics: some('t', 8, 2, random), people: ['joel'], at: i % 3 })],
  ])('%s', (_, facts) => {
    for (const seed of [1, 2, 3]) {
      const random = seeded(seed);
      const all = Array.from({ length: 150 }, (_, i) => piece(`e${i}`, { at: i, ...facts(i, random) }));
      for (const limit of [1, 3, 5]) expect(relatedKeys(all, limit)).toEqual(heldAgainstAll(all, limit));
    }
  });
});

test.each<[string, (count: number) => Relatable[]]>([
  ['of one topic each', (count) => pieces(count, 20)],
  [
    'of many topics and people each',
    (count) => {
      const random = seeded(1);
      const facts = () => ({ topics: some('t', 20, 6, random), people: some('cast', 12, 6, random) });
      return Array.from({ length: count }, (_, i) => piece(`e${i}`, { at: i, ...facts() }));
    },
  ],
])('ten times as many entries %s take about ten times as many looks', { timeout: 60_000 }, (_, series) => {
  const looks = (count: number) => {
    let looks = 0;
    const all = series(count).map((entry) => ({
      ...entry,
      get topics() {
        looks += 1;
        return entry.topics;
      },
      get people() {
        looks += 1;
        return entry.people;
      },
    }));
    expect(relatedKeys(all, 3).size).toBe(count);
    return looks;
  };
  expect(looks(5000)).toBeLessThan(15 * looks(500));
});

/** What {@link relatedKeys} is to find, by its definition alone. */
function heldAgainstAll(all: Relatable[], limit: number): Map<string, string[]> {
  const holders: Record<string, number> = {};
  for (const topic of all.flatMap(({ topics }) => topics)) holders[topic] = (holders[topic] ?? 0) + 1;
  return new Map(
    all.map((entry) => {
      const picked = [...new Set(entry.picked)].filter(
        (key) => key !== entry.key && all.some((each) => each.key === key),
      );
      const others = all
        .filter(({ key }) => key !== entry.key && !picked.includes(key))
        .map((other) => ({
          other,
          score: entry.topics.reduce(
            (sum, topic) => sum + (other.topics.includes(topic) ? 1 / (holders[topic] ?? 0) : 0),
            0,
          ),
          people: entry.people.filter((person) => other.people.includes(person)).length,
        }))
        .filter(({ score, people }) => score > 0 || people > 0)
        .toSorted(
          (a, b) =>
            b.score - a.score || b.people - a.people || b.other.at - a.other.at || (a.other.key < b.other.key ? -1 : 1),
        );
      return [entry.key, [...picked, ...others.map(({ other }) => other.key)].slice(0, limit)];
    }),
  );
}

type Random = (below: number) => number;

/** A linear congruential generator (Numerical Recipes): whole numbers below a limit, the same for each seed. */
function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** At most `count` different names of `of`; the greater `skew`, the more often the first ones. */
const some = (name: string, of: number, count: number, random: Random, skew = 1): string[] => [
  ...new Set(Array.from({ length: count }, () => `${name}-${Math.floor(of * (random(1000) / 1000) ** skew)}`)),
];

/** Entries of one topic each and by the same hosts, some with one of ten guests. */
function pieces(count: number, topics: number): Relatable[] {
  return Array.from({ length: count }, (_, i) =>
    piece(`episodes/e${String(i).padStart(4, '0')}`, {
      topics: [`topic-${i % topics}`],
      people: ['joel', 'matt', ...(i % 3 === 0 ? [`guest-${i % 10}`] : [])],
      at: Math.floor(i / 2),
    }),
  );
}
