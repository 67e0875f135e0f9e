import { styleText } from 'node:util';

/** An author's mistake: what is wrong, where, and how to fix it. */
export interface Problem {
  what: string;
  /** The file as an author would type it, and the line, counted from 1. */
  file: string;
  line: number;
  /** The field of the front matter or the part of the body: `hosts[0]`, `<Line who>`, `link`. */
  field: string;
  /** The nearest valid value. */
  nearest?: string | undefined;
  /** The corrected line, ready to paste in the place of the wrong one; for what is missing, a line to add there. */
  paste?: string | undefined;
}

/** More letters than any slug or name has: what is longer is cut. */
const longest = 120;

/** A value as a message quotes it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/**
 * Problems in the order of their places, each once, as one text, with what came of them. Colours are for terminals
 * only.
 */
export function problemReport(problems: readonly Problem[], outcome = 'Nothing was built.'): string {
  const sorted = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()].toSorted(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.field.localeCompare(b.field, 'en'),
  );
  const heading = `${sorted.length === 1 ? 'One mistake' : `${sorted.length} mistakes`} in the content. ${outcome}`;
  return [styleText('red', heading), ...sorted.map(problemText)].join('\n\n');
}

/** The longest line that anybody would paste. */
const longestLine = 2000;

function problemText({ what, file, line, field, nearest, paste }: Problem): string {
  const rows = [
    ['in', `${file}:${line}`],
    ['field', field],
    ['nearest', nearest],
    ['paste', paste],
  ];
  return [
    styleText('bold', what.length > longestLine ? `${what.slice(0, longestLine)}…` : what),
    ...rows.flatMap(([label = '', value]) =>
      value && value.length <= longestLine ? `  ${styleText('dim', label.padEnd(8))} ${value}` : [],
    ),
  ].join('\n');
}
