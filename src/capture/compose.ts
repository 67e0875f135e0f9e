import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { imapMailbox } from '#capture/bounces/adapters/imap-mailbox.ts';
import { takeHook } from '#capture/bounces/hook.ts';
import type { ReportMailbox } from '#capture/bounces/mailbox.ts';
import { openRefusals } from '#capture/bounces/refused.ts';
import { takeReport } from '#capture/bounces/reports.ts';
import { returnPath, returnTag } from '#capture/bounces/return-path.ts';
import { defaultWordings } from '#capture/comments/wordings.ts';
import { commentsDoor } from '#capture/comments/door.ts';
import type { Desk } from '#capture/desk.ts';
import { type DeskContext, ownersOf, ownerWith } from '#capture/desk/context.ts';
import { deskDoor } from '#capture/desk/door.ts';
import { idleLife, longestLife } from '#capture/desk/session.ts';
import { openViews } from '#capture/forms/funnel.ts';
import { type Hearing, openHeard, type ReadCount } from '#capture/forms/heard.ts';
import { admit, openLimits } from '#capture/forms/limits.ts';
import { sendNewLink } from '#capture/forms/new-link.ts';
import { rehearse } from '#capture/forms/rehearse.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { subscribe } from '#capture/forms/subscribe.ts';
import { archive, sentIssue } from '#capture/links/archive.ts';
import { askErasure } from '#capture/links/ask-erasure.ts';
import { confirm } from '#capture/links/confirm.ts';
import { download } from '#capture/links/download.ts';
import { eraseMe } from '#capture/links/erase-me.ts';
import { look } from '#capture/links/look.ts';
import { partnerReport } from '#capture/links/partner-report.ts';
import { resubscribe } from '#capture/links/resubscribe.ts';
import { unsubscribe } from '#capture/links/unsubscribe.ts';
import { forgetMailFiles, mailFiles } from '#capture/mail/adapters/mail-files.ts';
import { smtpMailer } from '#capture/mail/adapters/smtp.ts';
import type { Mailer } from '#capture/mail/mailer.ts';
import { noteProblems } from '#capture/outbox/alerts.ts';
import { countedOutbox, type DeliveryCount } from '#capture/outbox/counted-outbox.ts';
import { mailHandlers, mailsAtOnce, webhookHandler } from '#capture/outbox/handlers.ts';
import { previewIssue, queueDueIssues } from '#capture/outbox/issues.ts';
import { mailWatch } from '#capture/outbox/mail-watch.ts';
import { findProblems } from '#capture/outbox/problems.ts';
import { reasonOf } from '#capture/outbox/reason.ts';
import { storeNumbers, type StoreNumbers } from '#capture/outbox/store-numbers.ts';
import { outboxWorker } from '#capture/outbox/worker.ts';
import { mailsIn, readBackup, sealBackup, sync } from '#capture/store/adapters/backup-file.ts';
import { connectionsTo, inspectPostgres } from '#capture/store/adapters/inspect-postgres.ts';
import { inspectSqlite } from '#capture/store/adapters/inspect-sqlite.ts';
import { openPostgres } from '#capture/store/adapters/postgres.ts';
import { lockForServer, serverOf, type ServerLock } from '#capture/store/adapters/server-lock.ts';
import { openSqlite } from '#capture/store/adapters/sqlite.ts';
import { secretsOf } from '#capture/store/secrets.ts';
import type { LockHolder } from '#capture/store/server-running.ts';
import type { StoreFacts } from '#capture/store/store-facts.ts';
import type { Store } from '#capture/store/store.ts';
import type { Randomness } from '#capture/store/tokens.ts';
import { webhookSender } from '#capture/webhook/adapters/http-sender.ts';
import type { WebhookSender } from '#capture/webhook/sender.ts';
import type { Site, Wording } from '#site/contract.ts';
import type { FormFields } from '#site/form-fields.ts';
import { defaultRetention, type Retention } from '#site/retention.ts';
import type { Capture, Visit } from './capture.ts';
import type { Context } from './context.ts';
import type { Environment } from './environment.ts';

export type { Hearing, ReadCount };

export interface OpenOptions {
  site: Site;
  /** Is given what went wrong and where mails are, and no address. */
  log: (line: string) => void;
  /** Milliseconds since 1970. */
  clock?: () => number;
  random?: Randomness;
}

/** Capture, as the server runs it. */
export interface OpenCapture {
  capture: Capture;
  /** The owners' side of it; used only where the environment names owners. */
  desk: Desk;
  store: Store;
  /** Grows with each change of the comments that a build shows; undefined where nothing was ever approved. */
  commentsVersion(): Promise<number | undefined>;
  /** Counts who heard a recording, and how often pages of entries were opened. */
  countHeard(hearings: readonly Hearing[], reads: readonly ReadCount[]): void;
  /**
   * Looks what is wrong with the server, and has its owners mailed of it. `stale` is why the site that is served is not the
   * newest. Never rejects.
   */
  watch(stale: string | undefined): Promise<void>;
  /** What is measured of it. */
  facts(): Promise<CaptureFacts>;
  /** Has forms, links and mails know the site as another build made it. */
  takeUp(site: Site): Promise<void>;
  /** Begins to send, to write down views, and to clear away what is kept no longer. */
  start(): void;
  /** Begins no delivery any more, and resolves when those under way are done with, or have had their time. */
  stopSending(): Promise<void>;
  /** Ends what is under way, writes down what is counted, and lets go of the store. */
  close(): Promise<void>;
}

/** What is counted of it. */
export interface CaptureFacts {
  /** Undefined where the store does not answer. */
  store: StoreNumbers | undefined;
  /** Since the process began. */
  deliveries: DeliveryCount[];
}

/** What the build wrote into `built` (`dist`) of the site. Throws when it is not there. */
export async function readSite(built: string): Promise<Site> {
  const site = JSON.parse(await readFile(join(built, 'gated/site.json'), 'utf8')) as Partial<Site>;
  // One that an earlier version built names no redirects, hosts, wordings of comments and retention.
  return {
    ...{ redirects: [], hosts: [] },
    ...site,
    consent: { ...defaultWordings(site.title ?? '', site.language ?? 'en'), ...site.consent },
    retention: { ...defaultRetention, ...site.retention },
  } as Site;
}

/**
 * Opens the store, brought to its newest form, and all that works with it, for the one server of an SQLite file or one of
 * several of a PostgreSQL database. Throws `ServerIsRunning`, `NewerDatabase` and `StoreUnavailable`.
 */
export async function openCapture(environment: Environment, options: OpenOptions): Promise<OpenCapture> {
  const { site, log, clock = () => Date.now(), random = randomBytes } = options;
  const secrets = await secretsOf(environment);
  const lock = lockOf(environment, clock);
  let store: Store | undefined;
  try {
    store = await openStore(environment);
    await store.migrate();
    await keepWordings(store, site);
    await store.connect();
  } catch (error) {
    await store?.close();
    lock?.release();
    throw error;
  }
  const context: DeskContext = {
    ...{ store, site, secrets, clock, random },
    owners: environment.owners,
    answerWithin: environment.answerWithin,
    ...{ perNetwork: environment.limits.perNetwork, backup: environment.backup, writtenAt },
    limits: openLimits(environment.limits, { store, secrets, clock }),
    address: environment.site,
    hosts: environment.hosts,
    built: environment.built,
    hasWebhook: environment.webhook !== undefined,
    forgetMails: mailForgetter(environment),
    previewIssue: (entry, to, words) =>
      previewIssue({
        ...{ entry, to, words, site: context.site, base: environment.site, id: 'preview' },
        ...{ from: environment.mail.from, replyTo: environment.mail.replyTo },
      }),
    issuesChanged: () => {},
  };
  await rehearse(context, environment.database.kind === 'postgres' ? 200 : 50).catch((error: unknown) =>
    log(`The rehearsal failed: ${reasonOf(error)}`),
  );
  return assemble(environment, context, log, lock);
}

/** A page that is open while the wording changes: what it shows is known, and can be agreed to. */
const keepWordings = (store: Store, { consent }: Site) =>
  store.transaction((records) =>
    records.keepConsentText(
      ...Object.values<Wording | undefined>({ ...consent }).filter((wording) => wording !== undefined),
    ),
  );

/** The store that the environment names. Throws `StoreUnavailable`. */
export async function openStore({ database }: Pick<Environment, 'database'>): Promise<Store> {
  return database.kind === 'postgres' ? openPostgres(database.url) : openSqlite(database.file);
}

/** What deletes a person's mails that are files; those that were sent are nobody's here. */
export const mailForgetter =
  ({ mail }: Pick<Environment, 'mail'>) =>
  (address: string): Promise<void> =>
    forgetMailFiles(mail.folder, address);

/** What sends mails: by SMTP, or into files where none is named. */
export function openMailer(
  { mail, site }: Pick<Environment, 'mail' | 'site'>,
  log: (line: string) => void = () => {},
): Mailer {
  return mail.smtp
    ? smtpMailer({
        url: mail.smtp,
        name: site.hostname,
        dkim: mail.dkim,
        connections: mailsAtOnce.answer + mailsAtOnce.issue,
      })
    : mailFiles({ folder: mail.folder, now: () => Date.now(), log });
}

/** What sends events to a CRM; undefined where none is named. */
export function openWebhook({ webhook }: Pick<Environment, 'webhook'>): WebhookSender | undefined {
  return webhook && webhookSender({ ...webhook, clock: () => Date.now() });
}

/** The mailbox in which what comes back arrives; undefined where none is named. */
export function openReportMailbox({ bounces }: Pick<Environment, 'bounces'>): ReportMailbox | undefined {
  return bounces.imap && imapMailbox({ url: bounces.imap });
}

/** What there is to see of the store, without changing it. `now` in milliseconds since 1970. */
export function inspectStore({ database }: Pick<Environment, 'database'>, now: () => number): Promise<StoreFacts> {
  return database.kind === 'postgres' ? inspectPostgres(database.url, now) : inspectSqlite(database.file);
}

const second = 1000;
const hour = 60 * 60 * second;
/** How often the mailbox of what comes back is read. */
const reportsAreRead = 5 * 60 * second;
const day = 24 * hour;

function assemble(
  environment: Environment,
  context: DeskContext,
  log: (line: string) => void,
  lock: ServerLock | undefined,
): OpenCapture {
  const { store, secrets, clock, random } = context;
  const mailer = openMailer(environment, log);
  const { address: bounceAddress, hookSecret } = environment.bounces;
  const webhook = openWebhook(environment);
  const { outbox, counts } = countedOutbox(store.outbox);
  const worker = outboxWorker({
    store: { ...store, outbox },
    handlers: [
      ...mailHandlers(
        {
          ...{ store, mailer, secrets, address: context.address, mail: environment.mail, clock },
          hasDesk: environment.owners.length > 0,
          ownerAddress: (owner) => ownerWith(context.owners, owner)?.email,
          ...openRefusals(context),
          ...(bounceAddress !== undefined && {
            bouncesOf: (mailId) => ({
              returnPath: returnPath(mailId, bounceAddress, secrets),
              address: bounceAddress,
              tag: returnTag(mailId, secrets),
            }),
          }),
        },
        () => context.site,
      ),
      ...(webhook ? [webhookHandler(webhook)] : []),
    ],
    ...{ clock, random, log },
    monotonic: () => performance.now(),
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => {}),
  });
  const owners = ownersOf(context.owners).filter(({ role }) => role === 'owner');
  const sentMails = () =>
    counts().reduce((sum, { lane, outcome, n }) => sum + (lane !== 'webhook' && outcome === 'sent' ? n : 0), 0);
  const mailFailure = environment.mail.smtp ? mailWatch(mailer, clock, sentMails) : async () => undefined;
  const views = openViews(context);
  const heard = openHeard({ store, clock, random });
  const flushHeard = regularly(
    5 * second,
    () => heard.flush(),
    (error) => log(`Who heard a recording cannot be written now: ${reasonOf(error)}`),
  );
  const flush = regularly(
    second,
    () => views.flush(),
    (error) => log(`Views cannot be written now: ${reasonOf(error)}`),
  );
  let isEnding = false;
  const issues = regularly(
    10 * second,
    () =>
      queueDueIssues({
        ...{ store, site: context.site, secrets, clock, random, perSecond: environment.mail.perSecond },
        isEnding: () => isEnding,
      }).then(() => worker.wake()),
    (error) => log(`The newsletter cannot be queued now: ${reasonOf(error)}`),
  );
  context.issuesChanged = () => issues.now();
  const reports = openReportMailbox(environment);
  const readReports = regularly(
    reportsAreRead,
    async () => {
      if (!reports || bounceAddress === undefined) return;
      // Of several processes one reads, and another one next time if that one is gone.
      const turn = await store.limits.take('reports', { most: 1, milliseconds: reportsAreRead / 2 }, clock());
      if (turn.kind === 'taken') await reports.readNew((source) => takeReport({ ...context, bounceAddress }, source));
    },
    (error) => log(`The mailbox of what comes back cannot be read now: ${reasonOf(error)}`),
  );
  const prune = regularly(
    hour,
    async () => {
      await store.limits.prune(clock() - day);
      // As the site that is served now says it.
      const { retention } = context.site;
      const before = (what: keyof Retention) => clock() - retention[what] * day;
      await store.outbox.prune(before('sent'));
      await store.outbox.pruneDead(before('deadLetters'));
      await store.pruneUnconfirmed(before('unconfirmed'));
      await store.pruneRequests(before('requests'));
      await store.pruneEvidence(before('evidence'));
      await store.pruneDesk({
        owners: ownersOf(context.owners).map(({ id }) => id),
        expired: clock() - day,
        seen: clock() - idleLife,
        begun: clock() - longestLife,
        audited: before('audit'),
      });
    },
    (error) => log(`What is kept no longer cannot be cleared away now: ${reasonOf(error)}`),
  );

  return {
    capture: captureOf(context, {
      hookSecret,
      countView: (path, query) => views.count(path, query),
      queued: () => worker.wake(),
    }),
    desk: deskDoor(context, () => worker.wake()),
    store,
    commentsVersion: () => store.reading.commentsVersion(),
    countHeard(hearings, reads) {
      heard.count(hearings);
      heard.countReads(reads);
    },
    async watch(stale) {
      try {
        const { backup } = environment;
        const problems = await findProblems({
          ...{ store, now: clock(), stale, mailFailure },
          freeBytes: () =>
            statfs(environment.kept).then(
              ({ bavail, bsize }) => bavail * bsize,
              () => undefined,
            ),
          backup: async () => (backup === undefined ? undefined : { path: backup, newest: await writtenAt(backup) }),
        });
        const recipients = owners.length > 0 ? owners.map(({ id }) => id) : context.site.owner.email ? [''] : [];
        if (await noteProblems({ store, recipients, clock, random }, problems)) worker.wake();
      } catch (error) {
        log(`What is wrong with the server cannot be looked up now: ${reasonOf(error)}`);
      }
    },
    facts: async () => ({
      store: await storeNumbers(store, context.perNetwork, clock()).catch(() => undefined),
      deliveries: counts(),
    }),
    async takeUp(site) {
      await keepWordings(store, site);
      context.site = site;
    },
    start() {
      worker.start();
      flush.start();
      flushHeard.start();
      prune.start();
      issues.start();
      readReports.start();
    },
    stopSending: () => worker.stop(),
    async close() {
      isEnding = true;
      await issues.stop();
      await readReports.stop();
      await worker.stop();
      await prune.stop();
      await flush.stop();
      await flushHeard.stop();
      await heard.flush().catch((error: unknown) => log(`The last who heard a recording are lost: ${reasonOf(error)}`));
      await views.flush().catch((error: unknown) => log(`The last views are lost: ${reasonOf(error)}`));
      await mailer.close();
      await store.close();
      lock?.release();
    },
  };
}

/** The use cases in their context; `queued` is called when one of them may have queued something. */
export function captureOf(
  context: Context,
  {
    countView,
    queued,
    hookSecret,
  }: { countView: Capture['countView']; queued: () => void; hookSecret?: string | undefined },
): Capture {
  const then = async <Outcome>(outcome: Promise<Outcome>) => {
    const reached = await outcome;
    queued();
    return reached;
  };
  return {
    admit: (visit) => admit(context, visit),
    requestWhitepaper: (form: FormFields, visit: Visit) => then(requestWhitepaper(context, form, visit)),
    subscribe: (form, visit) => then(subscribe(context, form, visit)),
    look: (token, kind) => look(context, token, kind),
    confirm: (token, visit) => then(confirm(context, token, visit)),
    download: (token, sent) => then(download(context, token, sent)),
    unsubscribe: (token, visit) => then(unsubscribe(context, token, visit)),
    resubscribe: (token, visit) => then(resubscribe(context, token, visit)),
    askErasure: (token) => then(askErasure(context, token)),
    eraseMe: (token) => then(eraseMe(context, token)),
    sendNewLink: (form, visit) => then(sendNewLink(context, form, visit)),
    partnerReport: (token) => partnerReport(context, token),
    archive: (page) => archive(context, page),
    sentIssue: (entry) => sentIssue(context, entry),
    takeHook: (request) => then(takeHook({ ...context, secret: hookSecret }, request)),
    countView,
    ...commentsDoor(context, then),
    get consent() {
      return context.site.consent;
    },
  };
}

/** The right to be the one server of an SQLite file; other stores need none. Throws `ServerIsRunning`. */
export function lockOf({ database }: Pick<Environment, 'database'>, clock: () => number): ServerLock | undefined {
  return database.kind === 'sqlite' ? lockForServer(database.file, { pid: process.pid, since: clock() }) : undefined;
}

/** Which server has the SQLite file, if one has; of a PostgreSQL database that is not known. */
export function serverOn({ database }: Pick<Environment, 'database'>): LockHolder | undefined {
  return database.kind === 'sqlite' ? serverOf(database.file) : undefined;
}

/** How many other processes of this software have the PostgreSQL database open; of an SQLite file `serverOn` knows better. */
export const serversOn = async ({ database }: Pick<Environment, 'database'>): Promise<number> =>
  database.kind === 'postgres' ? connectionsTo(database.url) : 0;

/** Backups as files. */
export const backupFiles = { seal: sealBackup, read: readBackup, mails: mailsIn, sync };

/** When a file was written last, or the newest of a folder's; null where there is none. */
export async function writtenAt(path: string): Promise<number | null> {
  const own = await stat(path).catch(() => undefined);
  if (!own) return null;
  if (!own.isDirectory()) return own.mtimeMs;
  // One that is hidden is not finished yet.
  const names = (await readdir(path).catch(() => [])).filter((name) => !name.startsWith('.'));
  const files = await Promise.all(names.map((name) => stat(join(path, name)).catch(() => undefined)));
  return files.reduce<number | null>(
    (newest, file) => Math.max(newest ?? 0, file?.isFile() ? file.mtimeMs : 0) || null,
    null,
  );
}

/** Does something again and again, never twice at once. It keeps no process alive. */
function regularly(milliseconds: number, work: () => Promise<unknown>, failed: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;
  const run = () => {
    underWay ??= work()
      .then(() => {}, failed)
      .finally(() => (underWay = undefined));
  };
  return {
    now: run,
    start() {
      run();
      timer ??= setInterval(run, milliseconds).unref();
    },
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
