import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where the caches of this project are, each in a folder of its own; a CI that keeps this folder builds faster. */
export const cachesFolder = join('node_modules', '.cache', 'builds');

/** The folder of the cache `name`. */
export const cacheFolder = (name: string): string => join(cachesFolder, name);

/** Ends this build's use of all caches; resolves to why one cannot be kept for the next build, where that is so. */
export async function pruneCaches(): Promise<string | undefined> {
  const uses = await Promise.all([...currentBuilds.keys()].map((folder) => pruneCache(folder)));
  return uses.find(({ failure }) => failure !== undefined)?.failure;
}

/** What a build did with a cache. */
export interface CacheUse {
  /** How many results were made. */
  made: number;
  /** How many were there already. */
  reused: number;
  /** Why results could not be written for the next build, where that is so. */
  failure?: string;
}

/** Tells one piece of work from all others: by its settings, and by all that it reads. */
export function cacheKey(settings: unknown, ...inputs: (string | Uint8Array)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const input of inputs) hash.update(`\n${input.length}\n`).update(input);
  return hash.digest('hex');
}

/** As {@link cacheKey}, and told apart from keys that do not hold all that a result is made from, the code included. */
export const keyOfAll = (settings: unknown, ...inputs: (string | Uint8Array)[]): string =>
  `${all}${cacheKey(settings, ...inputs)}`;

/** Whether a key says by itself all that a result is made from. */
export const holdsAll = (key: string): boolean => key.startsWith(all);

const all = 'all:';

/**
 * What `make` resolves to, or what it resolved to in an earlier build, if `folder` has that under `key`. A file that is
 * broken, or another's, is as none; a folder that cannot be written is no hindrance.
 */
export async function cached(folder: string, key: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const found = kept(folder, key);
  if (found) return found;
  const content = await make();
  keep(folder, key, [content]);
  return content;
}

/** What a build kept in `folder` under `key`, as {@link cached} finds it; undefined where there is nothing to be used. */
export function kept(folder: string, key: string): Buffer | undefined {
  const build = use(folder);
  const name = nameOf(key);
  const content = contentOf(name, fileAt(join(folder, name)));
  if (!content) return undefined;
  build.used.set(name, [digestLength + content.length]);
  build.reused += 1;
  return content;
}

/** Keeps what is made of these parts for the builds after this one. */
export function keep(folder: string, key: string, parts: readonly Buffer[]): void {
  const build = use(folder);
  const name = nameOf(key);
  build.used.set(name, [parts.reduce((sum, { length }) => sum + length, digestLength)]);
  build.made += 1;
  try {
    put(folder, name, [digest(name, parts), ...parts]);
  } catch (error) {
    build.failure = (error as Error).message;
  }
}

/**
 * Ends a build's use of a cache: deletes what none of the last builds used, and of that what is beyond `most` bytes,
 * longest unused first. `builds` is high, since builds of several content folders share a cache.
 */
export async function pruneCache(folder: string, { builds = 8, most = 2 ** 34 } = {}): Promise<CacheUse> {
  const { used, made, reused, failure } = use(folder);
  const done: CacheUse = { made, reused, ...(failure !== undefined && { failure }) };
  currentBuilds.delete(resolve(folder));
  try {
    const last = listsIn(await readdir(folder)).at(-1);
    const number = last === undefined ? 1 : Number.parseInt(last.slice(listPrefix.length), 10) + 1;
    const list = `${listPrefix}${String(number).padStart(9, '0')}-${randomUUID()}`;
    put(folder, list, [Buffer.from(JSON.stringify([...used].map(([name, state]) => [name, ...state])))]);

    // Read again: a build beside this one may have ended meanwhile.
    const names = await readdir(folder);
    const recent = listsIn(names).slice(-builds);
    const wanted = new Set(recent);
    let bytes = 0;
    for (const list of recent.toReversed())
      for (const [name, [size]] of usedIn(join(folder, list)))
        if (!wanted.has(name) && bytes + size <= most) {
          wanted.add(name);
          bytes += size;
        }
    for (const name of names) if (!wanted.has(name)) await rm(join(folder, name), { force: true });
  } catch (error) {
    done.failure ??= (error as Error).message;
  }
  return done;
}

/** A file of a cache: its bytes on the disk; of one that is laid into sites, when it was written and its inode too. */
export type FileState = readonly [bytes: number, ...writtenAndInode: number[]];

/** The state of a file now; undefined where there is none. */
export function stateOf(path: string): FileState | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && [found.size, found.mtimeMs, found.ino];
}

export interface Build extends CacheUse {
  /** What was used, and what it was then. */
  used: Map<string, FileState>;
  /** What the last build used. */
  before: ReadonlyMap<string, FileState>;
}

/** What this process has used of each folder. Astro loads this module twice, by Node and in the bundle of the pages. */
const shared = Symbol.for('d-files.build-cache');
const currentBuilds = ((globalThis as { [shared]?: Map<string, Build> })[shared] ??= new Map<string, Build>());

/** What this build did with a folder so far, which {@link pruneCache} ends. */
export function use(folder: string): Build {
  const path = resolve(folder);
  const found = currentBuilds.get(path);
  if (found) return found;
  const build = { made: 0, reused: 0, used: new Map(), before: lastUse(path) };
  currentBuilds.set(path, build);
  return build;
}

function lastUse(folder: string): Map<string, FileState> {
  try {
    const last = listsIn(readdirSync(folder)).at(-1);
    return new Map(last === undefined ? [] : usedIn(join(folder, last)));
  } catch {
    return new Map();
  }
}

const digestLength = 32;
/** Of the name too, so that a file under another's name is known for that. */
function digest(name: string, parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256').update(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

const nameOf = (key: string) => key.slice(0, 40);

/** A build reads thousands of small files: one by one at once costs a fifth of waiting for each. */
export function fileAt(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** What a file of the cache has in it, if it is whole and its own. */
function contentOf(name: string, file: Buffer | undefined): Buffer | undefined {
  const content = file?.subarray(digestLength);
  return content && file?.subarray(0, digestLength).equals(digest(name, [content])) ? content : undefined;
}

const listPrefix = 'used-';
const listName = /^used-\d{9}-[\da-f-]{36}$/;

/** The lists among these files, the oldest first. */
const listsIn = (names: readonly string[]) => names.filter((name) => listName.test(name)).toSorted();

/** What a build used, from its list; nothing, if that cannot be read. */
function usedIn(list: string): [name: string, state: FileState][] {
  try {
    const used: unknown = JSON.parse(readFileSync(list, 'utf8'));
    const isUse = (each: unknown): each is [string, number, ...number[]] =>
      Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'number';
    return Array.isArray(used) ? used.filter(isUse).map(([name, ...state]) => [name, state]) : [];
  } catch {
    return [];
  }
}

/** Puts a file in its place at once: builds may run beside each other, and none may read a half of it. */
export function put(folder: string, name: string, content: readonly Buffer[]): void {
  const partial = join(folder, `${name}.${randomUUID()}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(partial, Buffer.concat(content));
    renameSync(partial, join(folder, name));
  } catch (error) {
    try {
      rmSync(partial, { force: true });
    } catch {
      // There is no folder to delete it from.
    }
    throw error;
  }
}
