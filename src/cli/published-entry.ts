import { resolve } from 'node:path';
import { readFolder } from '#authoring/folder.ts';
import { closestMatch } from '#authoring/closest-match.ts';
import type { Entry, Site } from '#site/contract.ts';
import { listed, Mistake } from './command-line.ts';

/**
 * The entry that was typed, by its slug or its id, as the built site has it. Throws `Mistake`, which tells an entry
 * that authors have written in `content` and nobody can read yet from one that there is not.
 */
export async function publishedEntry(typed: string, site: Site, content: string): Promise<Entry> {
  const wanted = typed.replace(/^\/|\/$/g, '');
  const found = site.entries.filter(({ id, slug }) => id === wanted || slug === wanted);
  const [entry] = found;
  if (found.length > 1)
    throw new Mistake(`There are ${listed(found.map(({ id }) => id))}: which one? --entry ${entry?.id}`);
  if (entry) return entry;
  const { entries } = await readFolder(resolve(content));
  const written = entries.find(
    ({ collection, slug }) =>
      (collection === 'episodes' || collection === 'posts') && (slug === wanted || `${collection}/${slug}` === wanted),
  );
  if (written)
    throw new Mistake(
      `${written.name} is not published in the built site, so its link would lead nowhere: it is a draft, its publishedAt is to come, or the site was built before it. When it is due:\n\n  npm run build`,
    );
  const names = site.entries.map(({ id, slug }) => (wanted.includes('/') ? id : slug));
  const near = closestMatch(wanted, names);
  throw new Mistake(`There is no episode or post “${typed}”.${near ? ` Nearest: --entry ${near}` : ''}`);
}
