import { openMailer } from '#capture/compose.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import { aboutOf, isDigest } from '#capture/mail/issue-about.ts';
import { MailRefused, type Mail, type Mailer } from '#capture/mail/mailer.ts';
import {
  issuePrefix,
  pauseIssue,
  previewIssue,
  queueIssue,
  type Issue,
  type IssueOutcome,
  type IssueProgress,
  type Preview,
} from '#capture/outbox/issues.ts';
import { listOf, newSince, nextDigest } from '#capture/outbox/digest.ts';
import { newsletterTopic, type IssueRow, type OutboxRow } from '#capture/store/tables.ts';
import type { Owner } from './owner.ts';
import type { Environment } from './setup.ts';

export type { Mail };

export { aboutOf, isDigest, listOf, newSince, nextDigest, type IssueRow };
export { issuePrefix, previewIssue, queueIssue, type Issue, type IssueOutcome, type IssueProgress, type Preview };

/** Every issue that was written, planned or sent. */
export const issuesOf = ({ store }: Pick<Owner, 'store'>): Promise<IssueRow[]> => store.reading.issues();

/** What an owner wrote for the issue of an entry. */
export const issueWords = ({ store }: Pick<Owner, 'store'>, entry: string): Promise<Preview['words']> =>
  store.reading.issueOf(entry);

/** Keeps which entries a digest tells of, before it is queued; what is on its way stays as it is. */
export const keepDigest = ({ store, clock }: Pick<Owner, 'store' | 'clock'>, digest: IssueRow): Promise<void> =>
  store.transaction(async (records) => {
    const row = (await records.issue(digest.entry)) ?? digest;
    if (row.begunAt !== null) return;
    const kept = { ...row, entries: digest.entries, version: row.version + 1 };
    await records.keepIssue({ ...kept, changedAt: clock(), changedBy: 'owner' });
  });

/** Sends the mail to one address, now and not by the queue. Throws `MailRefused`. */
export async function sendTestIssue(
  mailer: Mailer,
  preview: Preview,
): Promise<{ kind: 'sent' } | { kind: 'unknown-entry' }> {
  const mail = previewIssue(preview);
  if (!mail) return { kind: 'unknown-entry' };
  await mailer.send({ ...mail, subject: `[Test] ${mail.subject}` });
  return { kind: 'sent' };
}

/** Sends the mail to `preview.to`, now and not by the queue; `log` is given the file where no mail server is named. */
export async function sendTest(
  environment: Pick<Environment, 'mail' | 'site'>,
  preview: Preview,
  log: (line: string) => void,
): Promise<
  { kind: 'sent'; to: string } | { kind: 'unknown-entry' } | { kind: 'no-address' | 'refused'; message: string }
> {
  const parsed = parseAddress(preview.to);
  if (parsed.kind === 'refused') return { kind: 'no-address', message: parsed.message };
  const to = parsed.address.address;
  const mailer = openMailer(environment, log);
  try {
    const outcome = await sendTestIssue(mailer, { ...preview, to });
    return outcome.kind === 'sent' ? { ...outcome, to } : outcome;
  } catch (error) {
    if (error instanceof MailRefused) return { kind: 'refused', message: error.message };
    throw error;
  } finally {
    await mailer.close();
  }
}

/** Has an issue that is on its way wait, or go on; false where it is not on its way, or does so already. */
export const pauseSending = (
  { store, clock }: Pick<Owner, 'store' | 'clock'>,
  entry: string,
  isPause: boolean,
): Promise<boolean> =>
  store.transaction((records) => pauseIssue(records, { entry, now: clock(), by: 'owner', isPause }));

/** How many of an entry's mails are in each state of the queue. */
export const issueProgress = ({ store }: Pick<Owner, 'store'>, entry: string): Promise<IssueState> =>
  store.outbox.progress(issuePrefix(entry));

export type IssueState = Record<OutboxRow['state'], number>;

/** How many have confirmed that they want the newsletter. */
export async function countSubscribers({ store }: Pick<Owner, 'store'>): Promise<number> {
  let count = 0;
  for await (const contact of store.reading.subscribers(newsletterTopic)) count += contact ? 1 : 0;
  return count;
}
