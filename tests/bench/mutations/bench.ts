import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { glob, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { processTerminal, progressLine } from '../../../src/cli/terminal.ts';
import { copyProject } from '../../build/project-copy.ts';
import { startPostgres } from '../../capture/postgres.ts';
import { fixtureOutput } from '../../fixture-site.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, chosen, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { randomly } from '../search/random.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { relatedTests } from './related-tests.ts';

/**
 * Whether the tests see faults: one at a time is put into a copy of the project, and the tests that its file has a part in
 * are run.
 *
 *   npm run bench:mutations -- --help
 */
const rooms = ['authoring', 'feeds', 'publishing', 'capture', 'server'] as const;
const options = benchOptions({
  name: 'bench:mutations',
  summary: 'puts faults into rooms of the source, one at a time, and counts how many the tests see',
  notes:
    'It works on a copy of the project in the folder for temporary files. A fault is shown to the tests that import its file, by however many others: first to units, to those of the stores on SQLite alone and to those of the server that start no process; what these do not see, to the others of the stores and the server, with PostgreSQL and the built fixture, which are there once for all faults. The first test that fails ends a run. A fault takes half a minute at most, or two where the slow tests are needed.',
  options: {
    count: { value: 'n', description: 'how many faults are tried of each room; 20 without' },
    seed: { value: 'n', description: 'which of all faults they are; 1 without' },
    room: { value: 'name', multiple: true, description: `leaves the other rooms out; ${rooms.join(', ')} without` },
    ...printOnly,
  },
  examples: ['npm run bench:mutations', 'npm run bench:mutations -- --room feeds --count 50 --seed 7'],
});
const count = countOf('--count', options.count, 20);
const seed = countOf('--seed', options.seed, 1);
const chosenRooms = chosen('--room', options.room, rooms);
const report = openReport('bench:mutations', options);
const progress = progressLine(processTerminal(process.stdin, process.stdout, process.stderr));

// Node strips no types in node_modules.
const copy = await mkdtemp(join(tmpdir(), 'd-files-mutations-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
const documents = ['README.md', '.github', '.vscode', 'astro.config.mjs', 'package.json', 'tsconfig.json'];
await copyProject(copy, ['src', 'tests', 'public', 'content', ...documents]);
const postgres = await startPostgres();
if (chosenRooms.some((room) => room === 'capture' || room === 'server')) await lendFixture();

/** Tests that take long, or that nothing but PostgreSQL or a process of the server fails in. */
const isSlow = (test: string) =>
  /^tests\/(unit\/cli\/every-command|server\/process|capture\/(postgres|move-store|commands))\.test\.ts$/.test(test);
/** What a fault is shown to, one after the other. */
const sets = [
  { of: (test: string) => !isSlow(test), env: {} },
  { of: (test: string) => test.startsWith('tests/capture/') || isSlow(test), env: { POSTGRES_URL: postgres.url } },
];

for (const room of chosenRooms) {
  const mutants: Mutant[] = [];
  for await (const file of glob(`src/${room}/**/*.ts`, { cwd: copy }))
    mutants.push(...mutantsOf(file, await readFile(join(copy, file), 'utf8')));
  const sample = drawn(
    mutants.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    count,
  );
  const began = performance.now();
  const failed = await firstFailure(new Set(sample.flatMap(({ file }) => testsOf(file))), Infinity);
  if (failed) throw new Error(`Tests of ${room} fail in ${copy} without any fault:\n${failed}`);
  const patience = 30_000 + 2 * (performance.now() - began);
  const unseen: Mutant[] = [];
  for (const [i, mutant] of sample.entries()) {
    progress.show(`${room}: ${i + 1} of ${sample.length}, ${mutant.file}:${mutant.line}`);
    const file = join(copy, mutant.file);
    const before = await readFile(file, 'utf8');
    await writeFile(file, mutant.source);
    if (!(await firstFailure(new Set(testsOf(mutant.file)), patience))) unseen.push(mutant);
    await writeFile(file, before);
  }
  progress.clear();
  const seen = sample.length - unseen.length;
  const share = sample.length > 0 ? Math.round((100 * seen) / sample.length) : 100;
  report.print(`${room}: ${seen} of ${sample.length} faults seen, ${share} %, of ${mutants.length} that there are`);
  for (const { file, line, before, after } of unseen)
    report.print(`  unseen: ${file}:${line}  ${shortened(before)}  →  ${shortened(after)}`);
}
await report.save();
await postgres.stop();

/** Has the copy serve the fixture as it is built here. */
async function lendFixture(): Promise<void> {
  await buildFixture();
  const lent = join(copy, fixtureOutput);
  await mkdir(dirname(lent), { recursive: true });
  await symlink(resolve(fixtureOutput), lent);
}

/** So many of all, by the seed. */
function drawn(all: readonly Mutant[], most: number): Mutant[] {
  const random = randomly(seed);
  const left = [...all];
  const found: Mutant[] = [];
  while (found.length < most && left.length > 0) found.push(...left.splice(Math.floor(random() * left.length), 1));
  return found;
}

/** Those of the tests of a file that build no site and kill no server. */
function testsOf(file: string): string[] {
  return relatedTests(copy, file).filter((test) => /^tests\/(unit|capture|server\/(?!killed))/.test(test));
}

/** What the first test says that fails, or does not come to an end in so many milliseconds; undefined where none does. */
async function firstFailure(tests: ReadonlySet<string>, milliseconds: number): Promise<string | undefined> {
  for (const { of, env } of sets) {
    const some = [...tests].filter(of);
    const failure = some.length > 0 ? await failureOf(some, env, milliseconds) : undefined;
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function failureOf(
  tests: readonly string[],
  env: Record<string, string>,
  milliseconds: number,
): Promise<string | undefined> {
  const config = 'tests/bench/mutations/vitest.config.ts';
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', config, '--reporter', 'dot'];
  // In a group of its own, with whatever the tests start: a loop without an end hears of no end of its parent.
  const run = spawn(process.execPath, [...args, '--bail', '1', ...tests], {
    ...{ cwd: copy, detached: true, env: { ...process.env, ...env } },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const read = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-10_000));
  run.stdout.on('data', read);
  run.stderr.on('data', read);
  const end = () => run.pid !== undefined && process.kill(-run.pid, 'SIGKILL');
  const timer = milliseconds < Infinity ? setTimeout(end, milliseconds) : undefined;
  return new Promise((resolve) =>
    run.once('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? undefined : said);
    }),
  );
}

function shortened(code: string): string {
  return (code.length > 60 ? `${code.slice(0, 60)}…` : code).replaceAll(/\s+/g, ' ');
}
