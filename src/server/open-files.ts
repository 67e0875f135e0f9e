import { fstatSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { StoredFile } from './site-files.ts';

/** A file that is open while it is used. */
export interface OpenFile {
  handle: FileHandle;
  /** It is not used any more. */
  release(): void;
}

/** The site was built anew under the running server. */
export class FileChanged extends Error {
  override name = 'FileChanged';
}

/**
 * Large files, open for those who ask for parts of them one after the other: those asked for last, up to `most`. All
 * throw `FileChanged` for a file that is not what it was when it was listed.
 */
export class OpenFiles {
  #most: number;
  readonly #open = new Map<string, { handle: FileHandle; users: number }>();

  constructor(most = 64) {
    this.#most = most;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  async use(file: StoredFile): Promise<OpenFile> {
    const known = this.#open.get(file.path) ?? { handle: await openUnchanged(file), users: 0 };
    // Another request has opened it meanwhile.
    const entry = this.#open.get(file.path) ?? known;
    if (entry !== known) await known.handle.close();
    if (!isUnchanged(entry.handle, file)) {
      this.#drop(file.path);
      throw new FileChanged(file.path);
    }
    entry.users += 1;
    this.#open.delete(file.path);
    this.#open.set(file.path, entry);
    for (const [oldest] of this.#open) {
      if (this.#open.size <= this.#most) break;
      this.#drop(oldest);
    }
    return {
      handle: entry.handle,
      release: () => {
        entry.users -= 1;
        if (this.#open.get(file.path) !== entry) closeUnused(entry);
      },
    };
  }

  /** Closes those that nobody uses, and keeps none any more: the others are closed when they are released. */
  close(): void {
    this.#most = 0;
    for (const path of this.#open.keys()) this.#drop(path);
  }

  #drop(path: string): void {
    const entry = this.#open.get(path);
    this.#open.delete(path);
    if (entry) closeUnused(entry);
  }
}

/** Opens a file, for whoever asks to close. */
export async function openUnchanged(file: StoredFile): Promise<FileHandle> {
  const handle = await open(file.path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new FileChanged(file.path);
    throw error;
  });
  if (isUnchanged(handle, file)) return handle;
  await handle.close();
  throw new FileChanged(file.path);
}

/** What the system knows of an open file is in memory: to ask for it holds nobody up. */
function isUnchanged({ fd }: FileHandle, { size, modified }: StoredFile): boolean {
  const found = fstatSync(fd);
  return found.size === size && found.mtime.getTime() === modified.getTime();
}

function closeUnused({ handle, users }: { handle: FileHandle; users: number }): void {
  if (users === 0) void handle.close().catch(() => {});
}
