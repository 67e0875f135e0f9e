import { groups } from './groups.ts';
import { Holders } from './holders.ts';

/** What the choice of related entries looks at. */
export interface Relatable {
  key: string;
  /** Each once. */
  topics: readonly string[];
  people: readonly string[];
  /** Milliseconds; newer wins a tie. */
  at: number;
  /** Keys that the author picked, in order. */
  picked: readonly string[];
}

/**
 * For each entry the keys of at most `limit` others: those that its author picked, then those that share its topics
 * (a rare topic counts for more than a common one: each by the inverse of how many entries it has), then those that
 * share its people, then the newer. The key decides what is left, so that every build gives the same answer.
 */
export function relatedKeys(all: readonly Relatable[], limit: number): Map<string, string[]> {
  const known = new Set(all.map(({ key }) => key));
  const closest = closestEntries(all);
  return new Map(
    all.map((entry) => {
      const picked = [...new Set(entry.picked)].filter((key) => known.has(key) && key !== entry.key);
      const found = closest(entry, limit - picked.length, new Set([entry.key, ...picked]));
      return [entry.key, [...picked, ...found].slice(0, limit)];
    }),
  );
}

/**
 * How to find the keys of the `count` entries that are closest to one. Not every entry that shares something with it is
 * looked at, of which there are more with each new one: of those that share the same topics and people only the newest
 * can be among the closest, and no set is looked into whose newest entry would not be, if it shared all that is left.
 */
function closestEntries(all: readonly Relatable[]) {
  const perTopic = groups(all, ({ topics }) => topics);
  const perPerson = groups(all, ({ people }) => people);
  const weights = new Map([...perTopic].map(([topic, { length }]) => [topic, 1 / length]));
  const traits = traitsOf(all, perTopic, perPerson);
  const everything = new Holders(all.toSorted(newerFirst), (entry) => (traits.get(entry) ?? []).map(({ id }) => id));
  const closer = (a: Shared, b: Shared) => b.score - a.score || b.people - a.people || newerFirst(a.other, b.other);

  return (entry: Relatable, count: number, excluded: ReadonlySet<string>): string[] => {
    if (count <= 0) return [];
    const own = traits.get(entry) ?? [];
    /** What others can still share with it: what it has alone they cannot. */
    const open = {
      topics: new Set(entry.topics.filter((topic) => (perTopic.get(topic)?.length ?? 0) > 1)),
      people: new Set(entry.people.filter((person) => (perPerson.get(person)?.length ?? 0) > 1)),
    };
    const seen = new Set<Relatable>();
    const found: Shared[] = [];
    const mayBeCloser = ([newest]: readonly Relatable[]) => {
      const last = found[count - 1];
      if (!newest || !last) return true;
      const score = sum(entry.topics, (topic) => open.topics.has(topic), weights);
      return closer({ other: newest, score, people: open.people.size }, last) < 0;
    };
    const look = (holders: Holders<Relatable>, from: number) => {
      const { entries } = holders;
      const areFew = entries.length <= few;
      for (const other of areFew ? entries : entries.slice(0, count + excluded.size)) {
        if (seen.has(other) || excluded.has(other.key)) continue;
        seen.add(other);
        const shared = sharedBy(entry, other, weights);
        if (shared.score > 0 || shared.people > 0) insert(shared, found, count, closer);
      }
      if (areFew) return;
      const closed: Trait[] = [];
      for (let i = from; i < own.length && mayBeCloser(entries); i++) {
        const { id, kind, slug } = own[i] as Trait;
        const narrower = holders.having(id);
        if (narrower) look(narrower, i + 1);
        // What all of them have is in every set that they share.
        if (narrower?.entries.length === entries.length) break;
        open[kind].delete(slug);
        closed.push(own[i] as Trait);
      }
      for (const { kind, slug } of closed) open[kind].add(slug);
    };
    look(everything, 0);
    return found.map(({ other }) => other.key);
  };
}

/** So few entries are looked at one by one, whatever else they share. */
const few = 16;

/** A topic or a person that some entries have and others have not. */
interface Trait {
  id: number;
  kind: 'topics' | 'people';
  slug: string;
}

/** What tells entries from each other, the rarest first: not what one of them has alone, or all have. */
function traitsOf(
  all: readonly Relatable[],
  topics: ReadonlyMap<string, Relatable[]>,
  people: ReadonlyMap<string, Relatable[]>,
): Map<Relatable, Trait[]> {
  const holders = [
    ...[...topics].map(([slug, entries]) => ({ kind: 'topics' as const, slug, entries })),
    ...[...people].map(([slug, entries]) => ({ kind: 'people' as const, slug, entries })),
  ];
  const traits = new Map<Relatable, Trait[]>(all.map((entry) => [entry, []]));
  const telling = holders.filter(({ entries: { length } }) => length > 1 && length < all.length);
  for (const [id, { kind, slug, entries }] of telling.toSorted((a, b) => a.entries.length - b.entries.length).entries())
    for (const entry of entries) traits.get(entry)?.push({ id, kind, slug });
  return traits;
}

interface Shared {
  other: Relatable;
  score: number;
  people: number;
}

const sharedBy = ({ topics, people }: Relatable, other: Relatable, weights: Weights): Shared => ({
  other,
  score: sum(topics, (topic) => other.topics.includes(topic), weights),
  people: people.filter((person) => other.people.includes(person)).length,
});

/** Of the topics that are shared. Always added in one order, so that who shares more never has less. */
function sum(topics: readonly string[], isShared: (topic: string) => boolean, weights: Weights): number {
  let score = 0;
  for (const topic of topics) if (isShared(topic)) score += weights.get(topic) ?? 0;
  return score;
}

type Weights = ReadonlyMap<string, number>;

const newerFirst = (a: Relatable, b: Relatable) => b.at - a.at || (a.key < b.key ? -1 : 1);

/** Puts a member into the first `count` of a sorted list, if it is one of them. */
function insert<T>(member: T, list: T[], count: number, compare: (a: T, b: T) => number): void {
  let at = list.length;
  while (at > 0 && compare(member, list[at - 1] as T) < 0) at--;
  if (at >= count) return;
  list.splice(at, 0, member);
  if (list.length > count) list.pop();
}
