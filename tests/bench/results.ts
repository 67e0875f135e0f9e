import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';

/** Where every bench keeps what it measured last, each under its own heading. */
export const resultsFile: string = fileURLToPath(new URL('RESULTS.md', import.meta.url));

/** The option of every bench that leaves the results of the last run as they are. */
export const printOnly = {
  'print-only': { description: 'only prints what it measured, and leaves tests/bench/RESULTS.md as it is' },
} as const;

/** What a bench found, while it finds it. */
export interface Report {
  /** Prints lines, and keeps them for the results. */
  print(lines: string): void;
  /** Writes what was printed, or the Markdown `body`, as the section of the bench, unless it was told to only print. */
  save(body?: string): Promise<void>;
}

/** Begins the report of the bench that `npm run <name>` is. */
export function openReport(name: string, options: { 'print-only': boolean }): Report {
  const begun = machine();
  const typed = process.argv.slice(2);
  const printed: string[] = [];
  const print = (lines: string) => {
    printed.push(lines);
    console.log(lines);
  };
  const save = async (body = `\`\`\`\n${printed.join('\n').trim()}\n\`\`\``) => {
    if (options['print-only']) return;
    const words = typed.map((word) => (/^[\w./:-]+$/.test(word) ? word : `"${word}"`));
    const command = ['npm run', name, ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
    const day = new Date().toISOString().slice(0, 10);
    const facts = `\`${command}\`, ${[day, await commit(), begun].filter(Boolean).join(', ')}.`;
    const before = await readFile(resultsFile, 'utf8').catch(() => '');
    const after = withSection(before, name, `${facts}\n\n${body}`);
    const style = await resolveConfig(resultsFile);
    await writeFile(resultsFile, await format(after, { ...style, filepath: resultsFile }));
    console.log(`\nIt is in ${relative('.', resultsFile)} now.`);
  };
  return { print, save };
}

/** The results with `body` as the section under `heading`, in place of the one that was there; all others as they were. */
export function withSection(results: string, heading: string, body: string): string {
  const [before, ...sections] = results.split(/^(?=## )/m);
  const isOld = (section: string) => section.split('\n', 1)[0]?.trim() === `## ${heading}`;
  const section = `## ${heading}\n\n${body.trim()}\n`;
  const others = sections.map((each) => (isOld(each) ? section : each).trim());
  if (!sections.some(isOld)) others.push(section.trim());
  return `${[before?.trim() || introduction, ...others].join('\n\n')}\n`;
}

const introduction = `# What the benches measured

Each bench writes its own section when it has run, and leaves the others as they are. Compare only what one run measured:
another machine, or another load on it, has other numbers.`;

/** Processor, memory and system, with what else the machine had to do. */
function machine(): string {
  const cores = cpus();
  const limit = process.constrainedMemory();
  const memory = Math.min(totalmem(), limit > 0 ? limit : Infinity);
  return [
    `${cores[0]?.model.trim() ?? process.arch}, ${cores.length} cores`,
    `${Math.round(memory / 2 ** 30)} GB of memory`,
    system(),
    `Node ${process.versions.node}`,
    `a load of ${loadavg()[0]?.toFixed(1)} before it began`,
  ].join(', ');
}

/** What was measured; nothing where there is no git. What a bench wrote before makes no difference. */
async function commit(): Promise<string> {
  const git = async (...args: string[]) => (await promisify(execFile)('git', args)).stdout.trim();
  try {
    const changes = await git('status', '--porcelain', '--', '.', `:!${relative('.', resultsFile)}`);
    return `commit ${await git('rev-parse', '--short', 'HEAD')}${changes && ' with changes'}`;
  } catch {
    return '';
  }
}

/** Debian GNU/Linux 12, where the system says so of itself. */
function system(): string {
  try {
    const [, name] = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    if (name) return name;
  } catch {
    // Only Linux has that file.
  }
  return `${type()} ${release()}`;
}
