import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileAt, type FileState, put, stateOf, use } from './build-cache.ts';

/**
 * Keeps a file in a folder of a build's, by what is in it, to be laid into a site as a second link: that takes a
 * fifteenth of writing it. One that was written to in its place is known by its digest, and is as none. Returns its name,
 * or undefined where the folder cannot be written.
 */
export function keepFile(folder: string, content: Buffer): string | undefined {
  const name = digestOf(content);
  if (hasFile(folder, name)) return name;
  try {
    put(folder, name, [content]);
  } catch (error) {
    use(folder).failure = (error as Error).message;
    return undefined;
  }
  use(folder).made += 1;
  use(folder).used.set(name, stateOf(join(folder, name)) ?? [content.length]);
  return name;
}

/**
 * Whether a file of this name is kept, and whole. One that nobody has written to since the last build used it is what it
 * was then; another is read, and known by its digest.
 */
export function hasFile(folder: string, name: string): boolean {
  const { used, before } = use(folder);
  if (used.has(name)) return true;
  const path = join(folder, name);
  const state = stateOf(path);
  if (!state) return false;
  if (!isSame(state, before.get(name))) {
    const content = fileAt(path);
    if (!content || digestOf(content) !== name) return false;
  }
  used.set(name, state);
  use(folder).reused += 1;
  return true;
}

const isSame = (now: FileState, then: FileState | undefined) => now.every((fact, i) => fact === then?.[i]);

/** Lays a file that is kept at `path`, in place of what is there. */
export function layFile(folder: string, name: string, path: string): void {
  linkOrCopy(join(folder, name), path);
}

/** Makes `path` a second link to the file `from`, in place of what is there; a copy, where there are no such links. */
export function linkOrCopy(from: string, path: string): void {
  try {
    linkSync(from, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      rmSync(path);
      linkOrCopy(from, path);
    }
    // The site is on another disk, or on one that knows no links.
    else copyFileSync(from, path);
  }
}

/** Keeps a file and lays it at `path`; where it cannot be kept, it is written. Returns its name, if it has one. */
export function keepAndLay(folder: string, content: Buffer, path: string): string | undefined {
  const name = keepFile(folder, content);
  if (name === undefined) writeFileSync(path, content);
  else layFile(folder, name, path);
  return name;
}

/** The names of files that lie beside each other, by what is behind the path that they have in common: `''`, `'.br'`. */
export type Parts = Record<string, string>;

/** Keeps and lays what stands at `path` and beside it; its names, or undefined where not all can be kept. */
export function keepAndLayParts(folder: string, contents: Record<string, Buffer>, path: string): Parts | undefined {
  const parts: Parts = {};
  let whole = true;
  for (const [ending, content] of Object.entries(contents)) {
    const name = keepAndLay(folder, content, `${path}${ending}`);
    if (name === undefined) whole = false;
    else parts[ending] = name;
  }
  return whole ? parts : undefined;
}

/** Lays what was kept of `path` and beside it; false, and nothing is laid, where a part of it is not whole. */
export function layParts(folder: string, parts: Parts, path: string): boolean {
  const all = Object.entries(parts);
  if (!all.every(([, name]) => hasFile(folder, name))) return false;
  for (const [ending, name] of all) layFile(folder, name, `${path}${ending}`);
  return true;
}

const digestOf = (content: Buffer) => createHash('sha256').update(content).digest('hex').slice(0, 40);
