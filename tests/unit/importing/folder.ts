import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Archive } from '#importing/archive.ts';
import { folder as reader } from '#importing/folder/reader.ts';
import { importArchive } from '#importing/import.ts';
import type { Outcome } from '#importing/outcome.ts';
import type { ImportOptions } from '#importing/run.ts';
import { sourceAt } from '#importing/source.ts';

/** Nothing is asked for. */
const unreachable: ImportOptions['fetch'] = (address) => Promise.reject(new Error(`asked for ${address}`));

const network = { fetch: unreachable, timeout: 1000, now: new Date('2026-01-10T12:00:00Z'), progress: () => {} };

export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imported-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'content');
}

/** A folder with these files in it. */
export async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = join(await emptyFolder(), '../site');
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

export const archiveOf = async (folder: string): Promise<Archive> =>
  reader.read(await sourceAt(folder), { ...network, isOffline: true });

export async function imported(folder: string, content: string, isDry = false): Promise<Outcome> {
  return importArchive(await archiveOf(folder), { ...network, content, isOffline: true, isDry });
}

/** What becomes of one Markdown file, and what is said of it. */
export async function importedFile(
  files: Record<string, string | Uint8Array>,
  entry: string,
): Promise<{ text: string; lost: Outcome['lost'] }> {
  const content = await emptyFolder();
  const outcome = await imported(await folderOf(files), content);
  const text = await readFile(join(content, entry, 'index.mdx'), 'utf8');
  return { text: text.replace(/^---\n[\s\S]*?\n---\n\n?/, ''), lost: said(outcome) };
}

export const said = (outcome: Outcome): Outcome['lost'] => [
  ...outcome.lost,
  ...outcome.results.flatMap(({ lost }) => lost),
];

export const fates = ({ results }: Outcome) => [...new Set(results.map(({ fate }) => fate))];

export const entry = (content: string, path: string) => readFile(join(content, path, 'index.mdx'), 'utf8');
