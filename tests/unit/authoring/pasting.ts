import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pasted } from '#authoring/pasting.ts';
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
