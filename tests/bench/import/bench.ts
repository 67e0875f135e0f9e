import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { measure, unmeasurable } from '../build/processes.ts';
import { benchOptions, countOf, end } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { type ExportSize, writeExport } from './write-export.ts';

/**
 * What an import costs, and how much memory a large export takes.
 *
 *   npm run bench:import -- --help
 */
const options = benchOptions({
  name: 'bench:import',
  summary: 'what the import of 1,000 posts costs, and the memory that a large export takes',
  options: {
    posts: { value: 'n', description: 'how many posts are imported: 1000, or what is said here' },
    megabytes: { value: 'n', description: 'how large the large export is: 200' },
    ...printOnly,
  },
  examples: ['npm run bench:import', 'npm run bench:import -- --posts 5000 --print-only'],
});
const posts = countOf('--posts', options.posts, 1000);
const size = countOf('--megabytes', options.megabytes, 200) * 1e6;
const why = unmeasurable(process.platform);
if (why !== undefined) end(why);
const report = openReport('bench:import', options);
const folder = resolve('node_modules/.cache/bench/import');
await rm(folder, { recursive: true, force: true });
await mkdir(join(folder, 'uploads'), { recursive: true });
await copyFile('tests/fixtures/archives/wordpress/uploads/2019/05/lamp.png', join(folder, 'uploads/lamp.png'));

try {
  const file = join(folder, 'export.xml');
  for (const count of [Math.ceil(posts / 4), posts]) {
    await writeExport(file, { posts: count, paragraphs: 10, notes: 0 });
    const content = join(folder, `content-${count}`);
    report.print(`${count} posts of ten paragraphs, each with a picture, three comments and ten links to others`);
    await imported('the first run', file, content, '--comments');
    await imported('the same again', file, content, '--comments');
  }
  const text: ExportSize = { posts: 1000, paragraphs: 40, notes: 0 };
  await writeExport(file, text);
  const each = (await stat(file)).size / text.posts;
  for (const [what, of] of [
    ['of texts alone', { ...text, posts: Math.round(size / each) }],
    ['of notes of plugins above all', { ...text, posts: Math.round(size / (each + 100_000)), notes: 100_000 }],
  ] as const) {
    await writeExport(file, of);
    report.print(`An export ${what}: ${of.posts} posts, ${((await stat(file)).size / 1e6).toFixed(0)} MB`);
    await imported('a dry run', file, join(folder, 'content-large'), '--dry-run');
  }
  await report.save();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function imported(what: string, file: string, content: string, ...more: string[]): Promise<void> {
  const uploads = ['--files', join(folder, 'uploads'), '--report', join(folder, 'report.md')];
  const args = ['src/cli/import.ts', file, '--into', content, '--offline', ...uploads, ...more];
  const begun = performance.now();
  const { code, cpu, memory, output } = await measure({
    command: process.execPath,
    args,
    folder: process.cwd(),
    env: { VAR_DIR: join(content, '../var', content.split('-').at(-1) ?? ''), DATABASE_URL: '' },
  });
  if (code !== 0) throw new Error(output);
  const wall = ((performance.now() - begun) / 1000).toFixed(1);
  report.print(
    `  ${what.padEnd(16)} ${cpu.toFixed(1).padStart(6)} s CPU ${wall.padStart(6)} s, at most ${(memory / 1e6).toFixed(0)} MB of memory`,
  );
}
