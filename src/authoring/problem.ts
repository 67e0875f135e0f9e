import { styleText } from 'node:util';
import { counted, grouped, plural } from '#site/count.ts';
import { adviceKinds, messageName, mistakeKinds } from './message-kinds.ts';

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
  const text = (JSON.stringify(value) ?? '').replaceAll(unseen, (sign) => `\\u${hex(sign)}`);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** What nobody would see in a message, beside what JSON escapes itself. */
const unseen = /[\u007F-\u009F\u00AD\u200B\u2028\u2029\u2060\u2800\u3164\uFEFF]|\p{Noncharacter_Code_Point}/gu;

const hex = (sign: string) => {
  const code = (sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
  return code.length > 4 ? `{${code}}` : code;
};

/** What a report shows. */
export interface ReportOptions {
  /** Every problem, however many there are. */
  all?: boolean;
}

/**
 * Problems in the order of their places, each once, as one text, with what came of them. Many are told kind by kind, the
 * most frequent first, with a few of each. Colours are for terminals only.
 */
export function problemReport(
  problems: readonly Problem[],
  outcome = 'Nothing was built.',
  options: ReportOptions = {},
): string {
  const count = (n: number) => (n === 1 ? 'One mistake' : `${grouped(n)} mistakes`);
  return report(problems, 'red', (n, kinds) => `${count(n)} in the content${kinds}. ${outcome}`, options);
}

/** What is unusual and no mistake, in the same form. */
export function adviceReport(advice: readonly Problem[], options: ReportOptions = {}): string {
  const count = (n: number) => (n === 1 ? 'One word' : `${grouped(n)} words`);
  const keeping = (n: number) => `which ${plural(n, 'keeps', 'keep')} nothing from being built.`;
  return report(advice, 'yellow', (n, kinds) => `${count(n)} of advice${kinds}, ${keeping(n)}`, options);
}

function report(
  problems: readonly Problem[],
  colour: 'red' | 'yellow',
  heading: (count: number, kinds: string) => string,
  { all = false }: ReportOptions,
): string {
  const sorted = inOrder(problems);
  const text = (problem: Problem) => problemText(problem, colour === 'red' ? mistakeKinds : adviceKinds);
  if (all || sorted.length <= most)
    return [styleText(colour, heading(sorted.length, '')), ...sorted.map(text)].join('\n\n');
  const kinds = kindsOf(sorted);
  return [
    styleText(colour, heading(sorted.length, `, of ${counted(kinds.size, 'kind')}`)),
    ...[...kinds].flatMap(([kind, those]) => [
      styleText(colour, `${grouped(those.length)} × ${kind}`),
      ...those.slice(0, examples).map(text),
      ...(those.length > examples ? [styleText('dim', `and ${grouped(those.length - examples)} more like these`)] : []),
    ]),
    'All of them: npm run content -- --all\nThose of one kind: npm run content -- --only unknown-person',
  ].join('\n\n');
}

/** So many problems are listed one by one, and so many of each kind where there are more. */
const most = 40;
const examples = 3;

/** Problems in the order of their places, each once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.field, b.field));
}

const { compare } = new Intl.Collator('en');

/** Problems by their kind, the most frequent first. */
export function kindsOf(problems: readonly Problem[]): Map<string, Problem[]> {
  const kinds = Map.groupBy(problems, kindOf);
  return new Map([...kinds].toSorted(([a, those], [b, others]) => others.length - those.length || compare(a, b)));
}

/** What a problem has in common with its like: its words without the names, paths and numbers in them. */
function kindOf({ what, field }: Problem): string {
  const [said = ''] = what.slice(0, longestLine).split(/(?<!^Malformed \w+): | \(|, (?:as|but) /);
  return said
    .replaceAll(/"([^"]*)"/g, (quoted, name) => (name === field ? quoted : '"…"'))
    .replaceAll(/(^|\s)(?:\.{0,2}\/|#)\S+/g, '$1…')
    .replaceAll(/(?<=The (?:link|picture) )\S+/g, '…')
    .replace(/^(There is no [a-z]+(?: file)?) .* (?=beside the entry)/, '$1 … ')
    .replaceAll(/\d[\d:,.]*/g, '…')
    .replace(/^\S+\.\w+ /, '… ');
}

/** The longest line that anybody would paste. */
const longestLine = 2000;

function problemText({ what, file, line, field, nearest, paste }: Problem, kinds: typeof mistakeKinds): string {
  const name = messageName(what, kinds);
  const rows = [
    ['in', `${file}:${line}`],
    ['field', field],
    ['name', name === 'other' ? undefined : name],
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
