/** Seconds for which a cue without a length is shown, if no other begins before. */
const shownFor = 4;

/** When a cue ends; one that does not end after it begins, when the next of `starts`, which ascend, begins. Seconds. */
export function shownUntil(start: number, end: number | undefined, starts: readonly number[]): number {
  if (end !== undefined && end > start) return end;
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  return Math.min(starts[low] ?? Infinity, start + shownFor);
}
