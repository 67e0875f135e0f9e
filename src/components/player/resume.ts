/** A beginning that is quickly heard again, and an end that says nothing new: neither is worth resuming. Seconds. */
const beginning = 5;
const end = 15;
/** Who has listened for so long has settled there. Seconds; of a short recording, a tenth of it. */
const settling = 60;

/** What was heard without a jump, from one second of a recording to another one. */
export interface Stretch {
  from: number;
  to: number;
}

/** Whether a reader who leaves at this moment will want to go on from it. */
export function isWorthResuming(seconds: number, duration: number): boolean {
  return seconds >= beginning && !isOver(seconds, duration);
}

/** Whether nothing worth hearing is left after this moment. */
export const isOver = (seconds: number, duration: number): boolean => seconds > duration - end;

/**
 * The place to keep after a stretch was heard, in seconds. A place that was kept before gives way to one that the
 * reader has come to by listening: past it, close to it, or for long enough elsewhere. A jump alone takes no place away.
 */
export function placeAfter(kept: number | undefined, { from, to }: Stretch, duration: number): number | undefined {
  const reached = isWorthResuming(to, duration) ? to : undefined;
  if (kept === undefined || !isWorthResuming(kept, duration)) return reached;
  const enough = Math.min(settling, duration / 10);
  const isPast = from <= kept && kept <= to;
  if (!isPast && Math.abs(to - kept) > enough && to - from < enough) return kept;
  return to < beginning ? kept : reached;
}
