import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { newId } from '#capture/store/tokens.ts';
import { openCapture, readSite } from '#capture/compose.ts';
import { readEnvironment } from '#capture/environment.ts';
import type { Store } from '#capture/store/store.ts';
import { insertRows } from '../../capture/rows.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, chosen, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { type Database, databases, storeNames } from './databases.ts';
import { type Measured, sendForms } from './load.ts';
import { readPages } from './pages.ts';
import { startServer } from './server-process.ts';
import { formFor, serverEnvironment } from './setting.ts';
import { startSmtpSink } from './smtp-sink.ts';

/**
 * What it costs to keep a form: `POST /forms/whitepaper/` with full durability, beside a bare handler that keeps nothing;
 * and what a page costs while forms come as fast as they are taken.
 *
 *   npm run bench:capture -- --help
 */
const options = benchOptions({
  name: 'bench:capture',
  summary: 'measures what keeping a form costs, on either store',
  options: {
    seconds: { value: 'n', description: 'how long each load lasts: 15, or what is said here' },
    contacts: { value: 'n', description: 'how many people are in the store before: 100000' },
    rate: { value: 'n', description: 'forms in a second of the open load: 200' },
    store: { value: 'name', multiple: true, description: 'sqlite or postgres; both without' },
    ...printOnly,
  },
  examples: ['npm run bench:capture', 'npm run bench:capture -- --seconds 3 --contacts 1000 --store sqlite'],
});
const seconds = countOf('--seconds', options.seconds, 15);
const contacts = countOf('--contacts', options.contacts, 100_000);
const rate = countOf('--rate', options.rate, 200);
const target = { rate: 200, p99: 50, slowdown: 3 };
const stores = chosen('--store', options.store, storeNames);

const report = openReport('bench:capture', options);
await buildFixture();

report.print(`${contacts} people in the store.`);
report.print('Milliseconds; open load is timed from the moment at which a request was due.\n');
report.print(row(['', 'load', 'a second', 'p50', 'p99', 'p99.9', 'refused', 'failed']));

const bare = await startServer('tests/bench/capture/bare-handler.ts', {});
await measure('bare handler', [bare.origin]);
await bare.stop();

let [met, pagesMet] = [true, true];
for await (const database of databases(stores))
  for (const processes of database.shared ? [1, 2] : [1]) met = (await bench(database, processes)) && met;
report.print(`\nTarget, p99 under ${target.p99} ms at ${target.rate} forms/s: ${met ? 'met' : 'MISSED'}`);
report.print(
  `Target, p50 of a page beside forms at full speed within ${target.slowdown} x that without: ${pagesMet ? 'met' : 'MISSED'}`,
);
await report.save();
process.exit(met && pagesMet ? 0 : 1);

async function bench(database: Database, processes: number): Promise<boolean> {
  const kept = await mkdtemp(join(tmpdir(), 'd-files-bench-'));
  await database.reset(kept);
  const store = await database.open(kept);
  await store.migrate();
  await fill(store, contacts);
  await store.close();
  await database.settle(kept);

  const sink = await startSmtpSink();
  const env = { ...serverEnvironment(kept), ...database.env, SMTP_URL: sink.url };
  const servers = await Promise.all(Array.from({ length: processes }, () => startServer('src/server/main.ts', env)));
  const name = `${database.name}, ${processes} ${processes === 1 ? 'process' : 'processes'}`;
  const origins = servers.map(({ origin }) => origin);
  const { first, one, open, accepted: before } = await measure(name, origins);
  const beside = await measurePages(origins);
  const accepted = before + beside.accepted;
  await Promise.all(servers.map((server) => server.stop()));

  const after = await database.open(kept);
  const stored = (await after.reading.counts()).submission - contacts;
  await after.close();
  const spent = await storeTime(env);
  await sink.close();
  await rm(kept, { recursive: true });
  report.print(
    `${' '.repeat(26)}of the ${one.mean.toFixed(1)} ms of a form that comes alone the store takes ${spent.toFixed(1)} ms`,
  );
  report.print(`${' '.repeat(26)}acknowledged ${accepted}, stored ${stored}`);
  return Math.max(first.p99, open.p99) < target.p99 && open.perSecond > target.rate * 0.98 && stored >= accepted;
}

/** How long the store takes for a form that comes alone, in milliseconds: the mean of many. */
async function storeTime(env: Record<string, string>): Promise<number> {
  const { environment } = readEnvironment(env);
  const { capture, store, close } = await openCapture(environment, {
    site: await readSite(environment.built),
    log: () => {},
  });
  const keep = store.transaction.bind(store);
  let [spent, forms] = [0, 0];
  store.transaction = async (work) => {
    const began = performance.now();
    const kept = await keep(work);
    spent += performance.now() - began;
    forms += 1;
    return kept;
  };
  const fields = formFor(environment.built);
  const visit = { ip: '192.0.2.1', userAgent: undefined, referer: undefined };
  for (let n = 0; n < 500; n += 1)
    await capture.requestWhitepaper({ ...fields, email: `measured-${n}@example.com` }, visit);
  await close();
  return spent / forms;
}

/** Reads pages, first alone and then while forms come as fast as they are taken. */
async function measurePages(origins: string[]): Promise<{ accepted: number }> {
  const load = { connections: 10, seconds };
  await readPages(origins, { connections: 10, seconds: 2 });
  const alone = await readPages(origins, load);
  const fields = formFor(serverEnvironment('').DIST_DIR);
  const [forms, pages] = await Promise.all([
    sendForms(origins, fields, { connections: 20, seconds: seconds + 1 }),
    readPages(origins, load),
  ]);
  const slowdown = pages.p50 / alone.p50;
  pagesMet &&= slowdown <= target.slowdown;
  print('', 'pages alone, 10', alone);
  print('', 'pages, forms', pages);
  print('', 'forms, pages', forms);
  report.print(`${' '.repeat(26)}beside forms a page takes ${slowdown.toFixed(1)} x as long (p50)`);
  return forms;
}

/** Loads open from the first second on, then closed and open. */
async function measure(
  name: string,
  origins: string[],
): Promise<{ first: Measured; one: Measured; open: Measured; accepted: number }> {
  const fields = formFor(serverEnvironment('').DIST_DIR);
  const first = await sendForms(origins, fields, { connections: 40, seconds: 1, rate });
  const one = await sendForms(origins.slice(0, 1), fields, { connections: 1, seconds: 3 });
  const closed = await sendForms(origins, fields, { connections: 20, seconds });
  const open = await sendForms(origins, fields, { connections: 40, seconds, rate });
  print(name, `first, ${rate}/s`, first);
  print('', 'closed, 1', one);
  print('', 'closed, 20', closed);
  print('', `open, ${rate}/s`, open);
  return { first, one, open, accepted: first.accepted + one.accepted + closed.accepted + open.accepted };
}

/** People who asked before, each with what that left behind. */
async function fill(store: Store, contacts: number): Promise<void> {
  const batch = 1000;
  const at = Date.now() - 24 * 60 * 60_000;
  for (let from = 0; from < contacts; from += batch) {
    const people = Array.from({ length: Math.min(batch, contacts - from) }, (_, index) => ({
      id: newId(at, randomBytes),
      submission: newId(at, randomBytes),
      email: `known-${from + index}@example.com`,
    }));
    await insertRows(
      store,
      'contact',
      people.map(({ id, email }) => ({
        id,
        email,
        emailNorm: email,
        mailbox: email,
        name: null,
        company: null,
        createdAt: at,
      })),
    );
    await insertRows(
      store,
      'submission',
      people.map(({ id, submission }) => ({
        ...{
          id: submission,
          contactId: id,
          asset: 'known',
          landing: '/whitepapers/known/',
          fromEntry: null,
          partner: null,
          utm: '{}',
        },
        ...{ verdict: 'accepted' as const, dedupeKey: submission, at },
      })),
    );
    await insertRows(
      store,
      'token',
      people.map(({ id, submission }) => ({
        ...{ id: newId(at, randomBytes), kind: 'confirm' as const, contactId: id, submissionId: submission },
        ...{ keyId: 'known', expiresAt: at, uses: 0, maxUses: null, revokedAt: null },
      })),
    );
    await insertRows(
      store,
      'outbox',
      people.map(({ id, submission }) => ({
        ...{
          id: newId(at, randomBytes),
          kind: 'mail' as const,
          lane: 'answer' as const,
          dedupeKey: `ask:${submission}`,
          contactId: id,
        },
        ...{ payload: '{}', state: 'done' as const, attempts: 1, runAt: at, leaseUntil: null, lastError: null },
      })),
    );
  }
}

function print(name: string, load: string, { perSecond, p50, p99, p999, refused, failed }: Measured): void {
  report.print(
    row([
      name,
      load,
      perSecond.toFixed(0),
      ...[p50, p99, p999].map((time) => time.toFixed(1)),
      String(refused),
      String(failed),
    ]),
  );
}

function row([name = '', load = '', ...numbers]: string[]): string {
  return name.padEnd(26) + load.padEnd(17) + numbers.map((number) => number.padStart(9)).join('');
}
