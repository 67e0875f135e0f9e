import { describe, expect, test } from 'vitest';
import { help, parse, unknownCommand } from '../../../src/cli/command-line.ts';

const syntax = {
  name: 'leads list',
  summary: 'shows people',
  arguments: { name: 'email', least: 0, most: 1 },
  options: {
    since: { value: 'date', description: 'first seen on this day or later' },
    json: { description: 'for programs' },
  },
  examples: ['npm run leads -- list --json'],
} as const;
const errorOf = (...args: string[]) => {
  const parsed = parse(syntax, args);
  return parsed.kind === 'usage-error' ? parsed.message : `no error, ${parsed.kind}`;
};

describe('a command line', () => {
  test('has its options and arguments in any order', () => {
    const expected = { kind: 'run', values: { since: '2026-01-31', json: true }, positionals: ['a@b.example'] };
    expect(parse(syntax, ['--since', '2026-01-31', 'a@b.example', '--json'])).toEqual(expected);
    expect(parse(syntax, ['a@b.example', '--json', '--since=2026-01-31'])).toEqual(expected);
  });

  test('has no switch and no value where none was typed', () => {
    expect(parse(syntax, [])).toEqual({ kind: 'run', values: { since: undefined, json: false }, positionals: [] });
  });

  test('has each value of an option that may be given several times', () => {
    const several = {
      ...syntax,
      options: { forget: { value: 'guid', multiple: true, description: 'takes it out' } },
    } as const;
    expect(parse(several, [])).toMatchObject({ values: { forget: [] } });
    expect(parse(several, ['--forget', 'a', '--forget=b'])).toMatchObject({ values: { forget: ['a', 'b'] } });
    expect(parse(several, ['--forget'])).toMatchObject({ message: '--forget needs a value: --forget <guid>' });
  });

  test('takes what follows -- as it is', () => {
    expect(parse(syntax, ['--', '--json'])).toMatchObject({ values: { json: false }, positionals: ['--json'] });
  });

  test.each([['--help'], ['-h'], ['--json', '--help']])('%s is asked for help', (...args) => {
    expect(parse(syntax, args)).toEqual({ kind: 'help' });
  });

  test('with an unknown option names the nearest', () => {
    expect(errorOf('--josn')).toBe('leads list knows no --josn. Nearest: --json');
    expect(errorOf('--sicne', '2026-01-31')).toContain('Nearest: --since');
    expect(errorOf('--hlep')).toContain('Nearest: --help');
    expect(errorOf('--colour')).toBe('leads list knows no --colour. It takes --since, --json and --help');
    expect(errorOf('-j')).toContain('knows no -j');
    expect(errorOf('--constructor')).toContain('knows no --constructor');
  });

  test('with an option without its value, or a value too many, says so', () => {
    expect(errorOf('--since')).toBe('--since needs a value: --since <date>');
    expect(errorOf('--since', '--json')).toBe('--since needs a value: --since <date>');
    expect(errorOf('--since=')).toBe('--since needs a value: --since <date>');
    expect(errorOf('--json=yes')).toBe('--json takes no value: write --json alone');
  });

  test('with an argument too many or too few says so', () => {
    expect(errorOf('a@b.example', 'c@d.example')).toContain('“c@d.example”');
    const needing = { ...syntax, arguments: { name: 'email', least: 1, most: 1 } };
    expect(parse(needing, [])).toMatchObject({
      message: expect.stringContaining('leads list needs an email') as string,
    });
    expect(parse({ ...syntax, arguments: undefined as never }, ['x'])).toMatchObject({
      message: 'leads list takes no argument, and there is “x”',
    });
  });
});

test('help shows how the command is typed, every option, an example, and the exit codes, in 100 columns', () => {
  const text = help(syntax);
  expect(text).toContain('npm run leads -- list [email] [options]');
  expect(text).toMatch(/--since <date> +first seen/);
  expect(text).toMatch(/--help +shows this/);
  expect(text).toContain('Examples\n  npm run leads -- list --json\n');
  expect(text).toContain('Exit code: 0');
  expect(help({ ...syntax, name: 'check', arguments: undefined as never, options: {} })).toContain(
    '\n  npm run check\n',
  );
});

test('a command that is not known is answered with the one that was meant', () => {
  expect(unknownCommand('leads', 'lsit', ['list', 'export'])).toContain('npm run leads -- list');
  expect(unknownCommand('leads', 'zzzzzz', ['list', 'export'])).toContain('There is list and export.');
});
