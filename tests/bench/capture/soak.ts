import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTerminal, progressLine } from '../../../src/cli/terminal.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, chosen, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { databases, storeNames } from './databases.ts';
import { openLoad, percentile } from './open-load.ts';
import { startServer } from './server-process.ts';
import { formFor, serverEnvironment, siteIn } from './setting.ts';
import { startSmtpSink } from './smtp-sink.ts';

/**
 * Whether a server holds more and more memory: pages and forms for some minutes at an even pace, with what it holds at each
 * quarter of a minute, and a straight line through that.
 *
 *   npm run bench:soak -- --help
 */
const options = benchOptions({
  name: 'bench:soak',
  summary: 'loads the server evenly for some minutes, and says whether its memory grows',
  options: {
    minutes: { value: 'n', description: 'how long: 10, or what is said here' },
    pages: { value: 'n', description: 'pages in a second: 50' },
    forms: { value: 'n', description: 'forms in a second: 5' },
    store: { value: 'name', multiple: true, description: 'sqlite or postgres; sqlite without' },
    ...printOnly,
  },
  examples: ['npm run bench:soak', 'npm run bench:soak -- --minutes 2 --pages 200'],
});
const minutes = countOf('--minutes', options.minutes, 10);
const pages = countOf('--pages', options.pages, 50);
const forms = countOf('--forms', options.forms, 5);
const stores = options.store.length > 0 ? chosen('--store', options.store, storeNames) : ['sqlite'];

/** What counts as flat, in MB a minute: less than a kilobyte for each request of the load. */
const flat = 1;
const samplesPerMinute = 4;
/** The first part of the time, in which caches fill, is not in the line. */
const warmUp = 0.3;

const report = openReport('bench:soak', options);
const line = progressLine(processTerminal(process.stdin, process.stdout, process.stderr));
await buildFixture();

let isFlat = true;
for await (const database of databases(stores)) {
  const kept = await mkdtemp(join(tmpdir(), 'd-files-soak-'));
  await database.reset(kept);
  const sink = await startSmtpSink();
  const heaps = join(kept, 'heaps');
  const server = await startServer('src/server/main.ts', {
    ...{ ...serverEnvironment(kept), ...database.env, SMTP_URL: sink.url, MAIL_FROM: 'hello@series.example' },
    ...{ MAIL_PER_SECOND: '1000', HEAPS: heaps, NODE_OPTIONS: '--import=./tests/bench/capture/live-heap.ts' },
  });
  const { entries, whitepapers } = siteIn(serverEnvironment(kept).DIST_DIR);
  const paths = ['/', '/about/', '/subscribe/', '/rss.xml', ...[...entries, ...whitepapers].map(({ url }) => url)];
  const fields = formFor(serverEnvironment(kept).DIST_DIR);

  const over = new AbortController();
  const loads = [
    openLoad(
      () => server.origin,
      pages,
      (n) => ({ path: paths[n % paths.length] ?? '/', status: 200 }),
      over.signal,
    ),
    openLoad(
      () => server.origin,
      forms,
      (n) => ({ path: '/forms/whitepaper/', status: 303, form: { ...fields, email: `soak-${n}@example.com` } }),
      over.signal,
    ),
  ];
  report.print(`${database.name}: ${pages} pages/s and ${forms} forms/s for ${minutes} minutes`);
  report.print('  minute   resident   live heap       store   MB');
  const samples: { minute: number; resident: number; heap: number; store: number }[] = [];
  const began = performance.now();
  for (let n = 1; n <= minutes * samplesPerMinute; n += 1) {
    await sleep(Math.max(0, began + (n * 60_000) / samplesPerMinute - performance.now()));
    const sample = {
      minute: n / samplesPerMinute,
      resident: (await server.memory()) / 2 ** 20,
      heap: (await liveHeap(heaps)) / 2 ** 20,
      store: (await sizeOf(join(kept, 'd-files.db'))) / 2 ** 20,
    };
    samples.push(sample);
    const row = `${sample.minute.toFixed(2).padStart(8)}${sample.resident.toFixed(1).padStart(11)}${sample.heap.toFixed(1).padStart(12)}${sample.store.toFixed(1).padStart(12)}`;
    if (n % samplesPerMinute === 0) report.print(row);
    else line.show(row);
  }
  over.abort();
  const [read, sent] = await Promise.all(loads);
  await server.stop();
  await sink.close();
  await rm(kept, { recursive: true });
  line.clear();

  const late = samples.filter(({ minute }) => minute >= minutes * warmUp);
  const [resident = NaN, heap = NaN, stored = NaN] = (['resident', 'heap', 'store'] as const).map((of) =>
    slope(late.map((sample) => [sample.minute, sample[of]])),
  );
  const failed = (read?.failed ?? 0) + (sent?.failed ?? 0);
  // SQLite keeps what it has read of its file in memory, up to 32 MB.
  const right = resident - stored <= flat && heap <= flat && failed === 0;
  isFlat &&= right;
  report.print(
    [
      `  a line through minutes ${(minutes * warmUp).toFixed(0)} to ${minutes}: resident ${signed(resident)} MB a minute, live heap ${signed(heap)}, store ${signed(stored)}: ${right ? 'flat' : 'GROWING'}`,
      `  ${read?.asked} pages, p99 ${percentile(read?.times ?? [], 0.99).toFixed(1)} ms; ${sent?.asked} forms, p99 ${percentile(sent?.times ?? [], 0.99).toFixed(1)} ms; ${failed} failed ${[...(read?.failures ?? []), ...(sent?.failures ?? [])].join('; ')}`,
    ].join('\n'),
  );
}
await report.save();
process.exit(isFlat ? 0 : 1);

/** What all threads of the server have in use, in bytes. */
async function liveHeap(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => Number(await readFile(join(folder, name), 'utf8'))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The size of a file, in bytes; 0 where there is none. */
function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Of the straight line that is nearest to the points (least squares). */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

function signed(number: number): string {
  return `${number < 0 ? '−' : '+'}${Math.abs(number).toFixed(2)}`;
}
