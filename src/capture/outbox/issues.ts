import type { Secret } from '#capture/environment.ts';
import { aboutOf, isDigest } from '#capture/mail/issue-about.ts';
import { written } from '#capture/mail/letter-facts.ts';
import type { MailContext } from '#capture/mail/letters/letter.ts';
import { writeMail } from '#capture/mail/letters/write.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import type { Mail } from '#capture/mail/mailer.ts';
import { preferencesToken } from '#capture/store/link-tokens.ts';
import type { IssueRecords, IssueWords } from '#capture/store/issues.ts';
import { firstRows } from '#capture/store/first-rows.ts';
import type { Store } from '#capture/store/store.ts';
import { newsletterTopic, type IssueRow } from '#capture/store/tables.ts';
import { newId, type Randomness } from '#capture/store/tokens.ts';
import type { Site } from '#site/contract.ts';

export interface Issue {
  store: Store;
  site: Site;
  secrets: readonly Secret[];
  /** `episodes/<slug>`, `posts/<slug>` or `digest/<day>`. */
  entry: string;
  /** How many mails go out in a second. */
  perSecond: number;
  clock: () => number;
  random: Randomness;
  /** Called after each part is kept. */
  onProgress?: (progress: IssueProgress) => void;
  /** Looked at after each part: what is left is queued by the next call. */
  isEnding?: () => boolean;
}

export interface IssueProgress {
  /** Queued by this call. */
  queued: number;
  /** Had it in the queue or their inbox already. */
  already: number;
}

export type IssueOutcome =
  | ({ kind: 'queued' } & IssueProgress)
  /** It went out so long ago (milliseconds since 1970) that who has it is no longer known. Nothing was queued. */
  | { kind: 'sent-before'; at: number }
  /** An owner has it wait. Nothing was queued. */
  | { kind: 'paused' }
  | { kind: 'unknown-entry' };

/** How many subscribers one transaction is for. */
const part = 200;

/** How long an issue can be taken up again, in milliseconds: while the queue still holds what was sent of it. */
const takenUp = 7 * 24 * 60 * 60_000;

/**
 * Queues an issue for each confirmed subscriber, once: whoever has it in the queue already is left out, so that a call
 * that was cut short is simply made again.
 */
export async function queueIssue(issue: Issue): Promise<IssueOutcome> {
  const { store, site, secrets, entry, perSecond, clock, random, onProgress, isEnding } = issue;
  const listed = isDigest(entry) ? (await store.reading.issueOf(entry))?.entries : undefined;
  if (aboutOf(site, entry, listed).length === 0) return { kind: 'unknown-entry' };
  const begun = clock();
  const first = await begin(store, entry, begun);
  if (first === 'paused') return { kind: 'paused' };
  if (first < begun - takenUp) return { kind: 'sent-before', at: first };
  const progress: IssueProgress = { queued: 0, already: 0 };
  for (let after: string | undefined; ;) {
    const subscribers = await firstRows(store.reading.subscribers(newsletterTopic, after), part);
    // Each is due when its turn comes at half the pace, so that a reader's own request does not wait behind them all.
    const dueAt = (index: number) => begun + Math.floor(((progress.queued + index) * 2000) / perSecond);
    const kept = await store.transaction(async (records) => {
      let [queued, already] = [0, 0];
      if ((await records.issue(entry))?.pausedAt != null) return undefined;
      for (const { id: contactId } of subscribers) {
        // Who has left since the list was read is not written to.
        if ((await records.subscription(contactId, newsletterTopic))?.status !== 'confirmed') continue;
        const isNew = await records.enqueue(
          mailRow({
            id: newId(clock(), random),
            dedupeKey: `${issuePrefix(entry)}${contactId}`,
            contactId,
            payload: { mail: 'issue', entry, preferences: contactId },
            runAt: dueAt(queued),
          }),
        );
        if (isNew) queued += 1;
        else already += 1;
        // Each person has one such link, under the id of the contact.
        if (!(await records.token(contactId))) await records.addToken(preferencesToken(contactId, secrets));
      }
      return { queued, already };
    });
    if (!kept) return { kind: 'paused' };
    progress.queued += kept.queued;
    progress.already += kept.already;
    onProgress?.({ ...progress });
    after = subscribers.at(-1)?.id;
    if (subscribers.length < part) break;
    if (isEnding?.()) return { kind: 'queued', ...progress };
  }
  await store.transaction(async (records) => {
    const row = await records.issue(entry);
    if (row) await records.keepIssue({ ...row, queuedAt: clock() });
  });
  return { kind: 'queued', ...progress };
}

/** Has an issue that is on its way wait, or go on; false where it is not on its way, or does so already. */
export async function pauseIssue(
  records: IssueRecords,
  { entry, now, by, isPause }: { entry: string; now: number; by: string; isPause: boolean },
): Promise<boolean> {
  const row = await records.issue(entry);
  if (!row || row.begunAt === null || (row.pausedAt !== null) === isPause) return false;
  if (isPause) await records.holdMails(issuePrefix(entry));
  else await records.releaseMails(issuePrefix(entry), now - (row.pausedAt ?? now));
  await records.keepIssue({
    ...row,
    // What is not queued yet is taken up by the server.
    ...(isPause ? {} : row.queuedAt === null && { sendAt: row.sendAt ?? now }),
    pausedAt: isPause ? now : null,
    ...{ version: row.version + 1, changedAt: now, changedBy: by },
  });
  return true;
}

/** Notes that an issue goes out; resolves to since when it does. */
function begin(store: Store, entry: string, now: number): Promise<number | 'paused'> {
  return store.transaction(async (records) => {
    const row = (await records.issue(entry)) ?? { ...unwritten(entry), changedAt: now };
    if (row.pausedAt !== null) return 'paused';
    if (row.begunAt !== null) return row.begunAt;
    await records.keepIssue({ ...row, begunAt: now, version: row.version + 1 });
    return now;
  });
}

/** An issue that nobody has written anything for. */
export const unwritten = (entry: string): IssueRow => ({
  ...{ entry, entries: null, subject: null, opening: null, sendAt: null, begunAt: null, queuedAt: null },
  ...{ pausedAt: null, unlistedAt: null, version: 0, changedAt: 0, changedBy: 'owner' },
});

/**
 * Queues the issues whose time has come; one whose entry is not published waits for that. To be called again and again: it
 * goes on with what was cut short.
 */
export async function queueDueIssues(context: Omit<Issue, 'entry' | 'onProgress'>): Promise<void> {
  for (const { entry } of await context.store.reading.dueIssues(context.clock())) {
    const outcome = await queueIssue({ ...context, entry });
    if (outcome.kind === 'sent-before')
      // Nothing more of it will go out: it is done with.
      await context.store.transaction(async (records) => {
        const row = await records.issue(entry);
        if (row) await records.keepIssue({ ...row, queuedAt: outcome.at });
      });
    if (context.isEnding?.()) return;
  }
}

/** What the rows of an issue's mails begin with, for `outbox.progress`. */
export function issuePrefix(entry: string): string {
  return `issue:${entry}:`;
}

export type Preview = Pick<MailContext, 'site' | 'base' | 'from' | 'replyTo'> & {
  entry: string;
  to: string;
  id: string;
  /** What an owner wrote for it. */
  words?: Partial<IssueWords> | undefined;
};

/** The mail as `to` would get it, with links for nobody; undefined for an unknown entry. */
export function previewIssue({ entry, to, site, words, ...mailContext }: Preview): Mail | undefined {
  if (aboutOf(site, entry, words?.entries).length === 0) return undefined;
  return writeMail(
    { mail: 'issue', entry, preferences: 'preview', ...written(words) },
    { ...mailContext, site, contact: { email: to }, token: (id) => id },
  );
}
