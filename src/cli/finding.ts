import { styleText } from 'node:util';
import { wrapped } from './command-line.ts';
import { harmless, type TablePlace } from './table.ts';
import { mark, type Mark } from './terminal.ts';

/** What the doctor found of one thing. It repeats no secret, and no password of an address. */
export interface Finding {
  /** Which thing: `SPF`. */
  about: string;
  /** ✓ is well, ! is to be looked at, ✗ keeps something from working. */
  mark: Mark;
  what: string;
  /** What to do, for all but ✓. */
  fix?: string | undefined;
}

export const well = (about: string, what: string): Finding => ({ about, mark: '✓', what });
export const advice = (about: string, what: string, fix: string): Finding => ({ about, mark: '!', what, fix });
export const wrong = (about: string, what: string, fix: string): Finding => ({ about, mark: '✗', what, fix });

/** Findings as lines under the names of their parts, within the width of the terminal. */
export function findingText(
  parts: readonly { part: string; findings: readonly Finding[] }[],
  { out, columns = Number.POSITIVE_INFINITY }: TablePlace,
): string {
  const widest = Math.max(...parts.flatMap(({ findings }) => findings.map(({ about }) => about.length)));
  const indent = ' '.repeat(widest + 6);
  const fill = (text: string, used: number) => wrapped(text, Math.max(30, columns - used)).split('\n');
  const line = ({ about, mark: kind, what, fix }: Finding) => [
    `  ${mark(kind, out)} ${about.padEnd(widest)}  ${fill(harmless(what), indent.length).join(`\n${indent}`)}`,
    ...(fix ? [`${indent}→ ${fill(fix, indent.length + 2).join(`\n${indent}  `)}`] : []),
  ];
  return parts
    .filter(({ findings }) => findings.length > 0)
    .map(({ part, findings }) => [styleText('bold', part, { stream: out }), ...findings.flatMap(line)].join('\n'))
    .join('\n\n');
}
