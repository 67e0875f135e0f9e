import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { folderWith } from '../authoring/content-folder.ts';
import type { Outcome } from './command.ts';

// Each is a process of its own, and takes a second to start.
vi.setConfig({ testTimeout: 60_000 });

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const scriptsIn = (folder: string) =>
  Object.entries(scripts).flatMap(([name, line]) => {
    const file = /^node src\/cli\/node24\.mjs (\S+\.ts)$/.exec(line)?.[1];
    return file?.startsWith(`${folder}/`) ? [{ name, file }] : [];
  });
const commands = scriptsIn('src/cli');
const benches = scriptsIn('tests/bench');

/** Runs a command as npm does, where it can neither read nor write anything of the project's. */
async function run(file: string, args: readonly string[], variables: Record<string, string> = {}): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'd-files-command-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = {
    PATH: process.env['PATH'],
    ...{ CONTENT_DIR: await folderWith({}), VAR_DIR: join(folder, 'var'), DIST_DIR: join(folder, 'dist') },
    // Nothing listens there.
    ...{ SITE_URL: 'http://127.0.0.1:9', NOW: '2026-01-15T12:00:00Z', NO_COLOR: '1' },
    ...variables,
  };
  return new Promise((resolve) =>
    execFile(process.execPath, [file, ...args], { env }, (error, output, errors) =>
      resolve({ code: error ? Number(error.code) : 0, output, errors }),
    ),
  );
}

/** Something that helps a person, and nothing that only helps whoever wrote the command. */
function expectWords({ code, output, errors }: Outcome): void {
  expect(output + errors).not.toMatch(/^ +at .*:\d+|node:internal|Node\.js v\d|file:\/\/|ExperimentalWarning/m);
  expect((output + errors).trim()).not.toBe('');
  expect([0, 1, 2]).toContain(code);
}

/** The commands under one name, as its help lists them: `leads list`; the name alone where there are none. */
const within = (name: string, help: string): string[][] => {
  const listed = /^Commands\n((?: {2}.*\n)+)/m.exec(help)?.[1] ?? '';
  const words = [...listed.matchAll(/^ {2}(\S+ )(\S+)/gm)].flatMap(([, of, word]) =>
    of === `${name} ` && word ? [[word]] : [],
  );
  return words.length > 0 ? words : [[]];
};

test('a command has one name: its file, its script and what it calls itself', async () => {
  const names = readdirSync('src/cli')
    .filter((file) => readFileSync(`src/cli/${file}`, 'utf8').includes('import.meta.main'))
    .map((file) => file.replace('.ts', ''));
  expect(commands).toHaveLength(names.length);
  for (const name of names) {
    expect(commands).toContainEqual({ name, file: `src/cli/${name}.ts` });
    const exported = name.replace(/-./g, ([, letter = '']) => letter.toUpperCase());
    expect(await import(`../../../src/cli/${name}.ts`)).toMatchObject({ [exported]: { name } });
  }
});

describe.each([...commands, ...benches])('$name', ({ name, file }) => {
  let asked: Promise<Outcome> | undefined;
  const help = () => (asked ??= run(file, ['--help']));

  test('answers --help, for all that is in it, with an example and its exit codes', async () => {
    const whole = await help();
    const parts = within(name, whole.output);
    const all = parts.length > 1 || parts[0]?.length ? parts : [];
    for (const each of [whole, ...(await Promise.all(all.map((part) => run(file, [...part, '--help']))))]) {
      expectWords(each);
      expect({ code: each.code, errors: each.errors }).toEqual({ code: 0, errors: '' });
      expect(each.output).toMatch(new RegExp(`^Examples\\n {2}.*npm run (--silent )?${name}`, 'm'));
      expect(each.output).toContain('Exit code: 0');
    }
  });

  test('answers a wrong option with the nearest, and does nothing', async () => {
    const parts = within(name, (await help()).output);
    for (const wrong of await Promise.all(parts.map((part) => run(file, [...part, '--hlep'])))) {
      expectWords(wrong);
      expect({ code: wrong.code, output: wrong.output }).toEqual({ code: 2, output: '' });
      expect(wrong.errors).toContain('knows no --hlep. Nearest: --help');
    }
  });
});

test.each(commands)(
  '$name answers nothing at all in words, and so a day that is none and a folder that is not there',
  async ({ file }) => {
    const worlds: Record<string, string>[] = [{}, { NOW: 'yesterday' }, { CONTENT_DIR: '/nowhere/at-all' }];
    for (const outcome of await Promise.all(worlds.map((variables) => run(file, [], variables)))) expectWords(outcome);
  },
);

test('a command that is none of a name is answered with the nearest', async () => {
  const several = commands.filter(({ name }) => name === 'leads' || name === 'websub');
  expect(several).toHaveLength(2);
  for (const { name, file } of several) {
    const [typed, meant] = name === 'leads' ? ['exprot', 'export'] : ['pnig', 'ping'];
    const { code, errors } = await run(file, [typed]);
    expect(code).toBe(2);
    expect(errors).toContain(`npm run ${name} -- ${meant}`);
  }
});
