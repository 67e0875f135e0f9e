import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline/promises';
import { finished } from 'node:stream/promises';
import { styleText } from 'node:util';
import { clackPrompts, type Prompts } from './prompts.ts';
import { cut } from './table.ts';

/** Where a command writes, and whom it can ask. */
export interface Terminal {
  /** Results. */
  out: Writable;
  /** Progress, errors and questions: a pipe takes the results alone. */
  err: Writable;
  /** The width of the terminal that shows the results; undefined where they go to a pipe or a file. */
  columns: number | undefined;
  /** Whether a line of progress can be written over by the next. */
  showsProgress: boolean;
  /** Asks for a yes; undefined where nobody is there to answer. */
  ask: ((question: string) => Promise<boolean>) | undefined;
  /** Asks for more than that, where somebody is there. */
  prompts: Prompts | undefined;
}

interface Stream {
  isTTY?: boolean;
  columns?: number;
}

/** The terminal of a process. */
export function processTerminal(input: Readable & Stream, out: Writable & Stream, err: Writable & Stream): Terminal {
  return {
    ...{ out, err },
    columns: out.isTTY ? (out.columns ?? 80) : undefined,
    showsProgress: err.isTTY === true,
    ask: input.isTTY && err.isTTY ? (question) => askAt(input, err, question) : undefined,
    prompts: input.isTTY && err.isTTY ? clackPrompts(input, err) : undefined,
  };
}

export const say = ({ out }: Terminal, text: string) => void out.write(`${text}\n`);
export const complain = ({ err }: Terminal, text: string) => void err.write(`${text}\n`);

/** Something is well (✓), to be looked at (!) or wrong (✗): the mark in its colour, where there are colours. */
export const mark = (kind: Mark, stream: Writable) => styleText(colors[kind], kind, { stream });
export type Mark = '✓' | '!' | '✗';
const colors = { '✓': 'green', '!': 'yellow', '✗': 'red' } as const;

/** A line of progress that the next one overwrites, on terminals only. */
export function progressLine({ err, showsProgress, columns = 80 }: Terminal) {
  let shown = '';
  const show = (text: string) => {
    if (!showsProgress || text === shown) return;
    shown = text;
    err.write(`\r\u001B[2K${cut(text, columns - 1)}`);
  };
  const clear = () => {
    if (shown) err.write('\r\u001B[2K');
    shown = '';
  };
  return { show, clear };
}

async function askAt(input: Readable, output: Writable, question: string): Promise<boolean> {
  const lines = createInterface({ input, output });
  try {
    // The end of the input, Ctrl-D, is a no.
    const answer = await Promise.race([lines.question(`${question} [y/N] `), finished(input).then(() => 'no')]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
