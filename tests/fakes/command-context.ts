import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Variables } from '#capture/environment.ts';
import type { Prompts } from '../../src/cli/prompts.ts';
import { execute, type Program, type CommandContext } from '../../src/cli/command.ts';

/** What a command printed, and its exit code. */
export interface Run {
  code: number;
  output: string;
  /** Without the line that says which store was opened. */
  errors: string;
  /** Which store that was. */
  store?: string;
}

export interface RunOptions {
  /** Answers each question that is asked; without it, nobody is there to answer. */
  answer?: (question: string) => boolean;
  /** Answers what is asked beside; without it, nobody is there. */
  prompts?: Prompts;
  columns?: number;
  now?: () => number;
  wait?: CommandContext['wait'];
}

/** Runs a command as its owner would type it, in a process with these variables. */
export async function runCommand(
  program: Program,
  args: readonly string[],
  variables: Variables,
  { answer, prompts, columns, now = Date.now, wait = () => Promise.resolve() }: RunOptions = {},
): Promise<Run> {
  const [out, err] = [sink(), sink()];
  const code = await execute(program, args, {
    terminal: {
      ...{ out: out.stream, err: err.stream, columns },
      showsProgress: columns !== undefined,
      prompts,
      ask: answer && ((question) => Promise.resolve(answer(question))),
    },
    ...{ variables, now, wait },
    random,
  });
  const [, store] = /^Store: (.*)\n/m.exec(err.text()) ?? [];
  const errors = err.text().replace(/^Store: .*\n/m, '');
  return { code, output: out.text(), errors, ...(store !== undefined && { store }) };
}

let drawn = 0;
/** The same in each run of a test file, and never the same twice in it. */
const random = (bytes: number) =>
  createHash('shake256', { outputLength: bytes })
    .update(`a command's ${(drawn += 1)}`)
    .digest();

function sink() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
