import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { put } from '#cache/build-cache.ts';
import { linkOrCopy } from '#cache/kept-files.ts';

/**
 * What Astro keeps for its next build: the list of pictures, and copies of faces and of the pictures that it has made. It
 * uses them as they are; so what is not as the last whole build left it is deleted before it looks, and made
 * again.
 */
export class AstroCopies {
  readonly #cache: string;
  /** Digests by path in the folder of Astro's caches. */
  readonly #known = new Map<string, string>();

  /** `cache` is the folder of Astro's caches. */
  constructor(cache: string) {
    this.#cache = cache;
    const listed = listIn(join(cache, list));
    for (const path of this.#paths()) {
      const digest = listed[path];
      if (digest !== undefined && digest === digestOf(join(cache, path))) this.#known.set(path, digest);
      else rmSync(join(cache, path), { recursive: true, force: true });
    }
  }

  hasPicture(name: string): boolean {
    return this.#known.has(pathOf(name));
  }

  /** Lays a picture where the site has it. */
  placePicture(name: string, target: string): void {
    linkOrCopy(join(this.#cache, pathOf(name)), target);
  }

  /** Ends a build whose site has pictures of these names: the others are deleted, and the rest is known to the next. */
  keep(pictures: ReadonlySet<string>): void {
    const used = new Set([...pictures].map(pathOf));
    const digests: Record<string, string> = {};
    for (const path of this.#paths()) {
      const file = join(this.#cache, path);
      if (!path.startsWith(pathOf('')) || used.has(path)) digests[path] = this.#known.get(path) ?? digestOf(file);
      else rmSync(file, { recursive: true, force: true });
    }
    put(this.#cache, list, [Buffer.from(JSON.stringify(digests))]);
  }

  #paths(): string[] {
    return [...namesIn(this.#cache), ...['assets', 'fonts', 'data-store'].flatMap((name) => namesIn(this.#cache, name))]
      .filter((path) => path !== list)
      .toSorted();
  }
}

/** Where Astro keeps a picture. */
const pathOf = (picture: string) => `assets/${picture}`;

/** The files in a folder of a cache, as paths in that cache. */
function namesIn(cache: string, folder = ''): string[] {
  try {
    const entries = readdirSync(join(cache, folder), { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => (folder ? `${folder}/${name}` : name));
  } catch {
    return [];
  }
}

const list = 'copies.json';

const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A list that cannot be read is an empty one. */
function listIn(path: string): Partial<Record<string, string>> {
  try {
    const list: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof list === 'object' && list !== null ? (list as Partial<Record<string, string>>) : {};
  } catch {
    return {};
  }
}
