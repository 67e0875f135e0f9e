import { resolve } from 'node:path';
import { readFolder } from '#authoring/folder.ts';
import { Memory } from '#authoring/memory.ts';
import { closestMatch } from '#authoring/closest-match.ts';
import type { Entry, Site } from '#site/contract.ts';
import { listed, UsageError } from './command-line.ts';

/**
 * The entry that was typed, by its slug or its id, as the built site has it. Throws `UsageError`, which
 * distinguishes an entry that is written in `content` and not published yet from one that does not exist.
 */
export async function publishedEntry(typed: string, site: Site, content: string): Promise<Entry> {
  const wanted = typed.replace(/^\/|\/$/g, '');
  const found = site.entries.filter(({ id, slug }) => id === wanted || slug === wanted);
  const [entry] = found;
  if (found.length > 1)
    throw new UsageError(`There are ${listed(found.map(({ id }) => id))}: which one? --entry ${entry?.id}`);
  if (entry) return entry;
  const { entries } = await readFolder(resolve(content), new Memory());
  const written = entries.find(
    ({ collection, slug }) =>
      (collection === 'episodes' || collection === 'posts') && (slug === wanted || `${collection}/${slug}` === wanted),
  );
  if (written)
    throw new UsageError(
      `${written.name} is not published in the built site, so its link would lead nowhere: it is a draft, its publishedAt is to come, or the site was built before it. When it is due:\n\n  npm run build`,
    );
  const names = site.entries.map(({ id, slug }) => (wanted.includes('/') ? id : slug));
  const near = closestMatch(wanted, names);
  throw new UsageError(`There is no episode or post “${typed}”.${near ? ` Nearest: --entry ${near}` : ''}`);
}
