import { closest, distance } from 'fastest-levenshtein';

/** The candidate that is most like `value`, if there are any; one that differs in case alone comes first. */
export function closestMatch(value: string, candidates: Iterable<string>): string | undefined {
  const list = [...candidates];
  if (list.length === 0) return undefined;
  const lower = value.toLowerCase();
  return list.find((candidate) => candidate.toLowerCase() === lower) ?? closest(value.slice(0, longest), list);
}

/**
 * The candidate that `value` may be a misspelling of: two letters of five may differ, and `least` whatever the length. Two
 * letters that changed places are two that differ.
 */
export function resembling(value: string, candidates: Iterable<string>, least = 0): string | undefined {
  const found = closestMatch(value, candidates);
  if (found === undefined) return undefined;
  const cut = value.slice(0, longest).toLowerCase();
  const most = Math.max(least, 0.4 * Math.max(cut.length, found.length));
  return distance(cut, found.toLowerCase()) <= most ? found : undefined;
}

/** More letters than any slug or name has: what is longer is cut before it is compared. */
const longest = 120;
