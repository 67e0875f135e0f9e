import { closest, distance } from 'fastest-levenshtein';

/** The candidate that is most like `value`, if there are any; one that differs in case alone comes first. */
export function closestMatch(value: string, candidates: Iterable<string>): string | undefined {
  const list = [...candidates];
  if (list.length === 0) return undefined;
  const lower = value.toLowerCase();
  return list.find((candidate) => candidate.toLowerCase() === lower) ?? closest(value.slice(0, longest), list);
}

/** The candidate that `value` may be a slip of: all but two letters of five are the same. */
export function resembling(value: string, candidates: Iterable<string>): string | undefined {
  const found = closestMatch(value, candidates);
  const slips = distance(value.slice(0, longest).toLowerCase(), found?.toLowerCase() ?? '');
  return found !== undefined && slips <= 0.4 * Math.max(value.length, found.length) ? found : undefined;
}

/** More letters than any slug or name has: what is longer is cut before it is compared. */
const longest = 120;
