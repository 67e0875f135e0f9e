import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runCommand, type Run } from '../../fakes/command-context.ts';
import { folderWith } from '../authoring/content-folder.ts';
import { commandsOf, errorIn, programs, scripts } from './programs.ts';

// A process takes a second to start, and much longer beside others.
vi.setConfig({ testTimeout: 60_000 });

const scriptOf = (file: string) => `node src/cli/node24.mjs ${file}`;
const benches = Object.entries(scripts).flatMap(([name, line]) => {
  const file = /^node src\/cli\/node24\.mjs (tests\/bench\/\S+\.ts)$/.exec(line)?.[1];
  return file ? [{ name, file }] : [];
});

/** Variables under which a command can neither read nor write anything of the project's. */
async function variables(): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'd-files-command-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return {
    ...{ CONTENT_DIR: await folderWith({}), VAR_DIR: join(folder, 'var'), DIST_DIR: join(folder, 'dist') },
    // Nothing listens there.
    ...{ SITE_URL: 'http://127.0.0.1:9', NOW: '2026-01-15T12:00:00Z', NO_COLOR: '1' },
  };
}

/** Runs a file as npm does, in a process of its own. */
async function startProcess(file: string, ...args: string[]): Promise<Run> {
  const env = { PATH: process.env['PATH'], ...(await variables()) };
  return new Promise((resolve) =>
    execFile(process.execPath, [file, ...args], { env }, (error, output, errors) =>
      resolve({ code: error ? Number(error.code) : 0, output, errors }),
    ),
  );
}

/** Something that helps a person, and nothing that only helps whoever wrote the command. */
function expectWords({ code, output, errors }: Run): void {
  expect(output + errors).not.toMatch(/^ +at .*:\d+|node:internal|Node\.js v\d|file:\/\/|ExperimentalWarning/m);
  expect((output + errors).trim()).not.toBe('');
  expect([0, 1, 2]).toContain(code);
}

function expectHelp(name: string, { code, output, errors }: Run): void {
  expectWords({ code, output, errors });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toMatch(new RegExp(`^Examples\\n {2}.*npm run (--silent )?${name}`, 'm'));
  expect(output).toContain('Exit code: 0');
  expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
}

function expectNearest(outcome: Run, nearest: string): void {
  expectWords(outcome);
  expect({ code: outcome.code, output: outcome.output }).toEqual({ code: 2, output: '' });
  expect(outcome.errors).toContain(nearest);
}

test('a command has one name: its file, its script and what it calls itself', () => {
  const run = Object.values(scripts).filter((line) => line.includes(' src/cli/node24.mjs src/cli/'));
  expect(run.toSorted()).toEqual([...programs.keys()].map((name) => scriptOf(`src/cli/${name}.ts`)).toSorted());
  expect(programs.size).toBeGreaterThan(10);
  for (const [name, program] of programs) {
    expect(scripts).toHaveProperty([name], scriptOf(`src/cli/${name}.ts`));
    expect(program.name).toBe(name);
    if ('commands' in program)
      for (const each of program.commands) expect(each.name).toMatch(new RegExp(`^${name} [a-z-]+$`));
  }
});

describe.each([...programs].map(([name, program]) => ({ name, program })))('$name', ({ name, program }) => {
  /** What leads to each command of it. */
  const words = commandsOf(program).map((each) => each.name.split(' ').slice(1));

  test('answers --help, for all that is in it, with an example and its exit codes', async () => {
    for (const of of [[], ...words]) expectHelp(name, await runCommand(program, [...of, '--help'], {}));
  });

  test('shows examples that it would take', () => {
    for (const { examples } of commandsOf(program))
      for (const example of examples) expect({ example, error: errorIn(example) }).toEqual({ example });
  });

  test('answers a wrong option with the nearest, and does nothing', async () => {
    for (const of of words)
      expectNearest(await runCommand(program, [...of, '--hlep'], {}), 'knows no --hlep. Nearest: --help');
  });

  test('answers nothing at all in words, and so a day that is none and a folder that is not there', async () => {
    const set = await variables();
    for (const wrong of [{}, { NOW: 'yesterday' }, { CONTENT_DIR: '/nowhere/at-all' }])
      expectWords(await runCommand(program, [], { ...set, ...wrong }));
  });
});

test.each([...programs].flatMap(([name, program]) => ('commands' in program ? [{ name, program }] : [])))(
  '$name answers a command that it does not have with the nearest',
  async ({ name, program }) => {
    for (const { name: whole } of program.commands) {
      const [, meant = ''] = whole.split(' ');
      const typed = meant.slice(0, -2) + [...meant.slice(-2)].toReversed().join('');
      expectNearest(await runCommand(program, [typed], {}), `npm run ${name} -- ${meant}\n`);
    }
  },
);

describe.each([...[...programs.keys()].map((name) => ({ name, file: `src/cli/${name}.ts` })), ...benches])(
  '$name as a process',
  ({ name, file }) => {
    test('answers --help and a wrong option as it would in a terminal', async () => {
      const [help, wrong] = await Promise.all([startProcess(file, '--help'), startProcess(file, '--hlep')]);
      expectHelp(name, help);
      expectWords(wrong);
      expect({ code: wrong.code, output: wrong.output }).toEqual({ code: 2, output: '' });
      expect(wrong.errors).toMatch(/knows no (--hlep|“--hlep”)/);
    });
  },
);
