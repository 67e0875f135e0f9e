import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fixtureOutput } from '../../fixture-site.ts';
import { unmeasurable } from '../build/processes.ts';
import { serverEnvironment } from '../capture/setting.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, countOf, end } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { type Asked, load, record, requestsFor } from './requests.ts';
import { type Measurable, nginxVersion, startNginx, startNode } from './servers.ts';

/**
 * What it costs to send a file of the site, beside a bare `node:http` handler that sends the same bytes from memory, and
 * beside nginx where it is installed.
 *
 *   npm run bench:serve -- --help
 */
const options = benchOptions({
  name: 'bench:serve',
  summary: 'measures what sending a file of the site costs, beside a bare handler and nginx',
  options: {
    seconds: { value: 'n', description: 'how long each load lasts: 5, or what is said here' },
    connections: { value: 'n', description: 'over how many connections: 10' },
    runs: { value: 'n', description: 'how often each is measured; the least CPU counts: 3' },
    ...printOnly,
  },
  examples: ['npm run bench:serve', 'npm run bench:serve -- --seconds 2 --runs 1 --print-only'],
});
const seconds = countOf('--seconds', options.seconds, 5);
const connections = countOf('--connections', options.connections, 10);
const runs = countOf('--runs', options.runs, 3);
const most = 2.5;
const asked = { page: '/', recording: '/episodes/long/audio.mp3' };
const none = 'nginx was not measured: it is not installed on this machine.';

const why = unmeasurable(process.platform);
if (why) end(why);
const report = openReport('bench:serve', options);
await buildFixture();

// Within the project, where the built site finds its packages.
const built = 'node_modules/.cache/bench-serve';
await rm(built, { recursive: true, force: true });
await cp(fixtureOutput, built, { recursive: true });
await mkdir(join(built, 'client/episodes/long'));
await writeFile(join(built, 'client', asked.recording), Buffer.alloc(8_000_000, 'a recording '));
const folder = await mkdtemp(join(tmpdir(), 'd-files-bench-'));
const within = async (name: string) => {
  await mkdir(join(folder, name));
  return join(folder, name);
};

const environment = { ...serverEnvironment(join(folder, 'var')), DIST_DIR: built };
const ours = await startNode('src/server/main.ts', await within('ours'), environment);
const recorded = join(folder, 'recorded.json');
const requests = await requestsFor(ours.origin, asked);
await writeFile(recorded, JSON.stringify(await Promise.all(requests.map((each) => record(ours.origin, each)))));
const bare = await startNode('tests/bench/serve/bare-handler.ts', await within('bare'), {
  RECORDED: recorded,
  RECORDING: join(built, 'client', asked.recording),
});
const version = nginxVersion();
const nginx = version === undefined ? undefined : await startNginx(resolve(built, 'client'), await within('nginx'));

const servers = [
  { name: 'bare handler', ...bare },
  { name: 'this server', ...ours },
  ...(nginx ? [{ name: 'nginx', ...nginx }] : []),
];
const rows: Row[] = [];
for (let run = 0; run < runs; run += 1)
  for (const server of servers)
    for (const each of await requestsFor(server.origin, asked)) {
      console.error(`${server.name}: ${each.name} …`);
      await record(server.origin, each);
      rows.push({ server: server.name, request: each.name, ...(await measured(server, each)) });
    }
await Promise.all(servers.map(({ stop }) => stop()));
await Promise.all([folder, built].map((each) => rm(each, { recursive: true })));

const names: Asked['name'][] = requests.map(({ name }) => name);
const best = (server: string, request: string) =>
  rows.filter((row) => row.server === server && row.request === request).toSorted((a, b) => a.cpu - b.cpu)[0];
const lines = names.flatMap((request) =>
  servers.flatMap(({ name }) => {
    const row = best(name, request);
    const base = best('bare handler', request);
    if (!row || !base) return [];
    const times = [row.p50, row.p99].map((time) => `${time.toFixed(2)} ms`);
    const of = `${(row.cpu / base.cpu).toFixed(2)} x`;
    return [[request, name, `${row.cpu.toFixed(0)} µs`, of, ...times, row.perSecond.toFixed(0)]];
  }),
);
const missed = names.filter(
  (name) => (best('this server', name)?.cpu ?? 0) > most * (best('bare handler', name)?.cpu ?? 0),
);
const head = ['request', 'server', 'CPU a request', "of a bare handler's", 'p50', 'p99', 'requests/s'];
const table = [head, ['---', '---', '--:', '--:', '--:', '--:', '--:'], ...lines]
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n');
const text = `User and system CPU of the server's processes a request; ${connections} connections, each of which asks again when it has
its answer, for ${seconds} seconds; of ${runs} runs the one with the least CPU. "A page" is the front page, compressed; "unchanged"
the same for a reader who has it (304); "a part" 64 KiB out of a recording of 8 MB. The bare handler is \`node:http\` alone, which
sends the same bytes, every header included, pages from memory and the recording out of an open file, and writes no log; this server writes a line for each answer into a file, and so
does nginx, which sends gzip in place of Brotli.

${version === undefined ? none : `Measured beside ${version}.`}

${table}

Target, at most ${most} x the CPU of the bare handler: ${missed.length === 0 ? 'met' : `MISSED by ${missed.join(', ')}`}.`;
report.print(text);
await report.save(text);
process.exit(missed.length === 0 ? 0 : 1);

interface Row {
  server: string;
  request: string;
  /** Microseconds a request. */
  cpu: number;
  p50: number;
  p99: number;
  perSecond: number;
}

/** Warms up, then loads. */
async function measured(server: Measurable, each: Asked) {
  await load(server.origin, each, connections, 1);
  const before = server.cpu();
  const { requests, ...times } = await load(server.origin, each, connections, seconds);
  return { cpu: ((server.cpu() - before) * 1e6) / requests, ...times };
}
