import type { Randomness } from '#capture/store/tokens.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long to wait after the first, second, … attempt at a mail has failed: nine attempts in about three days. */
export const mailSchedule = [
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
] as const;

/** The same for a webhook: the schedule that Standard Webhooks 1.0 gives as its example, ten attempts in three days. */
export const webhookSchedule = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** What is added or taken off at random, at most, so that what failed together is not tried together again. */
const jitter = 0.2;

/** How long to wait after attempt number `attempt`, in milliseconds; undefined after the last one. */
export function delayAfter(attempt: number, schedule: readonly number[], random: Randomness): number | undefined {
  const delay = schedule[attempt - 1];
  if (delay === undefined) return undefined;
  const [byte = 0, finer = 0] = random(2);
  return Math.round(delay * (1 - jitter + (2 * jitter * (byte * 256 + finer)) / 65_535));
}
