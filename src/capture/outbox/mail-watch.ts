import type { Mailer } from '#capture/mail/mailer.ts';
import { reasonOf } from './reason.ts';

const minute = 60_000;

/**
 * Why the mail server takes no mail, looked up at most every half an hour, and not where it has taken one since; `sent` is how
 * many it has taken. What it refuses once may be its pause; twice it is a failure.
 */
export function mailWatch(mailer: Mailer, clock: () => number, sent: () => number): () => Promise<string | undefined> {
  let next = 0;
  let before = 0;
  let failures = 0;
  let failure: string | undefined;
  return async () => {
    if (sent() > before) {
      [before, failures, failure, next] = [sent(), 0, undefined, clock() + 30 * minute];
    } else if (clock() >= next) {
      const reason = await mailer.check().then(
        () => undefined,
        (error: unknown) => reasonOf(error),
      );
      failures = reason === undefined ? 0 : failures + 1;
      failure = failures > 1 ? reason : undefined;
      // The second look comes soon.
      next = clock() + (failures === 1 ? 2 : 30) * minute;
    }
    return failure;
  };
}
