import { open, stat } from 'node:fs/promises';
import type { Archive } from './archive.ts';
import type { Fetch } from './fetched.ts';
import { decodedXml } from './xml-encoding.ts';

/** What a reader of an archive gets beside it. */
export interface ReadContext {
  /** The moment of the import, for what has no date of its own. */
  now: Date;
  /** A guarded `fetch`, as `fetched.ts` makes it. */
  fetch: Fetch;
  /** How long one answer may take, in milliseconds. */
  timeout: number;
  /** Asks no other host for anything. */
  isOffline: boolean;
  /** Shows what is being done. */
  progress: (line: string) => void;
}

/** An archive as it was named: a file, a folder or an address, and how its content begins. */
export interface Source {
  kind: 'file' | 'folder' | 'address';
  /** The path, absolute, or the address. */
  location: string;
  /** More files that are parts of the same archive. */
  more?: readonly string[];
  /** The first characters of a file; empty for the others. */
  beginning: string;
}

/** Reads one kind of archive. */
export interface Reader {
  /** Whether a source is of its kind, and, where it is, a function that reads it. */
  recognizes: (source: Source) => boolean | Promise<boolean>;
  /** Throws `UnreadableArchive` where it is broken beyond use. */
  read: (source: Source, context: ReadContext) => Promise<Archive>;
}

/** An archive that cannot be read; its message says what, where and what to do. */
export class UnreadableArchive extends Error {
  override name = 'UnreadableArchive';
}

/** What was named, looked at. Throws `UnreadableArchive` where nothing is there. */
export async function sourceAt(location: string): Promise<Source> {
  if (/^https?:\/\//i.test(location)) return { kind: 'address', location, beginning: '' };
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new UnreadableArchive(`There is no file or folder ${location}.`);
  if (found.isDirectory()) return { kind: 'folder', location, beginning: '' };
  if (found.size === 0) throw new UnreadableArchive(`The file ${location} is empty: export it again.`);
  const file = await open(location);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
    return { kind: 'file', location, beginning: decodedXml(buffer.subarray(0, bytesRead)) };
  } finally {
    await file.close();
  }
}
