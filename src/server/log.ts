import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';
import { redacted } from '#site/redaction.ts';

/** What the server reports to its owner. Facts are values; nothing of a person is among them. */
export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** The request that a page is being made for, so that what packages print has its `id` as well. */
export const requestId = new AsyncLocalStorage<string>();

/** `json` is a line for machines; `text` is one for a terminal. */
export function createLog(form: 'json' | 'text', write: (line: string) => void, now: () => Date): Log {
  const line =
    (level: string) =>
    (message: string, given: Facts = {}) => {
      const id = requestId.getStore();
      const facts = id === undefined ? given : { ...given, id };
      const redactedEntries = Object.entries({ message, ...facts }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, typeof value === 'string' ? redacted(value) : value] as const],
      );
      const at = now().toISOString();
      if (form === 'json') return write(JSON.stringify({ at, level, ...Object.fromEntries(redactedEntries) }));
      const [, ...rest] = redactedEntries;
      // The message may have lines: those of an error's trace.
      const [text = ''] = redactedEntries.map(([, value]) => printable(String(value), true));
      const extras = rest.map(([name, value]) => ` ${name}=${printable(String(value), false)}`).join('');
      return write(`${at.slice(11, 19)} ${level === 'info' ? '' : `${level}: `}${text}${extras}`);
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/**
 * Writes all lines of one turn of the event loop together, as each write holds the process up. `later` calls back when the
 * turn is over, `atEnd` when the process ends, however it does so by itself.
 */
export function lineWriter(
  write: (text: string) => void,
  later: (flush: () => void) => void,
  atEnd: (flush: () => void) => void,
): (line: string) => void {
  let waiting = '';
  const flush = () => {
    if (waiting !== '') write(waiting);
    waiting = '';
  };
  atEnd(flush);
  return (line) => {
    if (waiting === '') later(flush);
    waiting += `${line}\n`;
  };
}

/** What packages print goes the way of all lines of the log: without anything of a person. */
export function sendConsoleTo(log: Log): void {
  for (const level of ['info', 'warn', 'error'] as const) console[level] = (...values) => log[level](format(...values));
  console.log = console.info;
}

/** An error as it is logged: its trace, or what it says. */
export const traceOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

// oxlint-disable-next-line no-control-regex -- those are what a terminal must not be sent
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** What a terminal can be sent: nobody may write escape codes or lines of their own into a log. */
const printable = (text: string, withLines: boolean) =>
  text.replaceAll(controls, (each) => (withLines && each === '\n' ? each : JSON.stringify(each).slice(1, -1)));
