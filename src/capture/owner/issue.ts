import { openMailer } from '#capture/compose.ts';
import type { Secret } from '#capture/environment.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import type { MailContext } from '#capture/mail/letters/letter.ts';
import { writeMail } from '#capture/mail/letters/write.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import { MailRefused, type Mail, type Mailer } from '#capture/mail/mailer.ts';
import { preferencesToken } from '#capture/store/link-tokens.ts';
import type { Store } from '#capture/store/store.ts';
import { newsletterTopic, type ContactRow, type OutboxRow } from '#capture/store/tables.ts';
import { newId, type Randomness } from '#capture/store/tokens.ts';
import type { Entry, Site } from '#site/contract.ts';
import type { Owner } from './owner.ts';
import type { Environment } from './setup.ts';

export type { Mail };

export interface Issue {
  store: Store;
  site: Site;
  secrets: readonly Secret[];
  /** `episodes/<slug>` or `posts/<slug>`. */
  entry: string;
  /** How many mails go out in a second. */
  perSecond: number;
  clock: () => number;
  random: Randomness;
  /** Called after each part is kept. */
  onProgress?: (progress: IssueProgress) => void;
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
  | { kind: 'unknown-entry' };

/** How many subscribers one transaction is for. */
const part = 200;

/** How long an issue can be taken up again, in milliseconds: while the queue still holds what was sent of it. */
const takenUp = 7 * 24 * 60 * 60_000;

/**
 * Queues an entry for each confirmed subscriber, once: whoever has it in the queue already is left out, so that a call
 * that was cut short is simply made again.
 */
export async function queueIssue({
  store,
  site,
  secrets,
  entry,
  perSecond,
  clock,
  random,
  onProgress,
}: Issue): Promise<IssueOutcome> {
  if (!findEntry(site, entry)) return { kind: 'unknown-entry' };
  const begun = clock();
  const first = await firstQueued(store, entry);
  if (first !== undefined && first < begun - takenUp) return { kind: 'sent-before', at: first };
  if (first === undefined) await noteQueued(store, entry, newId(begun, random), begun);
  const progress: IssueProgress = { queued: 0, already: 0 };
  for (let after: string | undefined; ;) {
    const subscribers = await some(store.reading.subscribers(newsletterTopic, after), part);
    // Each is due when its turn comes at half the pace, so that a reader's own request does not wait behind them all.
    const dueAt = (index: number) => begun + Math.floor(((progress.queued + index) * 2000) / perSecond);
    const kept = await store.transaction(async (records) => {
      let [queued, already] = [0, 0];
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
    progress.queued += kept.queued;
    progress.already += kept.already;
    onProgress?.({ ...progress });
    after = subscribers.at(-1)?.id;
    if (subscribers.length < part) return { kind: 'queued', ...progress };
  }
}

/** What the audit says of an issue. */
const noted = (entry: string) => `issue ${entry}`;

async function firstQueued(store: Store, entry: string): Promise<number | undefined> {
  for await (const { action, at } of store.reading.rows('audit')) if (action === noted(entry)) return at;
  return undefined;
}

async function noteQueued(store: Store, entry: string, id: string, at: number): Promise<void> {
  await store.transaction((records) =>
    records.addAudit({ id, actor: 'owner', action: noted(entry), subjectHmac: null, at }),
  );
}

/** What the rows of an issue's mails begin with, for `outbox.progress`. */
export function issuePrefix(entry: string): string {
  return `issue:${entry}:`;
}

export type Preview = Pick<MailContext, 'site' | 'base' | 'from' | 'replyTo'> & {
  entry: string;
  to: string;
  id: string;
};

/** The mail as `to` would get it, with links for nobody; undefined for an unknown entry. */
export function previewIssue({ entry, to, site, ...mailContext }: Preview): Mail | undefined {
  if (!findEntry(site, entry)) return undefined;
  return writeMail(
    { mail: 'issue', entry, preferences: 'preview' },
    { ...mailContext, site, contact: { email: to }, token: (id) => id },
  );
}

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

function findEntry(site: Site, id: string): Entry | undefined {
  return site.entries.find((entry) => entry.id === id);
}

async function some(rows: AsyncIterable<ContactRow>, count: number): Promise<ContactRow[]> {
  const taken: ContactRow[] = [];
  for await (const row of rows) if (taken.push(row) === count) break;
  return taken;
}
