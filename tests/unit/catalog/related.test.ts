import { expect, test } from 'vitest';
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

test('of 5,000 entries by the same hosts only those that share a topic are looked at', { timeout: 60_000 }, () => {
  let looks = 0;
  const newestFirst = pieces(5000, 20).toReversed();
  const all = newestFirst.map((entry) => ({
    ...entry,
    get key() {
      looks += 1;
      return entry.key;
    },
    get at() {
      looks += 1;
      return entry.at;
    },
  }));
  const pairsByTopic = 5000 * (5000 / 20);
  expect(relatedKeys(all, 3).size).toBe(5000);
  expect(looks).toBeLessThan(8 * pairsByTopic);
});

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
