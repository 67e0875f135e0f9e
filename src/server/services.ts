import type { Capture } from '#capture/capture.ts';
import type { Desk } from '#capture/desk.ts';

/** What the server needs of the part that captures addresses. */
export interface Services {
  capture: Capture;
  /** Absent where the environment names no owners. */
  desk?: Desk | undefined;
  /** Resolves when the store can be read and written, and throws when it cannot. */
  check(): Promise<void>;
  /** Since when the oldest due mail or webhook waits, in milliseconds since 1970. */
  oldestDue(): Promise<number | undefined>;
  /** How many mails and webhooks could not be delivered and wait for the owner. */
  deadLetters(): Promise<number>;
  /** Why the site is not the newest one, in words, where it is not. */
  stale(): string | undefined;
}
