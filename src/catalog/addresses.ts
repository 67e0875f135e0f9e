import type { Collection, Issue } from './content.ts';
import type { Redirect } from './records.ts';
import { fixedFiles, fixedPages, servedSegments } from './url.ts';

/** A page made from an entry, with the old paths that its author keeps alive. */
export interface Addressed {
  collection: Collection;
  slug: string;
  url: string;
  aliases: readonly string[];
}

/**
 * The redirects of the site. `others` are the addresses of what is made of no entry alone: topics, files. An issue for
 * each address that two entries claim, and for each alias that would hide a page or a file of the site.
 */
export function redirects(
  entries: readonly Addressed[],
  others: readonly string[],
): { redirects: Redirect[]; issues: Issue[] } {
  const owners = new Map<string, string>();
  for (const taken of [...fixedPages, ...fixedFiles, ...others])
    owners.set(taken, `the ${taken.endsWith('/') ? 'page' : 'file'} ${taken}`);
  const issues: Issue[] = [];

  for (const { collection, slug, url } of entries) {
    const owner = owners.get(url) ?? served(url);
    if (owner)
      issues.push({
        collection,
        slug,
        field: [],
        what: `${url} is taken by ${owner}: two pages cannot have one address`,
      });
    else owners.set(url, `${collection}/${slug}`);
  }

  const found: Redirect[] = [];
  for (const { collection, slug, url, aliases } of entries)
    aliases.forEach((alias, i) => {
      const from = withSlash(alias);
      const owner =
        owners.get(from) ??
        owners.get(from.slice(0, -1)) ??
        served(from) ??
        (/\/page\/\d+\/$/.test(from) ? `a page of a list` : undefined);
      if (owner)
        issues.push({
          collection,
          slug,
          field: ['aliases', i],
          value: alias,
          what: owner.startsWith('alias')
            ? `Alias "${alias}" belongs to ${owner.slice('alias of '.length)} already`
            : `Alias "${alias}" would hide ${owner}`,
          candidates: [freeAlias(from, owners)],
        });
      else {
        owners.set(from, `alias of ${collection}/${slug}`);
        found.push({ from, to: url });
      }
    });
  return { redirects: found, issues };
}

const withSlash = (path: string) => (path.endsWith('/') ? path : `${path}/`);

/** What the server answers at a path and below it, where no file of the site is looked for. */
function served(path: string): string | undefined {
  const segment = servedSegments.find((segment) => path.startsWith(`/${segment}/`));
  return segment && `the forms and links of the site, which have /${segment}/`;
}

function freeAlias(taken: string, owners: ReadonlyMap<string, string>): string {
  const base = `${served(taken) ? '/old' : ''}${taken.replace(/\/$/, '')}`;
  for (let n = 2; ; n++) if (!owners.has(`${base}-${n}/`)) return `${base}-${n}`;
}
