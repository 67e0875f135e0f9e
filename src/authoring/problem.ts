import { styleText } from 'node:util';
import { closest } from 'fastest-levenshtein';

/** An author's mistake: what is wrong, where, and how to mend it. */
export interface Problem {
  what: string;
  /** The file as an author would type it, and the line, counted from 1. */
  file: string;
  line: number;
  /** The field of the front matter or the part of the body: `hosts[0]`, `<Line who>`, `link`. */
  field: string;
  /** The nearest valid value. */
  nearest?: string | undefined;
  /** The corrected line, ready to paste. */
  paste?: string | undefined;
}

/** The candidate that is most like `value`, if there are any. */
export function nearest(value: string, candidates: Iterable<string>): string | undefined {
  const list = [...candidates];
  if (list.length === 0) return undefined;
  const lower = value.toLowerCase();
  return list.find((candidate) => candidate.toLowerCase() === lower) ?? closest(value, list);
}

/** Problems in the order of their places, each once, as one text. Colours are for terminals only. */
export function problemReport(problems: readonly Problem[]): string {
  const sorted = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()].toSorted(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.field.localeCompare(b.field, 'en'),
  );
  const heading = `${sorted.length === 1 ? 'One mistake' : `${sorted.length} mistakes`} in the content. Nothing was built.`;
  return [styleText('red', heading), ...sorted.map(problemText)].join('\n\n');
}

function problemText({ what, file, line, field, nearest, paste }: Problem): string {
  const rows = [
    ['at', `${file}:${line}`],
    ['field', field],
    ['nearest', nearest],
    ['paste', paste],
  ];
  return [
    styleText('bold', what),
    ...rows.flatMap(([label, value]) => (value ? `  ${styleText('dim', label!.padEnd(8))} ${value}` : [])),
  ].join('\n');
}
