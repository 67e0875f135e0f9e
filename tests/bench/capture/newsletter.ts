import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mailsAtOnce } from '#capture/outbox/handlers.ts';
import { processTerminal, progressLine } from '../../../src/cli/terminal.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, chosen, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { randomly } from '../search/random.ts';
import { type Database, databases, storeNames } from './databases.ts';
import { startServer } from './server-process.ts';
import { newsletterForm, serverEnvironment } from './setting.ts';
import { startSmtpSink } from './smtp-sink.ts';
import { fillSubscribers, issueArgs } from './subscribers.ts';

/**
 * Sends a newsletter to many by a server that is killed (`kill -9`) now and then, while readers send forms, and keeps
 * account: nobody is left out, nobody gets it twice but those whose mail was in flight at a kill, and readers get their
 * answers at once.
 *
 *   npm run bench:newsletter -- --help
 */
const options = benchOptions({
  name: 'bench:newsletter',
  summary: 'sends a newsletter to many while the server is killed now and then, and counts who got it',
  options: {
    subscribers: { value: 'n', description: 'how many it goes to: 20000, or what is said here' },
    kills: { value: 'n', description: 'how often the server is killed: 5, or what is said here' },
    seed: { value: 'n', description: 'the moments of the kills: 1, or what is said here' },
    rate: { value: 'n', description: 'MAIL_PER_SECOND of the server: 1000, or what is said here' },
    store: { value: 'name', multiple: true, description: 'sqlite or postgres; both without' },
    ...printOnly,
  },
  examples: ['npm run bench:newsletter', 'npm run bench:newsletter -- --subscribers 2000 --kills 2 --store sqlite'],
});
const subscribers = countOf('--subscribers', options.subscribers, 20_000);
const kills = countOf('--kills', options.kills, 5);
const seed = countOf('--seed', options.seed, 1);
const rate = countOf('--rate', options.rate, 1000);
const stores = chosen('--store', options.store, storeNames);

const report = openReport('bench:newsletter', options);
const line = progressLine(processTerminal(process.stdin, process.stdout, process.stderr));
await buildFixture();

let exact = true;
for await (const database of databases(stores)) exact = (await send(database)) && exact;
await report.save();
process.exit(exact ? 0 : 1);

async function send(database: Database): Promise<boolean> {
  const random = randomly(seed);
  const kept = await mkdtemp(join(tmpdir(), 'd-files-newsletter-'));
  await database.reset(kept);
  const sink = await startSmtpSink();
  const env = {
    ...{ ...serverEnvironment(kept), ...database.env, SMTP_URL: sink.url },
    ...{ MAIL_FROM: 'The series <hello@series.example>', MAIL_PER_SECOND: String(rate) },
  };
  let server = await startServer('src/server/main.ts', env);
  await fillSubscribers({ database, kept, env }, subscribers);

  const began = performance.now();
  await queue(env);
  const queuedIn = performance.now() - began;
  const got = new Map<string, number>();
  const ids = new Map<string, Set<string>>();
  let [counted, lastAt] = [0, 0];
  /** How many subscribers have got it. */
  const sent = () => {
    for (; counted < sink.mails.length; counted += 1) {
      const { to = '', id = '', at = 0 } = sink.mails[counted] ?? {};
      if (!to.startsWith('subscriber-')) continue;
      lastAt = at;
      got.set(to, (got.get(to) ?? 0) + 1);
      ids.set(to, (ids.get(to) ?? new Set()).add(id));
    }
    return got.size;
  };

  const over = new AbortController();
  const answers = answerTimes(over.signal);
  // In the first nine tenths, so that there is work to be done after each.
  const moments = Array.from({ length: kills }, () => Math.floor(random() * 0.9 * subscribers)).toSorted(
    (a, b) => a - b,
  );
  for (const moment of moments) {
    await reached(Math.min(moment, subscribers - 100));
    await server.kill();
    server = await startServer('src/server/main.ts', env);
  }
  const inFlight = kills * (mailsAtOnce.issue + mailsAtOnce.answer);
  await reached(subscribers - inFlight);
  await quiet();
  const took = (lastAt - began) / 1000;
  over.abort();
  const times = (await answers).toSorted((a, b) => a - b);

  // What a killed server held is let go of in some minutes; here at once.
  await server.stop();
  await database.makeDue(kept);
  server = await startServer('src/server/main.ts', env);
  const store = await database.open(kept);
  for (;;) {
    const { ready, leased } = await store.outbox.progress('');
    if (ready + leased === 0) break;
    await sleep(200);
  }
  await store.close();
  await server.stop();

  const lost = subscribers - sent();
  const twice = [...got.values()].filter((times) => times > 1).length;
  const renamed = [...ids.values()].filter((each) => each.size > 1).length;
  await sink.close();
  await rm(kept, { recursive: true });
  line.clear();

  const most = kills * mailsAtOnce.issue;
  const right = lost === 0 && twice <= most && renamed === 0;
  const at = (share: number) =>
    `${Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? NaN)} ms`;
  report.print(
    [
      `${database.name}: ${right ? 'exact' : 'WRONG'}`,
      `  ${subscribers} subscribers, queued in ${(queuedIn / 1000).toFixed(1)} s, sent in ${took.toFixed(0)} s with ${kills} kills: ${Math.round(subscribers / took)} mails/s of ${rate / 2}, which MAIL_PER_SECOND=${rate} leaves a newsletter`,
      `  lost: ${lost}; got it twice: ${twice} (${most} were in flight at the kills at most); under another Message-ID: ${renamed}`,
      `  answers to ${times.length} readers meanwhile, from the form to the mail: median ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)}`,
    ].join('\n'),
  );
  return right;

  async function reached(count: number): Promise<void> {
    const end = performance.now() + 15 * 60_000;
    while (sent() < count) {
      if (performance.now() > end) throw new Error(`Only ${sent()} mails were sent in 15 minutes`);
      line.show(`${database.name}: ${sent()} of ${subscribers}`);
      await sleep(20);
    }
  }

  /** Resolves when nothing has been sent for a while: what is left is held by servers that were killed. */
  async function quiet(): Promise<void> {
    for (let before = -1; before !== sent();) {
      before = sent();
      await sleep(3000);
    }
  }

  /** How long readers wait for the mail that answers their form, in milliseconds; without those who met a kill. */
  async function answerTimes(signal: AbortSignal): Promise<number[]> {
    const waiting = new Map<string, { at: number; of: typeof server }>();
    const times: number[] = [];
    let seen = 0;
    for (let n = 0; !signal.aborted; n += 1) {
      const email = `reader-${n}@example.com`;
      const [at, of] = [performance.now(), server];
      const answer = await fetch(`${of.origin}/forms/newsletter/`, {
        ...{ method: 'POST', redirect: 'manual', headers: { Origin: of.origin } },
        body: new URLSearchParams({ ...newsletterForm(env.DIST_DIR), email }),
      }).catch(() => undefined);
      if (answer?.status === 303) waiting.set(email, { at, of });
      await sleep(400);
      for (; seen < sink.mails.length; seen += 1) {
        const { to = '', at: arrived = 0 } = sink.mails[seen] ?? {};
        const asked = waiting.get(to);
        if (asked && asked.of === server) times.push(arrived - asked.at);
        waiting.delete(to);
      }
    }
    return times;
  }
}

/** `npm run newsletter`, as an owner runs it beside the server. */
function queue(env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['src/cli/newsletter.ts', ...issueArgs({ env })], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The newsletter was not queued: ${printed}`)),
    );
  });
}
