import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import {
  countSubscribers,
  issueProgress,
  issueWords,
  pauseSending,
  previewIssue,
  type Mail,
  type Preview,
} from '#capture/owner/issue.ts';
import { counted, grouped } from '#site/count.ts';
import { UsageError } from './command-line.ts';
import { command, main } from './command.ts';
import { outboxState, queueForAll, sendOne, watchSending } from './issue-sending.ts';
import { builtSite, withStore } from './open-store.ts';
import { harmless } from './table.ts';
import { complain, say } from './terminal.ts';
import { checkWhich, chosenIssue } from './typed-issue.ts';

export const newsletter = command({
  name: 'newsletter',
  summary:
    'shows the mail of an episode or post, or of all that is new, and sends it to all who confirmed that they want it',
  notes:
    'Without --test and --send it only shows the mail. Each subscriber gets an entry once, however often it is sent: after an interruption, or for those who came later, send it again, within seven days.',
  options: {
    entry: { value: 'slug', description: 'the episode or post: its slug, or episodes/slug; or a digest by its day' },
    digest: { description: 'in place of one entry: all that is new and that no issue told of' },
    since: { value: 'day', description: 'of the digest: from when entries are new, 2026-11-01' },
    html: { value: 'file', description: 'writes the mail as an HTML page to look at' },
    test: { value: 'email', description: 'sends one mail to this address, now' },
    send: { description: 'queues it for every confirmed subscriber; the running server sends it' },
    pause: { description: 'has what is not sent yet of it wait' },
    resume: { description: 'lets it go on; nobody gets it twice' },
    yes: { description: 'does not ask before it sends' },
    watch: { description: 'shows how the server sends it, until all are sent; may be left at any moment' },
    json: { description: 'for programs' },
  },
  examples: [
    'npm run newsletter -- --entry the-leads-never-called-back --html look.html',
    'npm run newsletter -- --entry the-leads-never-called-back --test you@example.com',
    'npm run newsletter -- --entry the-leads-never-called-back --send --watch',
    'npm run newsletter -- --digest --send',
  ],
  run: async (options, _arguments, context) => {
    const { html, test, send, pause, resume, yes, watch, json } = options;
    checkWhich(options);
    if (test !== undefined && send) throw new UsageError('--test sends to one, --send to all: take one of them.');
    if ([pause, resume, send].filter(Boolean).length > 1)
      throw new UsageError('--send, --pause and --resume: take one of them.');
    const dkim = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'];
    const needed = ['SECRET', 'SITE_URL', 'SMTP_URL', 'MAIL_DIR', 'MAIL_FROM', 'MAIL_PER_SECOND', ...dkim];
    return withStore(context, needed, async (owner) => {
      const { environment } = owner;
      const { terminal } = context;
      const site = builtSite(owner.site, environment);
      const issue = await chosenIssue(options, owner, site, context);
      if (!issue) {
        complain(terminal, 'Nothing is new that no issue told of. --since 2026-11-01 looks further back.');
        return 1;
      }
      if (pause || resume) {
        if (!(await pauseSending(owner, issue.id, pause))) {
          complain(terminal, pause ? 'It is not on its way, or waits already.' : 'It is not paused.');
          return 1;
        }
        const { ready, leased, done, dead } = await issueProgress(owner, issue.id);
        const rest = grouped(ready + leased);
        say(
          terminal,
          `${grouped(done)} of ${grouped(done + dead + ready + leased)} were sent; ${pause ? `the other ${rest} wait` : `the other ${rest} go on`}.`,
        );
        return 0;
      }
      const { from, replyTo } = environment.mail;
      const preview: Preview = {
        ...{ site, base: environment.site, from, replyTo },
        ...{ entry: issue.id, to: test ?? 'subscriber@example.com', id: randomUUID() },
        words: issue.digest ?? (await issueWords(owner, issue.id)),
      };
      const mail = previewIssue(preview);
      if (!mail) throw new Error(`${issue.id} is in the site, and cannot be written.`);
      if (html !== undefined) {
        await writeFile(html, mail.html).catch((error: Error) => {
          throw new UsageError(`${html} cannot be written: ${error.message}`);
        });
        complain(terminal, `The HTML is in ${html}.`);
      }
      if (test !== undefined) return sendOne(preview, owner, context);
      if (watch && !send) return watchSending(issue.id, owner, context);

      const subscribers = await countSubscribers(owner);
      if (send) {
        const sending = { entry: issue.id, subject: mail.subject, site, subscribers, digest: issue.digest };
        const code = await queueForAll(sending, { yes, json }, owner, context);
        return code === 0 && watch ? watchSending(issue.id, owner, context) : code;
      }
      const outbox = await issueProgress(owner, issue.id);
      if (json) {
        const { subject, text } = mail;
        const shown = { entry: issue.id, from, subject, preview: issue.preview, text, subscribers, outbox };
        say(terminal, JSON.stringify(shown, null, 2));
        return 0;
      }
      say(terminal, mailText(mail, issue.preview));
      complain(terminal, outboxState(outbox));
      complain(
        terminal,
        `There ${subscribers === 1 ? 'is' : 'are'} ${counted(subscribers, 'confirmed subscriber')}. Nothing was sent now: --test you@example.com sends one mail, --send all.`,
      );
      return 0;
    });
  },
});

/** The mail as an inbox shows it, and as it reads. */
function mailText({ from, subject, text }: Mail, preview: string): string {
  const heading = Object.entries({ From: from, Subject: subject, Preview: preview });
  return [...heading.map(([name, value]) => `${name.padEnd(9)}${harmless(value)}`), '', text].join('\n');
}

if (import.meta.main) await main(newsletter);
