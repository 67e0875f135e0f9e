import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '#authoring/problem.ts';

/** Does what an author does with the line to paste, without a thought of their own. */
export async function paste(problem: Problem, folder: string): Promise<void> {
  const { file, paste = '' } = problem;
  const path = join(folder, file);
  if (/^\S+\.(?:mdx|yaml)$/.test(paste)) return move(path, join(folder, paste));
  const text = await readFile(path, 'utf8');
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  await writeFile(path, pasted(text.split(/\r?\n/), problem).join(ending));
}

/** A slug is the name of a file, and is fixed there. */
async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(existsSync(from) ? from : from.replace(/\.yaml$/, '.yml'), to);
}

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
