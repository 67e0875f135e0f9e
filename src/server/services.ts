import type { Capture } from '#capture/capture.ts';

/** What the server needs of the part that captures addresses. */
export interface Services {
  capture: Capture;
  /** Resolves when the store answers, and throws when it does not. */
  check(): Promise<void>;
  /** Since when the oldest due mail or webhook waits, in milliseconds since 1970. */
  oldestDue(): Promise<number | undefined>;
  /** Why the site is not the newest one, in words, where it is not. */
  stale(): string | undefined;
}
