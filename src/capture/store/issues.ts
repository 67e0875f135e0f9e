import type { IssueRow, SubscriptionStatus } from './tables.ts';

/** What an owner wrote for an issue and chose for a digest, and whether the archive has it. */
export type IssueWords = Pick<IssueRow, 'subject' | 'opening' | 'entries' | 'unlistedAt'>;

/** An issue that has begun to go out, as a list shows it. */
export interface SentRow extends Pick<IssueRow, 'entry' | 'entries'> {
  subject: string | null;
  begunAt: number;
}

/** What a unit of work may read and change of what is written to subscribers. */
export interface IssueRecords {
  /** The issue of an entry, locked until the unit ends. */
  issue(entry: string): Promise<IssueRow | undefined>;
  /** What an owner wrote for it; not locked. */
  issueWords(entry: string): Promise<IssueWords | undefined>;
  /** Has the mails with a `dedupeKey` that begins with `prefix` wait that nobody sends yet; they are not due until released. */
  holdMails(prefix: string): Promise<void>;
  /** Lets them go on, each so much later than it was to go, in milliseconds. */
  releaseMails(prefix: string, later: number): Promise<void>;
  /** Keeps it as it is now. */
  keepIssue(issue: IssueRow): Promise<void>;
}

/** What is read of it outside of a unit. Moments are milliseconds since 1970. */
export interface IssueReading {
  /** Every issue that was written, planned or sent; an entry that nobody touched has none. */
  issues(): Promise<IssueRow[]>;
  /** The issue of an entry, not locked. */
  issueOf(entry: string): Promise<IssueRow | undefined>;
  /** Those that have begun to go out and that nobody keeps out of the archive; the newest first. */
  sentIssues(): Promise<SentRow[]>;
  /** Those that are to be queued by now and were not, or not to their end, and are not paused; the earliest first. */
  dueIssues(now: number): Promise<IssueRow[]>;
  /** How many people stand how with the newsletter; what nobody does is absent. */
  subscriberCounts(): Promise<Partial<Record<SubscriptionStatus, number>>>;
  /** How many left the newsletter at or after `from`, and before `until`. */
  leftBetween(from: number, until: number): Promise<number>;
}
