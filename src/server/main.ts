import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Hearing, readSite, writtenAt } from '#capture/compose.ts';
import { readEnvironment } from '#capture/environment.ts';
import { commentChanges } from './comment-changes.ts';
import { openEditions } from './edition.ts';
import { Listening } from './heard.ts';
import { Reads } from './views.ts';
import { LaterParts } from './later-parts.ts';
import { createLog, lineWriter, sendConsoleTo, traceOf } from './log.ts';
import { measureLag } from './lag.ts';
import { metricsText } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import { buildSite, rebuilds } from './rebuilds.ts';
import { rehearse } from './rehearse.ts';
import { RequestCounts } from './request-counts.ts';
import { startServer } from './server.ts';
import { openThreadedCapture } from './threaded-capture.ts';

/** Serves what `npm run build` made, and sends the mails that its forms ask for. */

/**
 * How long the end may take, in milliseconds: longer than answers and mails under way are waited for, and less than the
 * ten seconds after which containers are killed.
 */
const lastMoments = 7500;
/** How long what a build puts in its place may take for one step of it, in milliseconds. */
const aMoment = 100;
/** How often the server looks whether the site was built anew, and whether it is time to build it, in milliseconds. */
const lookingAround = 1000;
/** How often the server looks what is wrong with it, in milliseconds. */
const watching = 60_000;
/** npm passes on a signal that the terminal has sent to all: what comes this soon after the first is the same key press. */
const sameKeyPress = 500;

const addressOf = (host: string, port: number) => `${host.includes(':') ? `[${host}]` : host}:${port}`;

const { rebuild } = readOptions();
const { built } = readEnvironment(process.env).environment;
const entry = join(built, 'server/entry.mjs');
const builtSite = existsSync(entry) ? await readSite(built).catch(() => undefined) : undefined;
if (!builtSite) end('There is nothing to serve yet. Build the site first:\n\n  npm run build');

const { environment, problems } = readEnvironment(process.env, builtSite.url);
for (const { variable, what, fix } of problems) console.error(`${variable} ${what}. Fix it:\n\n  ${fix}\n`);
// Without its own address the site leads readers, feeds and mails to nowhere, on any machine.
if (problems.some(({ variable }) => environment.production || variable === 'SITE_URL'))
  end('The server was not started.');

const log = createLog(
  environment.production ? 'json' : 'text',
  lineWriter(
    (text) => process.stdout.write(text),
    (write) => void setImmediate(write),
    (write) => process.on('exit', write),
  ),
  () => new Date(),
);
process.on('uncaughtException', endAfter);
sendConsoleTo(log);

const now = () => Date.now();
const opened = await openThreadedCapture({ site: builtSite, log, lost: endAfter, now }).catch((error: unknown) =>
  end(reasonsOf(error)),
);
const { capture, check, oldestDue, deadLetters } = opened;
const desk = environment.owners.length > 0 ? opened.desk : undefined;
const editions = await openEditions({
  folder: built,
  async prepare(edition) {
    // Its own address is in every link of a site, and in those of mails.
    if (edition.built.url !== builtSite.url)
      throw new Error(`it was built for ${edition.built.url}, and not for ${builtSite.url}: start the server again`);
    await opened.takeUp(edition.built);
  },
  log: (line) => log.info(line),
  pause: () => sleep(aMoment),
  now,
});
const comments = commentChanges({
  version: () => opened.commentsVersion(),
  built: () => editions.current.built.commentsVersion,
  now,
});
const scheduled = rebuilds({
  due() {
    const { nextDue } = editions.current.built;
    return [
      { at: nextDue === undefined ? undefined : Date.parse(nextDue), why: 'An entry is due' },
      { at: comments.due, why: 'Comments have changed' },
    ];
  },
  build: buildSite(built),
  log: (line) => log.info(line),
  now,
});
const services = {
  ...{ capture, desk, check, oldestDue, deadLetters },
  stale: () => editions.failure ?? scheduled.failure,
};
const { host } = environment;
let heard: Hearing[] = [];
const listening = new Listening({ salt: randomBytes(32), now, report: (hearing) => void heard.push(hearing) });
const reads = new Reads();
const reportHeard = async () => {
  const reported = heard;
  heard = [];
  const read = reads.take();
  if (reported.length + read.length > 0) await opened.countHeard(reported, read).catch(() => {});
};
const requests = environment.metrics && new RequestCounts();
const shared = {
  ...{ environment, services, log, now, requests, listening, reads },
  laterParts: new LaterParts(),
  bodyLimits: { bytes: 64 * 1024, milliseconds: 10_000 },
  // Its last twelve digits are random, and drawn for many at once.
  requestId: () => randomUUID().slice(-12),
  async renew() {
    await editions.readAgain();
    return current();
  },
};
const current = () => ({ ...shared, ...editions.current });
await rehearse(current, 60).catch((error: unknown) => log.warn(`The rehearsal failed: ${reasonsOf(error)}`));
const running = await startServer(current, environment).catch(async (error: NodeJS.ErrnoException) => {
  await opened.close();
  const { port } = environment;
  return end(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Name a free one:\n\n  PORT=${port + 1} npm run serve`
      : `The server cannot listen on ${host}:${port}: ${error.message}`,
  );
});
const metrics = environment.metrics && (await openMetrics(environment.metrics));
await opened.start();
setInterval(() => {
  void editions.renew();
  if (rebuild) void comments.check().then(() => scheduled.check());
}, lookingAround).unref();
log.info(`The site is at http://${addressOf(host, running.port)}/`);
setInterval(() => void reportHeard(), lookingAround).unref();
setInterval(() => void opened.watch(services.stale()).catch(() => {}), watching).unref();
if (metrics) log.info(`Metrics are at http://${addressOf(environment.metrics?.host ?? '', metrics.port)}/metrics`);
if (!environment.mail.smtp)
  log.info(`Mails are not sent: each becomes a file in ${relative('', environment.mail.folder)}`);

let stoppedAt: number | undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);

function stop(): void {
  if (stoppedAt !== undefined) {
    if (Date.now() - stoppedAt > sameKeyPress) process.exit(1);
    return;
  }
  stoppedAt = Date.now();
  scheduled.stop();
  metrics?.stop();
  log.info('The server ends what is under way; a second signal ends it at once');
  setTimeout(() => process.exit(1), lastMoments).unref();
  // A mail server that hangs is waited for while readers are answered.
  void Promise.all([running.stop(), opened.stopSending()])
    .then(reportHeard)
    .then(() => opened.close())
    .then(() => process.exit(0));
}

/** Numbers of this process, for whoever watches over it. */
async function openMetrics(at: { host: string; port: number }) {
  const lag = measureLag();
  const text = async () => {
    const [vitals, connections, builtAt, backupAt] = await Promise.all([
      opened.vitals().catch(() => undefined),
      running.connections(),
      writtenAt(join(built, 'gated/site.json')),
      environment.backup === undefined ? undefined : writtenAt(environment.backup),
    ]);
    const { user, system } = process.cpuUsage();
    return metricsText({
      ...{ requests: requests ?? new RequestCounts(), vitals, connections, builtAt, backupAt, lag: lag(), now: now() },
      isStale: services.stale() !== undefined,
      process: {
        startedAt: performance.timeOrigin,
        cpuSeconds: (user + system) / 1e6,
        memoryBytes: process.memoryUsage.rss(),
      },
    });
  };
  return serveMetrics(at, text).catch(async (error: NodeJS.ErrnoException) => {
    await opened.close();
    return end(
      error.code === 'EADDRINUSE'
        ? `Port ${at.port} of METRICS_PORT is taken. Name a free one, or none:\n\n  METRICS_PORT=${at.port + 1} npm run serve`
        : `Metrics cannot be served at ${at.host}:${at.port}: ${error.message}`,
    );
  });
}

function readOptions(): { rebuild?: boolean | undefined } {
  try {
    return parseArgs({ options: { rebuild: { type: 'boolean' } } }).values;
  } catch (error) {
    return end(
      `${(error as Error).message}\n\n  npm run serve -- --rebuild\n\nbuilds the site by itself when an entry is due.`,
    );
  }
}

/** After an error that nobody foresaw nothing is certain: the process ends, and whoever watches it starts it again. */
function endAfter(error: unknown): never {
  log.error(`The server ends: ${traceOf(error)}`);
  process.exit(1);
}

/** What an error says, and what led to it. */
function reasonsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reasonsOf(error.cause)}`;
}

function end(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
