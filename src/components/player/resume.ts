/** A beginning that is quickly heard again, and an end that says nothing new: neither is worth resuming. Seconds. */
const beginning = 5;
const end = 15;

/** Whether a reader who leaves at this moment will want to go on from it. */
export function isWorthResuming(seconds: number, duration: number): boolean {
  return seconds >= beginning && seconds <= duration - end;
}
