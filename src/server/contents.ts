import { createHash } from 'node:crypto';
import { type OpenFile, OpenFiles, openUnchanged } from './open-files.ts';
import type { StoredFile } from './site-files.ts';

/** What is in a file: all of it for a small one, an open file for a large one, which whoever asked has to release. */
export type Content = SmallContent | OpenFile;

export interface SmallContent {
  etag: string;
  bytes: Buffer;
  /** What goes before it, prepared once by whoever sends it. */
  heads?: Heads;
}

/** Headers as Node takes them fastest: each name, and then its value. */
export interface Heads {
  whole: string[];
  unchanged: string[];
}

/**
 * Files as they are sent. Small ones stay in memory, those asked for last, up to `budget` bytes in all. Throws
 * `FileChanged` for a file that is not what it was when the server started.
 */
export class Contents {
  readonly #budget: number;
  readonly #kept = new Map<string, SmallContent>();
  readonly #large = new OpenFiles();
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

  /** What is in a small file, where it is in memory. */
  peek({ path }: StoredFile): SmallContent | undefined {
    const kept = this.#kept.get(path);
    if (!kept) return undefined;
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    return kept;
  }

  async of(file: StoredFile): Promise<Content> {
    if (file.size <= small) return this.#read(file);
    return this.#large.use(file);
  }

  /** Lets go of the files that are open. */
  close(): void {
    this.#large.close();
  }

  async #read(file: StoredFile): Promise<SmallContent> {
    const kept = this.peek(file);
    if (kept) return kept;
    const handle = await openUnchanged(file);
    const bytes = await handle.readFile().finally(() => handle.close());
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    this.#etags.set(file, etag);
    this.#keep(file.path, { etag, bytes });
    return { etag, bytes };
  }

  #keep(path: string, content: SmallContent): void {
    const before = this.#kept.get(path);
    this.#size += weight(content) - (before ? weight(before) : 0);
    this.#kept.delete(path);
    this.#kept.set(path, content);
    for (const [oldest, each] of this.#kept) {
      if (this.#size <= this.#budget) break;
      this.#kept.delete(oldest);
      this.#size -= weight(each);
    }
  }
}

const small = 256 * 1024;

/** The bytes that a file takes in memory, with its headers. */
const weight = ({ bytes }: SmallContent) => bytes.length + 1024;

const dated = ({ size, modified }: StoredFile) => `"${size.toString(36)}-${modified.getTime().toString(36)}"`;
