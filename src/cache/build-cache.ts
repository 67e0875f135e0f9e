import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where the caches of this project are, each in a folder of its own; a CI that keeps this folder builds faster. */
export const cachesFolder = join('node_modules', '.cache', 'builds');

/** The folder of the cache `name`. */
export const cacheFolder = (name: string): string => join(cachesFolder, name);

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

/**
 * What `make` resolves to, or what it resolved to in an earlier build, if `folder` has that under `key`. A file that is
 * broken, or another's, is as none; a folder that cannot be written is no hindrance.
 */
export async function cached(folder: string, key: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const build = currentBuild(folder);
  const name = key.slice(0, 40);
  const found = contentOf(name, await readFile(join(folder, name)).catch(() => undefined));
  const content = found ?? (await make());
  build.sizes.set(name, digestLength + content.length);
  if (found) build.reused += 1;
  else {
    build.made += 1;
    await put(folder, name, [digest(name, content), content]).catch((error: Error) => {
      build.failure = error.message;
    });
  }
  return content;
}

/**
 * Ends a build's use of a cache: deletes what none of the last builds used, and of that what is beyond `most` bytes,
 * longest unused first. `builds` is high, since builds of several content folders share a cache.
 */
export async function pruneCache(folder: string, { builds = 20, most = 2 ** 30 } = {}): Promise<CacheUse> {
  const { sizes, ...use } = currentBuild(folder);
  currentBuilds.delete(resolve(folder));
  try {
    const last = (await readdir(folder))
      .filter((name) => listName.test(name))
      .toSorted()
      .at(-1);
    const number = last === undefined ? 1 : Number.parseInt(last.slice(listPrefix.length), 10) + 1;
    const list = `${listPrefix}${String(number).padStart(9, '0')}-${randomUUID()}`;
    await put(folder, list, [Buffer.from(JSON.stringify([...sizes]))]);

    // Read again: a build beside this one may have ended meanwhile.
    const names = await readdir(folder);
    const lists = names.filter((name) => listName.test(name)).toSorted();
    const recent = lists.slice(-builds);
    const wanted = new Set(recent);
    let bytes = 0;
    for (const list of recent.toReversed())
      for (const [name, size] of await usedIn(join(folder, list)))
        if (!wanted.has(name) && bytes + size <= most) {
          wanted.add(name);
          bytes += size;
        }
    for (const name of names) if (!wanted.has(name)) await rm(join(folder, name), { force: true });
  } catch (error) {
    use.failure ??= (error as Error).message;
  }
  return use;
}

interface Build extends CacheUse {
  /** What was used, with its bytes on the disk. */
  sizes: Map<string, number>;
}

/** What this process has used of each folder. Astro loads this module twice, by Node and in the bundle of the pages. */
const shared = Symbol.for('d-files.build-cache');
const currentBuilds = ((globalThis as { [shared]?: Map<string, Build> })[shared] ??= new Map<string, Build>());

function currentBuild(folder: string): Build {
  const path = resolve(folder);
  const build = currentBuilds.get(path) ?? { made: 0, reused: 0, sizes: new Map() };
  currentBuilds.set(path, build);
  return build;
}

const digestLength = 32;
/** Of the name too, so that a file under another's name is known for that. */
const digest = (name: string, content: Buffer) => createHash('sha256').update(name).update(content).digest();

/** What a file of the cache has in it, if it is whole and its own. */
function contentOf(name: string, file: Buffer | undefined): Buffer | undefined {
  const content = file?.subarray(digestLength);
  return content && file?.subarray(0, digestLength).equals(digest(name, content)) ? content : undefined;
}

const listPrefix = 'used-';
const listName = /^used-\d{9}-[\da-f-]{36}$/;

/** What a build used, from its list; nothing, if that cannot be read. */
async function usedIn(list: string): Promise<[name: string, bytes: number][]> {
  try {
    const used: unknown = JSON.parse(await readFile(list, 'utf8'));
    const isUse = (each: unknown): each is [string, number] =>
      Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'number';
    return Array.isArray(used) ? used.filter(isUse) : [];
  } catch {
    return [];
  }
}

/** Puts a file in its place at once: builds may run beside each other, and none may read a half of it. */
async function put(folder: string, name: string, content: Buffer[]): Promise<void> {
  const partial = join(folder, `${name}.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(partial, content);
    await rename(partial, join(folder, name));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}
