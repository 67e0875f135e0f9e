import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { glob, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processTerminal, progressLine } from '../../../src/cli/terminal.ts';
import { copyProject } from '../../build/project-copy.ts';
import { benchOptions, chosen, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { randomly } from '../search/random.ts';
import { type Mutant, mutantsOf } from './mutants.ts';

/**
 * Whether the tests see faults: one at a time is put into a copy of the project, and the unit tests of its room are run.
 *
 *   npm run bench:mutations -- --help
 */
const rooms = ['authoring', 'feeds', 'publishing'] as const;
const options = benchOptions({
  name: 'bench:mutations',
  summary: 'puts faults into rooms of the source, one at a time, and counts how many the unit tests see',
  notes:
    'It works on a copy of the project in the folder for temporary files. Each fault takes a run of tests: half a minute at most.',
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
const report = openReport('bench:mutations', options);
const progress = progressLine(processTerminal(process.stdin, process.stdout, process.stderr));

// Node strips no types in node_modules.
const copy = await mkdtemp(join(tmpdir(), 'd-files-mutations-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
await copyProject(copy, ['src', 'tests', 'public', 'content', 'package.json', 'tsconfig.json']);

for (const room of chosen('--room', options.room, rooms)) {
  const mutants: Mutant[] = [];
  for await (const file of glob(`src/${room}/**/*.ts`)) mutants.push(...mutantsOf(file, await readFile(file, 'utf8')));
  const sample = drawn(
    mutants.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    count,
  );
  if (await isSeen(room)) throw new Error(`The unit tests of ${room} fail in ${copy} without any fault.`);
  const unseen: Mutant[] = [];
  for (const [i, mutant] of sample.entries()) {
    progress.show(`${room}: ${i + 1} of ${sample.length}, ${mutant.file}:${mutant.line}`);
    const before = await readFile(mutant.file, 'utf8');
    await writeFile(join(copy, mutant.file), mutant.source);
    if (!(await isSeen(room))) unseen.push(mutant);
    await writeFile(join(copy, mutant.file), before);
  }
  progress.clear();
  const seen = sample.length - unseen.length;
  const share = sample.length > 0 ? Math.round((100 * seen) / sample.length) : 100;
  report.print(`${room}: ${seen} of ${sample.length} faults seen, ${share} %, of ${mutants.length} that there are`);
  for (const { file, line, before, after } of unseen)
    report.print(`  unseen: ${file}:${line}  ${shortened(before)}  →  ${shortened(after)}`);
}
await report.save();

/** So many of all, by the seed. */
function drawn(all: readonly Mutant[], most: number): Mutant[] {
  const random = randomly(seed);
  const left = [...all];
  const found: Mutant[] = [];
  while (found.length < most && left.length > 0) found.push(...left.splice(Math.floor(random() * left.length), 1));
  return found;
}

/** Whether the unit tests that concern a room fail, or do not come to an end. */
function isSeen(room: string): Promise<boolean> {
  // What is wrong in them shows in what commands print.
  const concerned = room === 'feeds' ? [room] : [room, 'cli'];
  const folders = concerned.map((name) => `tests/unit/${name}`);
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'tests/vitest.config.ts',
    '--project',
    'unit',
    '--bail',
    '1',
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, ...folders], { cwd: copy, timeout: 120_000, maxBuffer: 1e8 }, (error) =>
      resolve(error !== null),
    );
  });
}

function shortened(code: string): string {
  return (code.length > 60 ? `${code.slice(0, 60)}…` : code).replaceAll(/\s+/g, ' ');
}
