import type { Problem } from './problem.ts';

/** The lines with the one to paste: added, if a line is missing; else in place of the line, or of a field's lines. */
export function pasted(lines: readonly string[], { what, line, paste = '' }: Problem): string[] {
  if (/^Missing field|a line "---" is missing/.test(what)) return lines.toSpliced(line - 1, 0, paste);
  const old = lines[line - 1] ?? '';
  const opensField = /^\s*[^\s#][^#]*:\s*(?:[>|]-?)?\s*$/.test(old) && !/:\s*$/.test(paste);
  return lines.toSpliced(line - 1, opensField ? fieldLength(lines, line) : 1, paste);
}

/** How many lines a field takes: its own, and those below that are indented more, or are items of its list. */
function fieldLength(lines: readonly string[], line: number): number {
  const indent = (text = '') => /^\s*/.exec(text)?.[0].length ?? 0;
  const own = indent(lines[line - 1]);
  const below = lines.slice(line);
  const next = below.findIndex((text) => text.trim() && indent(text) <= own && !/^\s*- /.test(text));
  return 1 + (next < 0 ? below.length : next);
}
