import { parseArgs } from 'node:util';
import { resembling } from '#authoring/closest-match.ts';
import { plural } from '#site/count.ts';

/** What can be typed after a command. */
export interface Syntax<O extends Options = Options> {
  /** As it is typed: `leads list`. */
  name: string;
  /** One line, without a full stop. */
  summary: string;
  /** What else there is to know before one runs it. */
  notes?: string;
  /** What stands after it without an option; several names are `old> <new`. */
  arguments?: { name: string; least: number; most: number };
  options: O;
  /** Lines to paste: the first one is the most usual. */
  examples: readonly [string, ...string[]];
}

export type Options = Readonly<Record<string, Option>>;
export interface Option {
  /** What follows it, `slug`; an option without is a switch. */
  value?: string;
  /** An option with a value that may be given several times. */
  multiple?: true;
  description: string;
}

/** The options as they were typed. */
export type Values<O extends Options> = {
  [Name in keyof O]: O[Name] extends { value: string; multiple: true }
    ? readonly string[]
    : O[Name] extends { value: string }
      ? string | undefined
      : boolean;
};

export type Parsed<O extends Options> =
  | { kind: 'run'; values: Values<O>; positionals: string[] }
  | { kind: 'help' }
  | { kind: 'usage-error'; message: string };

/** Something is wrong with what was typed or configured: its message is shown without a stack, and the exit code is 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Parses what was typed. Every error names the nearest valid option. */
export function parse<O extends Options>(syntax: Syntax<O>, args: readonly string[]): Parsed<O> {
  const { options } = syntax;
  const most = syntax.arguments?.most ?? 0;
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' } as const]),
    ),
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  const values: Record<string, string | boolean | readonly string[] | undefined> = Object.fromEntries(
    Object.entries(options).map(([name, { value, multiple }]) => [name, multiple ? [] : value ? undefined : false]),
  );
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (name === 'help' || rawName === '-h') return { kind: 'help' };
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option || !rawName.startsWith('--')) return usageError(unknownOption(syntax, rawName));
    if (option.value && (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))))
      return usageError(`${rawName} needs a value: ${rawName} <${option.value}>`);
    if (!option.value && value !== undefined) return usageError(`${rawName} takes no value: write ${rawName} alone`);
    const before = values[name];
    values[name] = Array.isArray(before) ? [...before, value] : option.value ? value : true;
  }
  if (positionals.length > most)
    return usageError(
      most === 0
        ? `${syntax.name} takes no argument, and there is “${positionals[0]}”`
        : `${syntax.name} takes at most ${most} ${plural(most, 'argument')}, and there is “${positionals[most]}”`,
    );
  const least = syntax.arguments?.least ?? 0;
  if (positionals.length < least) {
    const needed = least > 1 ? `${least} arguments` : articled(syntax.arguments?.name ?? 'argument');
    return usageError(`${syntax.name} needs ${needed}: ${usage(syntax)}`);
  }
  return { kind: 'run', values: values as Values<O>, positionals };
}

/** What `--help` shows. */
export function help(syntax: Syntax): string {
  const { name, summary, notes, options, examples } = syntax;
  const all = { ...options, help: { description: 'shows this' } };
  return [
    wrapped(`${name}: ${summary}`),
    `  ${usage(syntax)}`,
    ...(notes ? [wrapped(notes)] : []),
    section(
      'Options',
      Object.entries<Option>(all).map(([option, { value, description }]) => [
        value ? `--${option} <${value}>` : `--${option}`,
        description,
      ]),
    ),
    exampleSection(examples),
    exitCodes,
  ].join('\n\n');
}

/** What `--help` shows of a command that has several of its own. */
export function overview(name: string, summary: string, commands: readonly Syntax[]): string {
  return [
    `${name}: ${summary}`,
    section(
      'Commands',
      commands.map((each) => [each.name, each.summary]),
    ),
    exampleSection(commands.map(({ examples: [first] }) => first)),
    `Each has its own help: npm run ${name} -- ${commands[0]?.name.split(' ')[1]} --help`,
    exitCodes,
  ].join('\n\n');
}

/** Names the command that was meant. */
export function unknownCommand(name: string, typed: string, known: readonly string[]): string {
  const meant = meantBy(typed, known);
  const next = meant ? `Did you mean this?\n\n  npm run ${name} -- ${meant}` : `There is ${listed(known)}.`;
  return `${name} knows no “${typed}”. ${next}`;
}

export const listed = (words: readonly string[]) =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? 'none');

/**
 * The word that was meant: one whose letters changed places, or else the nearest. Words here are few and short, so in any
 * two letters may differ.
 */
const meantBy = (typed: string, words: readonly string[]) =>
  words.find((word) => lettersOf(word) === lettersOf(typed)) ?? resembling(typed, words, 2);

const lettersOf = (word: string) => [...word].toSorted().join('');

const exampleSection = (examples: readonly string[]) =>
  ['Examples', ...examples.map((example) => `  ${example}`)].join('\n');

const exitCodes =
  'Exit code: 0 when it was done, 1 when it was not, 2 when the command line or\nthe environment has to be fixed first.';

function unknownOption({ name, options }: Syntax, typed: string): string {
  const meant = meantBy(typed.replace(/^-+/, ''), [...Object.keys(options), 'help']);
  const known = Object.keys(options).map((option) => `--${option}`);
  return `${name} knows no ${typed}. ${meant ? `Nearest: --${meant}` : `It takes ${listed([...known, '--help'])}`}`;
}

function usage({ name, arguments: taken, options }: Syntax): string {
  const [program, ...words] = name.split(' ');
  const shown = taken ? [taken.least > 0 ? `<${taken.name}>` : `[${taken.name}]`] : [];
  const rest = [...words, ...shown, ...(Object.keys(options).length > 0 ? ['[options]'] : [])].join(' ');
  return rest === '' ? `npm run ${program}` : `npm run ${program} -- ${rest}`;
}

function section(heading: string, rows: [string, string][]): string {
  const widest = Math.max(...rows.map(([term]) => term.length));
  return [
    heading,
    ...rows.flatMap(([term, text]) => {
      const [first = '', ...more] = wrapped(text, 76 - widest).split('\n');
      return [`  ${term.padEnd(widest)}  ${first}`, ...more.map((line) => ' '.repeat(widest + 4) + line)];
    }),
  ].join('\n');
}

/** A text in lines of at most `most` characters, broken between words. */
export function wrapped(text: string, most = 80): string {
  const fill = (paragraph: string) =>
    paragraph.split(' ').reduce((lines, word) => {
      const last = lines.slice(lines.lastIndexOf('\n') + 1);
      return last && last.length + 1 + word.length > most ? `${lines}\n${word}` : lines + (lines ? ' ' : '') + word;
    }, '');
  return text.split('\n').map(fill).join('\n');
}

const articled = (name: string) => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
const usageError = (message: string) => ({ kind: 'usage-error', message }) as const;

/** A whole number that was typed after an option. Throws `UsageError`. */
export function wholeNumber(option: string, written: string): number {
  if (!/^\d{1,9}$/.test(written)) throw new UsageError(`${option} is a whole number, not “${written}”: ${option} 50`);
  return Number(written);
}
