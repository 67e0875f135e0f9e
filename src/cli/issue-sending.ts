import {
  issueProgress,
  keepDigest,
  queueIssue,
  sendTest,
  type IssueProgress,
  type IssueRow,
  type IssueState,
  type Preview,
} from '#capture/owner/issue.ts';
import { withSecrets } from '#capture/owner/owner.ts';
import { lacksServer } from '#capture/owner/setup.ts';
import type { Site } from '#site/contract.ts';
import { counted, grouped } from '#site/count.ts';
import { UsageError } from './command-line.ts';
import type { CommandContext } from './command.ts';
import { duration } from './moment.ts';
import { shownPath, type OwnerWithSite } from './open-store.ts';
import { complain, progressLine, say } from './terminal.ts';

/** An issue that is to go out. */
export interface Sending {
  /** The entry's id, or the digest's. */
  entry: string;
  subject: string;
  site: Site;
  /** How many it is for. */
  subscribers: number;
  /** Of a digest: its row, which need not be kept yet. */
  digest: IssueRow | undefined;
}

/** Sends the mail to one address, now; returns the exit code. */
export async function sendOne(
  preview: Preview,
  { environment }: OwnerWithSite,
  { terminal }: CommandContext,
): Promise<number> {
  const { smtp } = environment.mail;
  const outcome = await sendTest(environment, preview, (line) => complain(terminal, line));
  switch (outcome.kind) {
    case 'unknown-entry':
      throw new Error(`${preview.entry} is in the site, and cannot be sent.`);
    case 'no-address':
      throw new UsageError(`--test: ${outcome.message}`);
    case 'refused':
      complain(terminal, `The test was not sent: ${outcome.message}\n"npm run doctor" looks at the mail server.`);
      return 1;
    case 'sent': {
      const done = smtp ? `${smtp.host} took a test for ${outcome.to}.` : 'The test was written.';
      say(terminal, `${done} Its links to unsubscribe and to preferences are nobody's.`);
      return 0;
    }
  }
}

/** Queues the mail for every confirmed subscriber after a yes; returns the exit code. */
export async function queueForAll(
  sending: Sending,
  { yes, json }: { yes: boolean; json: boolean },
  owner: OwnerWithSite,
  { terminal }: CommandContext,
): Promise<number> {
  const { entry, subject, site, subscribers, digest } = sending;
  const many = counted(subscribers, 'subscriber');
  if (subscribers === 0) {
    complain(terminal, 'Nobody has confirmed the newsletter yet: there is no one to send it to.');
    return 1;
  }
  if (!yes) {
    complain(terminal, outboxState(await issueProgress(owner, entry)));
    if (!terminal.ask) throw new UsageError(`It is for ${many}, and nobody can be asked here: add --yes.`);
    if (!(await terminal.ask(`Send “${subject}” to ${many}?`))) {
      complain(terminal, 'Nothing was sent.');
      return 1;
    }
  }
  if (digest) await keepDigest(owner, digest);
  const { show, clear } = progressLine(terminal);
  const { perSecond } = owner.environment.mail;
  const outcome = await queueIssue({
    ...(await withSecrets(owner)),
    ...{ site, entry, perSecond },
    onProgress: ({ queued, already }) => show(`${grouped(queued + already)} of ${grouped(subscribers)} queued`),
  });
  clear();
  switch (outcome.kind) {
    case 'unknown-entry':
      throw new Error(`${entry} is in the site, and cannot be queued.`);
    case 'sent-before':
      complain(
        terminal,
        `It went out on ${new Date(outcome.at).toISOString().slice(0, 10)}, too long ago to know who has it. Nothing was sent.`,
      );
      return 1;
    case 'paused':
      complain(terminal, `It is paused. npm run newsletter -- --entry ${entry} --resume lets it go on.`);
      return 1;
    case 'queued':
      if (json) say(terminal, JSON.stringify({ entry, queued: outcome.queued, already: outcome.already }));
      else reportQueued(outcome, owner, terminal);
      return 0;
  }
}

/** Shows how far the sending is until nothing waits; returns the exit code. */
export async function watchSending(
  entry: string,
  owner: OwnerWithSite,
  { terminal, wait, now }: CommandContext,
): Promise<number> {
  const { show, clear } = progressLine(terminal);
  const begun = { at: now(), done: (await issueProgress(owner, entry)).done };
  for (;;) {
    const { ready, leased, done, dead } = await issueProgress(owner, entry);
    const waiting = ready + leased;
    const failed = dead > 0 ? `, ${grouped(dead)} failed for good` : '';
    if (waiting > 0) {
      show(
        `${grouped(done)} of ${grouped(done + waiting + dead)} sent${failed}${timeLeft(waiting, done - begun.done, now() - begun.at)}; Ctrl-C ends the watching only`,
      );
      await wait(1000);
      continue;
    }
    clear();
    say(terminal, done + dead === 0 ? 'It was sent to nobody yet.' : `Sent to ${grouped(done)}${failed}.`);
    if (dead > 0) complain(terminal, 'npm run leads -- dead-letters tells why.');
    return dead > 0 ? 1 : 0;
  }
}

/** How long the rest takes at the pace in which so many went; empty where none went. */
const timeLeft = (waiting: number, went: number, milliseconds: number): string =>
  went > 0 && milliseconds > 0 ? `, about ${duration((waiting * milliseconds) / went)} to go` : '';

/** How far an entry's mails are, in words. */
export function outboxState({ ready, leased, done, dead }: IssueState): string {
  if (ready + leased + done + dead === 0) return 'It was sent to nobody yet.';
  const waiting = ready + leased > 0 ? `, waits for ${grouped(ready + leased)}` : '';
  const failed = dead > 0 ? `, failed for ${grouped(dead)}` : '';
  return `It was sent to ${grouped(done)} before${waiting}${failed}.`;
}

function reportQueued(
  { queued, already }: IssueProgress,
  { environment }: Pick<OwnerWithSite, 'environment'>,
  terminal: CommandContext['terminal'],
): void {
  const had = already > 0 ? `; ${already === 1 ? 'one' : grouped(already)} had it already` : '';
  say(terminal, `Queued for ${counted(queued, 'subscriber')}${had}.`);
  if (queued === 0) return;
  const { mail } = environment;
  // Every second place in the queue is left to readers who ask for something meanwhile.
  const time = duration((queued * 2000) / mail.perSecond);
  say(terminal, `The running server sends it within about ${time}; MAIL_PER_SECOND is ${mail.perSecond}.`);
  if (lacksServer(environment)) complain(terminal, 'No server is running: start it, and it begins.');
  if (!mail.smtp) complain(terminal, `SMTP_URL is not set: each mail becomes a file in ${shownPath(mail.folder)}.`);
}
