import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyProject } from '../../build/project-copy.ts';
import { build } from '../../fixture-site.ts';
import { freePort } from '../../free-port.ts';
import { processTerminal, progressLine } from '../../../src/cli/terminal.ts';
import { benchOptions, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { openLoad, percentile } from './open-load.ts';
import { startServer } from './server-process.ts';
import { serverEnvironment } from './setting.ts';

/**
 * Real builds into the folder that a server serves, while readers ask for pages, and for what the pages that they opened
 * before the build load. Then `npm run serve -- --rebuild` with an entry that is due in about a minute.
 *
 *   npm run bench:builds -- --help
 */
const options = benchOptions({
  name: 'bench:builds',
  summary: 'builds into the folder that a server serves, and counts the requests that fail',
  options: {
    builds: { value: 'n', description: 'how many builds: 10, or what is said here' },
    rate: { value: 'n', description: 'requests in a second: 50' },
    ...printOnly,
  },
  examples: ['npm run bench:builds', 'npm run bench:builds -- --builds 2'],
});
const builds = countOf('--builds', options.builds, 10);
const rate = countOf('--rate', options.rate, 50);

const report = openReport('bench:builds', options);
const line = progressLine(processTerminal(process.stdin, process.stdout, process.stderr));
// Not in node_modules, where Node takes no TypeScript.
const root = await mkdtemp(join(tmpdir(), 'd-files-project-'));
const kept = await mkdtemp(join(tmpdir(), 'd-files-builds-'));
const port = await freePort();
const address = `http://127.0.0.1:${port}`;
const env = {
  ...{ ...serverEnvironment(kept), DIST_DIR: join(root, 'dist'), SITE_URL: address, PORT: String(port) },
  ...{ CONTENT_DIR: 'content' },
};
const minute = 60_000;

let right = true;
try {
  await copyProject(root, ['src', 'public', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']);
  await cp('tests/fixtures/series', join(root, 'content'), { recursive: true });
  line.show('The first build …');
  await buildOnce();
  right = await underLoad();
  right = (await whenDue()) && right;
} finally {
  line.clear();
  await rm(root, { recursive: true, force: true });
  await rm(kept, { recursive: true, force: true });
}
await report.save();
process.exit(right ? 0 : 1);

/** Builds as `npm run build` does; resolves to how long it took, in milliseconds. */
async function buildOnce(): Promise<number> {
  const began = performance.now();
  const { code, output } = await build({ CONTENT_DIR: 'content', SITE_URL: address }, 'dist', root);
  if (code !== 0) throw new Error(`A build failed:\n${output}`);
  return performance.now() - began;
}

async function underLoad(): Promise<boolean> {
  const server = await startServer('src/server/main.ts', env, { cwd: root });
  const post = '/posts/words-for-fog/';
  const pages = [
    '/',
    '/about/',
    post,
    '/posts/',
    '/episodes/',
    '/subscribe/',
    '/rss.xml',
    '/forms/inbox/',
    '/confirm/?token=x',
  ];
  // What pages that were opened load, those of earlier builds too: readers have them open.
  const assets = new Set<string>();
  const over = new AbortController();
  const load = openLoad(
    () => server.origin,
    rate,
    (n) => {
      const known = [...assets];
      const path = (n % 2 === 1 ? known[(n >> 1) % known.length] : undefined) ?? pages[(n >> 1) % pages.length] ?? '/';
      return { path, status: path.startsWith('/confirm/') ? 410 : 200 };
    },
    over.signal,
    (path, body) => {
      if (path.endsWith('/'))
        for (const [asset] of body.matchAll(/\/_astro\/[\w./-]+\.(?:js|css|woff2|webp|avif)/g)) assets.add(asset);
    },
  );
  await sleep(2000);
  const opened = assets.size;
  const [took, until]: [number[], number[]] = [[], []];
  for (let n = 1; n <= builds; n += 1) {
    line.show(`Build ${n} of ${builds} under load …`);
    const mark = `This is build number ${n}.`;
    await appendFile(join(root, 'content/posts/words-for-fog/index.mdx'), `\n${mark}\n`);
    // A change of the code gives files with a digest other names.
    if (n % 5 === 0) await appendFile(join(root, 'src/styles/site.css'), `\n.build-${n} { order: ${n}; }\n`);
    took.push(await buildOnce());
    const ended = performance.now();
    while (!(await (await fetch(server.origin + post)).text()).includes(mark)) {
      if (performance.now() - ended > minute) throw new Error('A build is not served a minute after it ended');
      await sleep(50);
    }
    until.push(performance.now() - ended);
  }
  await sleep(2000);
  over.abort();
  const { asked, failed, failures, times } = await load;
  await server.stop();
  line.clear();
  report.print(
    [
      `${builds} builds under ${rate} requests a second: ${failed === 0 ? 'none failed' : 'SOME FAILED'}`,
      `  ${asked} requests, ${failed} failed ${failures.join('; ')}`,
      `  ${assets.size} files with a digest, ${opened} of them of pages that were opened before the first build`,
      `  a build took ${seconds(percentile(took, 0.5))}, and was served ${seconds(Math.max(...until))} after its end at most`,
      `  a request took ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms, beside the builds`,
    ].join('\n'),
  );
  return failed === 0;
}

/** An entry that is due appears by itself. */
async function whenDue(): Promise<boolean> {
  line.show('An entry is scheduled …');
  const due = new Date(Math.ceil((Date.now() + (await buildOnce()) + minute) / 1000) * 1000);
  await writeFile(
    join(root, 'content/posts/due-by-itself.mdx'),
    `---\ntitle: Due by itself\npublishedAt: ${due.toISOString().replace('.000', '')}\nsummary: It appears when it is due.\ntopics:\n  - meetings\nauthors:\n  - guild-of-part-time-keepers\n---\n\nHere it is.\n`,
  );
  await buildOnce();
  const server = await startServer('src/server/main.ts', env, { cwd: root, args: ['--rebuild'] });
  const ask = async () => (await fetch(`${server.origin}/posts/due-by-itself/`)).status;
  const early = Date.now() < due.getTime() ? await ask() : NaN;
  let seenAt = NaN;
  while (Date.now() < due.getTime() + 4 * minute) {
    line.show(`Due in ${Math.round((due.getTime() - Date.now()) / 1000)} s …`);
    if ((await ask()) === 200) {
      seenAt = Date.now();
      break;
    }
    await sleep(250);
  }
  await server.stop();
  line.clear();
  const isRight = early === 404 && seenAt >= due.getTime();
  report.print(
    isRight
      ? `serve -- --rebuild: the entry appeared by itself ${seconds(seenAt - due.getTime())} after it was due; 404 before`
      : `serve -- --rebuild: FAILED (before it was due ${early}; seen ${seconds(seenAt - due.getTime())} after)\n${server.printed().slice(-1000)}`,
  );
  return isRight;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
