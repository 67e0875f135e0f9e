import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Lost } from '#importing/archive.ts';
import { UnreadableArchive } from '#importing/source.ts';

/** A text of more bytes is none that somebody wrote. */
const mostBytes = 5e6;

const mostFiles = 200_000;

/** The files of a folder, by their paths inside of it with `/` between the names. */
export interface Tree {
  root: string;
  /** In the order of their names. */
  files: readonly string[];
  has: (path: string) => boolean;
  /** The first of some paths that a file has: inside the folder, and on the disk. */
  find: (paths: readonly (string | undefined)[]) => { inside: string; path: string } | undefined;
  /** Where a file lies on the disk. */
  pathOf: (path: string) => string;
  /** What a file says; undefined where it is no text, which is named. */
  text: (path: string, lost: Lost[]) => Promise<string | undefined>;
}

/** Never what a tool put there. */
const skipped = new Set(['.git', '.hg', '.svn', '.github', '.cache', '.jekyll-cache', '.sass-cache', 'node_modules']);

/** Looks through a folder; a link that leads out of it is not followed, and named. */
export async function treeOf(folder: string, lost: Lost[], alsoSkipped: readonly string[] = []): Promise<Tree> {
  const root = await realpath(folder);
  const files = new Map<string, string>();
  const seen = new Set<string>([root]);
  const look = async (path: string, inside: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = inside ? `${inside}/${entry.name}` : entry.name;
      if (skipped.has(entry.name) || alsoSkipped.includes(name)) continue;
      const here = join(path, entry.name);
      const target = entry.isSymbolicLink() ? await realpath(here).catch(() => undefined) : here;
      if (target === undefined || (entry.isSymbolicLink() && !isInside(root, target))) {
        lost.push({
          what: 'symlink',
          detail: `${name} is a link ${target === undefined ? 'to nothing' : 'that leads out of the folder'}: it is not followed`,
        });
        continue;
      }
      const found = await lstat(target);
      if (found.isDirectory()) {
        const real = await realpath(target);
        if (seen.has(real)) continue;
        seen.add(real);
        await look(target, name);
      } else if (found.isFile()) {
        if (files.size >= mostFiles)
          throw new UnreadableArchive(
            `${folder} has more than ${mostFiles} files: name the folder of the site itself.`,
          );
        files.set(name, target);
      }
    }
  };
  await look(root, '');
  const pathOf = (path: string) => files.get(path) ?? join(root, path);
  return {
    root,
    files: [...files.keys()],
    has: (path) => files.has(path),
    find: (paths) => {
      const inside = paths.find((each) => each !== undefined && files.has(each));
      return inside === undefined ? undefined : { inside, path: pathOf(inside) };
    },
    pathOf,
    text: (path, at) => textAt(pathOf(path), path, at),
  };
}

const isInside = (root: string, path: string) => {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
};

async function textAt(path: string, name: string, lost: Lost[]): Promise<string | undefined> {
  const { size } = await stat(path);
  if (size > mostBytes) {
    lost.push({ what: 'file', detail: `${name} has ${Math.round(size / 1e6)} MB, which is no text: it is not read` });
    return undefined;
  }
  const bytes = await readFile(path);
  if (bytes.includes(0)) {
    lost.push({ what: 'file', detail: `${name} is no text: there are zero bytes in it` });
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n');
  } catch {
    lost.push({ what: 'encoding', detail: `${name} is not in UTF-8: it is read as Windows-1252; look at its accents` });
    return new TextDecoder('windows-1252').decode(bytes).replaceAll(/\r\n?/g, '\n');
  }
}
