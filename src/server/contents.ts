import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { StoredFile } from './site-files.ts';

/** What is in a file: all of it for a small one, an open file for a large one, which whoever asked has to close. */
export type Content = { etag: string; bytes: Buffer } | { etag: string; handle: FileHandle };

/**
 * Files as they are sent. Small ones stay in memory, those asked for last, up to `budget` bytes in all. Throws
 * `FileChanged` for a file that is not what it was when the server started.
 */
export class Contents {
  readonly #budget: number;
  readonly #kept = new Map<string, { etag: string; bytes: Buffer }>();
  readonly #etags = new WeakMap<StoredFile, string>();
  #size = 0;

  constructor(budget = 64 * 1024 * 1024) {
    this.#budget = budget;
  }

  /** The entity tag: of what is in a small file, so that it outlives a build; of size and date of a large one. */
  async etag(file: StoredFile): Promise<string> {
    const known = this.#etags.get(file);
    if (known !== undefined) return known;
    if (file.size > small) return dated(file);
    return (await this.#read(file)).etag;
  }

  async of(file: StoredFile): Promise<Content> {
    if (file.size <= small) return this.#read(file);
    const handle = await opened(file);
    return { etag: dated(file), handle };
  }

  async #read(file: StoredFile): Promise<{ etag: string; bytes: Buffer }> {
    const kept = this.#kept.get(file.path);
    if (kept) {
      this.#kept.delete(file.path);
      this.#kept.set(file.path, kept);
      return kept;
    }
    const handle = await opened(file);
    const bytes = await handle.readFile().finally(() => handle.close());
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    this.#etags.set(file, etag);
    this.#keep(file.path, { etag, bytes });
    return { etag, bytes };
  }

  #keep(path: string, content: { etag: string; bytes: Buffer }): void {
    this.#size += content.bytes.length - (this.#kept.get(path)?.bytes.length ?? 0);
    this.#kept.set(path, content);
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#size <= this.#budget) break;
      this.#kept.delete(oldest);
      this.#size -= bytes.length;
    }
  }
}

/** The site was built anew under the running server. */
export class FileChanged extends Error {
  override name = 'FileChanged';
}

const small = 256 * 1024;

const dated = ({ size, modified }: StoredFile) => `"${size.toString(36)}-${modified.getTime().toString(36)}"`;

async function opened(file: StoredFile): Promise<FileHandle> {
  const handle = await open(file.path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new FileChanged(file.path);
    throw error;
  });
  const { size, mtime } = await handle.stat();
  if (size === file.size && mtime.getTime() === file.modified.getTime()) return handle;
  await handle.close();
  throw new FileChanged(file.path);
}
