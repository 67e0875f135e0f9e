import { groups } from './groups.ts';

/** What the choice of related entries looks at. */
export interface Relatable {
  key: string;
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
  const perTopic = groups(all, ({ topics }) => topics);
  const perPerson = groups(all, ({ people }) => people);

  return new Map(
    all.map((entry) => {
      const picked = [...new Set(entry.picked)].filter((key) => known.has(key) && key !== entry.key);
      const free = limit - picked.length;
      const chosen = new Set([entry.key, ...picked]);
      const scores = new Map<Relatable, number>();
      const score = (others: readonly Relatable[], points: number) => {
        for (const other of others) if (!chosen.has(other.key)) scores.set(other, (scores.get(other) ?? 0) + points);
      };
      for (const topic of entry.topics) {
        const sharing = perTopic.get(topic) ?? [];
        score(sharing, 1 / sharing.length);
      }
      // The hosts share every entry: who shares people alone is looked at only where topics leave places free.
      if (scores.size < free) for (const person of entry.people) score(perPerson.get(person) ?? [], 0);

      const shared = ({ people }: Relatable) => people.filter((person) => entry.people.includes(person)).length;
      const found = leading(
        [...scores],
        free,
        ([a, aScore], [b, bScore]) =>
          bScore - aScore || shared(b) - shared(a) || b.at - a.at || (a.key < b.key ? -1 : 1),
      );
      return [entry.key, [...picked, ...found.map(([{ key }]) => key)].slice(0, limit)];
    }),
  );
}

/** The first `count` of what sorting a list would give; what comes after them is never sorted. */
function leading<T>(list: readonly T[], count: number, compare: (a: T, b: T) => number): T[] {
  const found: T[] = [];
  for (const each of list) {
    const at = found.findIndex((other) => compare(each, other) < 0);
    if (at >= 0 || found.length < count) found.splice(at >= 0 ? at : found.length, 0, each);
    if (found.length > count) found.pop();
  }
  return found;
}
