/** The mailbox in which what comes back arrives. */
export interface ReportMailbox {
  /**
   * Hands over each mail that `take` was not shown before, and puts away those that it says are done with; others stay as
   * they are. Resolves to how many were put away; throws `MailboxUnavailable`.
   */
  readNew(take: (source: Buffer) => Promise<boolean>): Promise<number>;
  /** What there is to see of it, for the doctor. Throws `MailboxUnavailable`. */
  check(): Promise<{ folder: string; mails: number }>;
}

/** The mailbox cannot be read: it does not answer, lets nobody in, or has no such folder. */
export class MailboxUnavailable extends Error {
  override name = 'MailboxUnavailable';
}
