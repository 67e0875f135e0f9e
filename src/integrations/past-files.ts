import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linkOrCopy } from '#cache/kept-files.ts';
import { isHashed } from '#site/hashed-file.ts';

/** For how many days the page of an earlier build may stay open. */
const longestOpen = 30;

/**
 * Keeps the hashed files of the site in `last` that the one in `next` has not, for pages that are open still: in a folder
 * of `past` that is named for the day. Folders of days more than a month before `now` are deleted.
 */
export function keepPastFiles({ last, next, past }: { last: string; next: string; past: string }, now: Date): void {
  const oldest = dayOf(new Date(now.getTime() - longestOpen * 24 * 60 * 60 * 1000));
  for (const day of existsSync(past) ? readdirSync(past) : [])
    if (day < oldest) rmSync(join(past, day), { recursive: true });
  for (const path of hashedIn(last)) {
    if (existsSync(join(next, path))) continue;
    const target = join(past, dayOf(now), path);
    mkdirSync(dirname(target), { recursive: true });
    linkOrCopy(join(last, path), target);
  }
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** The hashed files in the folder of a site, as paths in it. */
function hashedIn(folder: string): string[] {
  return ['_astro', 'pagefind'].flatMap((part) => {
    if (!existsSync(join(folder, part))) return [];
    const entries = readdirSync(join(folder, part), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).replaceAll('\\', '/'))
      .filter((path) => isHashed(path));
  });
}
