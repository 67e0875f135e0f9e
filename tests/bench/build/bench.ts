import { access, appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { grouped } from '#site/count.ts';
import { listed } from '../../../src/cli/command-line.ts';
import { processTerminal, progressLine } from '../../../src/cli/terminal.ts';
import { benchOptions, chosen, countOf, end } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { eleventy } from './eleventy.ts';
import { benchFolder } from './folders.ts';
import type { Generator } from './generator.ts';
import { hugo } from './hugo.ts';
import { measure, unmeasurable } from './processes.ts';
import { series, type Series } from './series.ts';
import { stockAstro } from './stock-astro.ts';
import { type Build, memoryPerEntry, table } from './table.ts';
import { thisProject } from './this-project.ts';
import { defaultSeed } from './write-series.ts';

/**
 * What a build costs, beside other generators that make bare pages of the same text.
 *
 *   npm run bench:build -- --help
 */
const generators = [thisProject, stockAstro, eleventy, hugo];
const names = generators.map(({ name }) => name);
const options = benchOptions({
  name: 'bench:build',
  summary: 'measures the CPU and memory of builds, beside other generators that make bare pages of the same text',
  notes:
    'Nothing else may build in this checkout meanwhile. What earlier builds kept for later ones is deleted. It runs on Linux. 5,000 entries take an hour and more.',
  options: {
    entries: { value: 'n', multiple: true, description: 'how many entries the series has; 100, 1000 and 5000 without' },
    runs: { value: 'n', description: 'how often each build is measured, of which the median is shown; 3 without' },
    only: { value: 'name', multiple: true, description: `leaves the others out: ${listed(names)}` },
    ...printOnly,
  },
  examples: ['npm run bench:build', 'npm run bench:build -- --entries 1000 --runs 1 --only d-files --only astro'],
});
const cannot = unmeasurable(process.platform);
if (cannot !== undefined) end(cannot);
const sizes = options.entries.map((entries) => countOf('--entries', entries, 0));
if (sizes.length === 0) sizes.push(100, 1000, 5000);
const runs = countOf('--runs', options.runs, 3);
const only = chosen('--only', options.only, names);
const report = openReport('bench:build', options);
const progress = progressLine(processTerminal(process.stdin, process.stdout, process.stderr));

const state = {
  cold: 'first',
  socialImagesCached: 'first, social images cached',
  unchanged: 'nothing changed',
  edit: 'one edit',
} as const;

const missing: string[] = [];
const versions: string[] = [];
const ready: Generator[] = [];
for (const generator of generators.filter(({ name }) => only.includes(name))) {
  progress.show(`Making ${generator.title} ready`);
  const found = await generator.ready();
  if ('missing' in found) missing.push(`${generator.title} was not measured: ${found.missing}.`);
  else {
    versions.push(`${generator.title} ${found.version}`);
    ready.push(generator);
  }
}
progress.clear();
if (ready.length === 0) throw new Error(missing.join('\n'));
if (missing.length > 0) report.print(missing.join('\n'));

const builds: Build[] = [];
for (const size of sizes) {
  const made = series(size, defaultSeed);
  const measured: Build[] = [];
  for (let run = 1; run <= runs; run += 1)
    for (const generator of ready) {
      const folder = resolve(benchFolder, 'build', `${generator.name}-${size}`);
      if (run === 1) {
        progress.show(`${grouped(size)} entries: writing them for ${generator.title}`);
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true });
        await generator.write(folder, made);
      }
      for await (const build of buildsOf(generator, folder, made, run)) measured.push(build);
    }
  for (const { name } of ready) await rm(resolve(benchFolder, 'build', `${name}-${size}`), { recursive: true });
  builds.push(...measured);
  console.log(`\n${grouped(size)} entries\n\n${tableOf(measured)}`);
}

const memory = ready.flatMap(({ title }) => {
  const bytes = memoryPerEntry(builds.filter((build) => build.generator === title && build.state === state.cold));
  return bytes === undefined ? [] : `${title} ${(bytes / 1e6).toFixed(2)} MB`;
});
const perEntry =
  memory.length > 0
    ? `What one more entry adds to the peak memory of a first build, between the two largest sizes: ${memory.join(', ')}.`
    : '';
if (perEntry) console.log(`\n${perEntry}`);

await report.save(
  [
    `Seconds of user and system CPU of a build with all its child processes, and the most memory that they had resident
together, npm's own process included where npm runs it; ${runs === 1 ? 'of one run' : `medians of ${runs} runs`}. Measured were ${listed(versions)}.`,
    ...missing,
    `Half of the entries are episodes with remote audio and chapters, a tenth of these with a transcript; they have about
620 words each. This project makes of them all that it has: social images, pictures, feeds, search, compressed files. The
others make bare pages of the same text without pictures, with one list and one feed.`,
    ...sizes.flatMap((size) => [
      `### ${grouped(size)} entries`,
      tableOf(builds.filter(({ entries }) => entries === size)),
    ]),
    perEntry,
  ].join('\n\n'),
);

/** Builds a site in each state, one after the other, and looks whether it is what it should be. */
async function* buildsOf(
  generator: Generator,
  folder: string,
  { entries }: Series,
  run: number,
): AsyncGenerator<Build> {
  const edited = entries[entries.length >> 1]!;
  const sentence = `This was added before run ${run}.`;
  const steps = [
    { name: state.cold, isFirst: true, prepare: () => generator.forget(folder) },
    { name: state.socialImagesCached, prepare: generator.forgetButSocialImages?.bind(undefined, folder) },
    { name: state.unchanged, prepare: async () => {} },
    {
      name: state.edit,
      prepare: () => appendFile(join(folder, generator.source(edited)), `\n${sentence}\n`),
    },
  ];
  for (const { name, isFirst = false, prepare } of steps) {
    if (!prepare) continue;
    await prepare();
    const what = `${grouped(entries.length)} entries, ${generator.title}, ${name}, run ${run} of ${runs}`;
    progress.show(what);
    const { code, output, cpu, memory } = await measure(generator.build(folder, isFirst));
    progress.clear();
    if (code !== 0) throw new Error(`${what}: the build ended with ${code}:\n\n${output.slice(-3000)}`);
    for (const entry of entries) {
      const page = join(folder, generator.page(entry));
      await access(page).catch(() => {
        throw new Error(`${what}: there is no page ${page}`);
      });
    }
    if (name === state.edit && !(await readFile(join(folder, generator.page(edited)), 'utf8')).includes(sentence))
      throw new Error(`${what}: the edit is not in ${generator.page(edited)}`);
    console.log(`${what}: ${cpu.toFixed(2)} s, ${Math.round(memory / 1e6)} MB`);
    yield { entries: entries.length, generator: generator.title, state: name, cpu, memory };
  }
}

function tableOf(measured: readonly Build[]): string {
  const inOrder = ready.flatMap(({ title }) =>
    Object.values(state).flatMap((name) =>
      measured.filter((build) => build.generator === title && build.state === name),
    ),
  );
  return table(inOrder, stockAstro.title, { [state.socialImagesCached]: state.cold });
}
