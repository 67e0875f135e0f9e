import { constants, rmSync, statSync, truncateSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that is to lie beside a new entry: a copy of another, or what is in memory. */
export type NewFile = { name: string; from: string } | { name: string; bytes: Uint8Array };

export interface NewEntry {
  /** Inside the content folder: `episodes/some-episode`. */
  folder: string;
  text: string;
  files: readonly NewFile[];
}

/** Takes back what was written, at once: it may be called by the handler of a signal. */
export type Undo = () => void;

/**
 * Writes an entry with its files into a folder of its own. The text comes last, so that nobody who watches the folder reads
 * an entry whose files are not there yet. `begun` is handed what takes all of it back. Throws an error with a plain message
 * where the folder exists, and leaves nothing behind when it fails.
 */
export async function writeEntry(content: string, { folder, text, files }: NewEntry, begun: (undo: Undo) => void) {
  const path = join(content, folder);
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`There is a folder ${folder} already`) : error;
  });
  const undo = () => rmSync(path, { recursive: true, force: true });
  begun(undo);
  try {
    for (const file of files)
      if ('from' in file)
        await copyFile(file.from, join(path, file.name), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      else await writeFile(join(path, file.name), file.bytes, { flag: 'wx' });
    await writeFile(join(path, 'index.mdx'), text, { flag: 'wx' });
  } catch (error) {
    undo();
    throw error;
  }
}

/** Adds a text to the end of a file. Returns what takes it back. */
export async function appendTo(path: string, text: string): Promise<Undo> {
  const { size } = statSync(path);
  const old = await readFile(path, 'utf8');
  await writeFile(path, `${old}${old === '' || old.endsWith('\n') ? '' : '\n'}${text}`);
  return () => truncateSync(path, size);
}
