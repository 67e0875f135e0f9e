import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Edition, readEdition } from '#authoring/edition.ts';
import type { Problem } from '#authoring/problem.ts';
import { checkEdition } from '#publishing/check.ts';

/** A case of `tests/fixtures/invalid`, whose files are laid over those of `base`. */
export interface Case {
  /** What an author gets to see, as the name of a test. */
  says: string;
  /** The files of `base` that the case is without. */
  without?: string[];
  /** What the check finds, with files as paths inside the content folder, in the order of the report. */
  problems: Problem[];
  /** How many lines are to be pasted, if not one for each problem. */
  pastes?: number;
  /** Why no line to paste can fix it, if none can. */
  unfixable?: string;
}

const fixtures = 'tests/fixtures/invalid';

export const caseNames: readonly string[] = (await readdir(fixtures)).filter((name) => name !== 'base').toSorted();

/** A copy of `base` with a case over it, in a folder that is gone after the test. */
export async function folderOf(name: string, without: readonly string[] = []): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'content-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const layer of new Set(['base', name])) await cp(join(fixtures, layer), folder, { recursive: true });
  for (const file of without) await rm(join(folder, file));
  return folder;
}

/** A copy of `base` with some files of their own text. */
export async function folderWith(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await folderOf('base');
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

/** The edition of a folder as of a fixed day. */
export const editionOf = (path: string, preview = false): Promise<Edition> =>
  readEdition({ path, clock: { now: new Date('2026-01-15T12:00:00Z'), preview }, publicFolder: resolve('public') });

/** What the check finds as of a fixed day, in the order of the report; files are paths inside the folder. */
export async function problemsIn(folder: string, preview = false): Promise<Problem[]> {
  const { problems } = await checkEdition(await editionOf(folder, preview));
  return problems
    .map((problem) => ({ ...problem, file: relative(folder, resolve(problem.file)).replaceAll('\\', '/') }))
    .toSorted((a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.field.localeCompare(b.field, 'en'));
}
