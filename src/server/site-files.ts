import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { addressKey, encodedPath, url } from '#site/url.ts';
import { type Encoding, encodings } from './encoding.ts';

/** A file as it lies on the disk. */
export interface StoredFile {
  path: string;
  size: number;
  modified: Date;
}

/** A file of the site, and what a build laid beside it compressed. */
export interface SiteFile extends StoredFile {
  /** Its address, with a slash at its end where it is a page. */
  address: string;
  encoded: Partial<Record<Encoding, StoredFile>>;
}

/** What the built site has, read once: what is not in it cannot be asked for, however the path is written. */
export interface SiteFiles {
  /** By address: `/about/`, `/rss.xml`. */
  at: ReadonlyMap<string, SiteFile>;
  /** The address of each by what it has in common with other ways to write it ({@link addressKey}). */
  byKey: ReadonlyMap<string, string>;
  /** The page that says that there is no such page. */
  notFound: SiteFile | undefined;
  /** The page that says that the server failed. */
  failed: SiteFile | undefined;
}

/** Reads what lies in `folder`, and beside that what lies in those of `past`, the oldest first. */
export async function readSiteFiles(folder: string, past: readonly string[] = []): Promise<SiteFiles> {
  const found = await Promise.all([...past, folder].map(filesIn));
  const stored = new Map(found.flat().filter(([inside]) => !isHidden(inside)));
  const at = new Map<string, SiteFile>();
  for (const [inside, file] of stored) {
    if (encodings.some(({ ending }) => inside.endsWith(ending) && stored.has(inside.slice(0, -ending.length))))
      continue;
    const address = inside.replace(/\/index\.html$/, '/');
    const encoded = encodings.flatMap(({ name, ending }) => {
      const found = stored.get(`${inside}${ending}`);
      return found ? [[name, found] as const] : [];
    });
    at.set(address, { ...file, address, encoded: Object.fromEntries(encoded) });
  }
  const notFound = at.get('/404.html');
  const failed = at.get(url.failed);
  for (const answer of ['/404.html', url.failed]) at.delete(answer);
  const byKey = new Map([...at.keys()].map((address) => [addressKey(encodedPath(address)), address]));
  return { at, byKey, notFound, failed };
}

/** The files in a folder by their paths in it. */
async function filesIn(folder: string): Promise<(readonly [inside: string, file: StoredFile])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        const { size, mtime } = await stat(path);
        return [`/${relative(folder, path).split(sep).join('/')}`, { path, size, modified: mtime }] as const;
      }),
  );
}

/** `.well-known` is the one folder with a dot that is to be seen (RFC 8615). */
const isHidden = (path: string) => path.split('/').some((part) => part.startsWith('.') && part !== '.well-known');
