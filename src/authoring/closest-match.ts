import { closest, distance } from 'fastest-levenshtein';

/** A valid value that is like what was written. */
export interface Nearest<Value = unknown> {
  value: Value;
  /** Whether nothing else can have been meant. */
  isCertain: boolean;
}

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

/**
 * Whether `right` is what was meant by `written`, so that it can be pasted without a thought: the same letters, whatever
 * their case and marks, or so few others that a slip explains them, and nothing else of the candidates comes near. Numbers
 * are never slips: part 2 is not part 3. In so many `letters` one may be wrong.
 */
export function isMeant(written: string, right: string, candidates: Iterable<string>, letters = 6): boolean {
  const key = plainLetters(written);
  const numbers = numbersIn(written);
  const count = (candidate: string) => slips(key, plainLetters(candidate));
  const most = count(right);
  if (!key || numbers !== numbersIn(right) || most > Math.max(key.length, right.length) / letters) return false;
  const others = [...candidates].filter((each) => each !== right && numbersIn(each) === numbers);
  return others.every((other) => count(other) > 2 * most);
}

/** The candidate that is most like `written`, if there are any, and whether it {@link isMeant}. */
export function nearestOf(
  written: string,
  candidates: Iterable<string>,
  letters?: number,
): Nearest<string> | undefined {
  const all = [...candidates];
  const value = closestMatch(written, all);
  return value === undefined ? undefined : { value, isCertain: isMeant(written, value, all, letters) };
}

/** How many letters differ; two neighbours that changed places are one slip. */
function slips(a: string, b: string): number {
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  const isSwap = at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return isSwap ? 1 : distance(a, b);
}

const plainLetters = (text: string) =>
  text
    .slice(0, longest)
    .replace(/^\.\//, '')
    .normalize('NFKD')
    .replaceAll(/[\p{M}\s_-]/gu, '')
    .toLowerCase();

const numbersIn = (text: string) => text.match(/\d+/g)?.join(' ') ?? '';

/** More letters than any slug or name has: what is longer is cut before it is compared. */
const longest = 120;
