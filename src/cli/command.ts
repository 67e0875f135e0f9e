import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Randomness } from '#capture/owner/owner.ts';
import { storeRefusal } from '#capture/owner/refusal.ts';
import type { Variables } from '#capture/owner/setup.ts';
import {
  help,
  UsageError,
  overview,
  parse,
  unknownCommand,
  type Options,
  type Syntax,
  type Values,
} from './command-line.ts';
import { Cancelled, type Prompts } from './prompts.ts';
import { complain, processTerminal, say, type Terminal } from './terminal.ts';

/** What a command sees of the machine. */
export interface CommandContext {
  terminal: Terminal;
  variables: Variables;
  /** Milliseconds since 1970. */
  now: () => number;
  random: Randomness;
  /** Resolves after so many milliseconds. */
  wait: (milliseconds: number) => Promise<unknown>;
}

export interface Command extends Syntax {
  /** Returns the exit code. Throws `UsageError` and what `storeRefusal` explains: both are shown as a message without a stack. */
  run(values: Values<Options>, positionals: string[], context: CommandContext): Promise<number>;
}

/** A command, or several under one name. */
export type Program = Command | Group;

interface Group {
  name: string;
  summary: string;
  commands: readonly Command[];
  /** Asks at a terminal for the command where none was typed. */
  choose?: (prompts: Prompts) => Promise<string>;
}

/** A command whose `run` takes the options that its syntax names. */
export const command = <const O extends Options>(
  definition: Syntax<O> & { run(values: Values<O>, positionals: string[], context: CommandContext): Promise<number> },
): Command => ({
  ...definition,
  run: (values, positionals, context) => definition.run(values as Values<O>, positionals, context),
});

/** Runs what was typed; returns the exit code. */
export async function execute(program: Program, args: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context;
  try {
    const chosen = choice(program, args.length > 0 ? args : await asked(program, terminal));
    if ('help' in chosen) {
      say(terminal, chosen.help);
      return 0;
    }
    const parsed = parse(chosen.command, chosen.args);
    if (parsed.kind === 'usage-error') throw new UsageError(parsed.message);
    if (parsed.kind === 'run') return await chosen.command.run(parsed.values, parsed.positionals, context);
    say(terminal, help(chosen.command));
    return 0;
  } catch (error) {
    if (error instanceof Cancelled) {
      complain(terminal, 'Nothing was done.');
      return 1;
    }
    if (error instanceof UsageError) {
      complain(terminal, error.message);
      return 2;
    }
    const refusal = storeRefusal(error);
    if (!refusal) throw error;
    complain(
      terminal,
      refusal.kind === 'unavailable'
        ? `The store cannot be used now: ${refusal.message}\nNothing more was done. "npm run doctor" tells what is wrong.`
        : refusal.message,
    );
    return 1;
  }
}

/** Runs a command as this process. */
export async function main(program: Program): Promise<void> {
  // Whoever reads the results may have seen enough: `leads list | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const terminal = processTerminal(process.stdin, process.stdout, process.stderr);
  process.exitCode = await execute(program, process.argv.slice(2), {
    terminal,
    variables: process.env,
    now: () => Date.now(),
    random: randomBytes,
    wait: setTimeout,
  });
}

async function asked(program: Program, { prompts }: Terminal): Promise<string[]> {
  return 'commands' in program && program.choose && prompts ? [await program.choose(prompts)] : [];
}

function choice(
  program: Program,
  args: readonly string[],
): { help: string } | { command: Command; args: readonly string[] } {
  if (!('commands' in program)) return { command: program, args };
  const { name, summary, commands } = program;
  const [word, ...rest] = args;
  const contents = overview(name, summary, commands);
  if (word === '--help' || word === '-h' || word === 'help') return { help: contents };
  if (word === undefined) throw new UsageError(contents);
  const words = commands.map((each) => each.name.slice(name.length + 1));
  const found = commands[words.indexOf(word)];
  if (!found) throw new UsageError(unknownCommand(name, word, words));
  return { command: found, args: rest };
}
