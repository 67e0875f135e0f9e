/**
 * A text as it was changed, with the lines of before wherever a line only says the same in another way of Markdown. The editor that
 * shows no marks writes a whole text anew in its own way: what its author did not touch is to stay as it was.
 */
export function keptLines(before: string, after: string): string {
  const old = before.split('\n');
  const oldForms = sameForms(old);
  const next = joined(after.split('\n'), new Set(oldForms));
  const pairs = pairsOf(oldForms, sameForms(next));
  return next.map((line, i) => old[pairs.get(i) ?? -1] ?? withoutEscapes(line)).join('\n');
}

/** Emphasis and code over several lines are cut at the end of each: together again, where that makes a line of before. */
function joined(lines: readonly string[], known: ReadonlySet<string>): string[] {
  const whole = [...lines];
  for (const [i, line] of lines.slice(0, -1).entries()) {
    const mark = /(?:\*\*|~~|_|`)$/.exec(line)?.[0];
    const [first = '', second = ''] = whole.slice(i, i + 2);
    if (mark === undefined || !second.startsWith(mark) || !first.endsWith(mark)) continue;
    const parts = [first.slice(0, -mark.length), second.slice(mark.length)];
    if (parts.some((part) => known.has(sameForm(part)))) whole.splice(i, 2, ...parts);
  }
  return whole;
}

/** Items of a list say the same at the same depth, however far they are indented. */
function sameForms(lines: readonly string[]): string[] {
  let depths: number[] = [];
  return lines.map((line, i) => {
    const [all = '', indent = '', marker = ''] = /^( *)((?:[-*+]|\d{1,9}[.)]) +)/.exec(line) ?? [];
    if (all === '') {
      if (/^\S/.test(line) && lines[i - 1]?.trim() === '') depths = [];
      return sameForm(line);
    }
    depths = depths.filter((depth) => depth <= indent.length);
    if (indent.length - (depths.at(-1) ?? 0) > 3) return sameForm(line);
    const form = `${'\t'.repeat(depths.length)}${sameForm(line.slice(indent.length))}`;
    depths.push(indent.length + marker.length);
    return form;
  });
}

/** Lines that say the same have the same form; only ways of writing that never differ in what they mean are taken for one. */
function sameForm(line: string): string {
  if (/^[ \t]*(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/.test(line)) return '---';
  const marks = withoutEscapes(line)
    .replace(/^([ \t]*)[*+](?=[ \t])/, '$1-')
    .replaceAll(/(?<![\w\\_])(__?)(?=[^\s_])([^_`{]*[^\s_\\])\1(?![\w_])/g, (_, mark: string, text: string) =>
      mark === '__' ? `**${text}**` : `*${text}*`,
    )
    // Stars and tildes between spaces, and lines within a word, mark nothing.
    .replaceAll(/(?<=\s)\\([*~])(?=\s)/g, '$1')
    .replaceAll(/(?<=\w)\\_(?=\w)/g, '_');
  if (!marks.startsWith('|')) return marks;
  const cells = marks.replaceAll(/[ \t]*(?<!\\)\|[ \t]*/g, '|');
  return /^[|-]+$/.test(cells) ? cells.replaceAll(/-+/g, '-') : cells;
}

/** Between braces there is code, in which nothing is escaped for Markdown. */
const withoutEscapes = (line: string): string =>
  line.replaceAll(/\{[^{}]*\}/g, (code) => code.replaceAll(/\\([*_~`])/g, '$1'));

/** For each line of the second text that is one of the first: which, in the order of both, and as many as there can be. */
function pairsOf(a: readonly string[], b: readonly string[]): Map<number, number> {
  const pairs = new Map<number, number>();
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) pairs.set(start, start++);
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) pairs.set(--endB, --endA);
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const length = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        left[i] === right[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
  for (let [i, j] = [0, 0]; i < left.length && j < right.length;)
    if (left[i] === right[j]) pairs.set(start + j++, start + i++);
    else if (length(i + 1, j) >= length(i, j + 1)) i++;
    else j++;
  return pairs;
}
