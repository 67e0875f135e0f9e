import { aliases as aliasesField } from '#model/field.ts';
import { servedSegments } from '#site/routes.ts';
import { decoded, fixedFiles, fixedPages } from '#site/url.ts';
import type { Collection, CatalogProblem } from './content.ts';
import type { Redirect } from './records.ts';

/** A page made from an entry, with the old paths that its author keeps alive. */
export interface Addressed {
  collection: Collection;
  slug: string;
  url: string;
  aliases: readonly string[];
}

/**
 * The redirects of the site. `others` are the addresses of what is made of no entry alone: topics, files. A problem for
 * each address that two entries claim, and for each alias that would hide a page or a file of the site.
 */
export function redirects(
  entries: readonly Addressed[],
  others: readonly string[],
): { redirects: Redirect[]; problems: CatalogProblem[] } {
  const owners = new Map<string, string>();
  for (const taken of [...fixedPages, ...fixedFiles, ...others])
    owners.set(taken, `the ${taken.endsWith('/') ? 'page' : 'file'} ${taken}`);
  const problems: CatalogProblem[] = [];

  for (const { collection, slug, url } of entries) {
    const owner = owners.get(url) ?? served(url) ?? season(url);
    if (owner)
      problems.push({
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
      const refusal = unkeepable(alias);
      if (refusal) {
        problems.push({ collection, slug, field: ['aliases', i], value: alias, ...refusal });
        return;
      }
      const from = withSlash(alias);
      const owner =
        owners.get(from) ??
        owners.get(from.slice(0, -1)) ??
        served(from) ??
        (/\/page\/\d+\/$/.test(from) ? `a page of a list` : undefined);
      if (owner)
        problems.push({
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
  return { redirects: found, problems };
}

const withSlash = (path: string) => (path.endsWith('/') ? path : `${path}/`);

/** Why no page can be built at an old path, and the same path in a way that can, where there is one. */
function unkeepable(alias: string): Pick<CatalogProblem, 'what' | 'candidates' | 'isCertain'> | undefined {
  const parts = alias.split('/').slice(1);
  const because = (why: string, right?: string) => ({
    what: `Alias "${alias}" ${why}`,
    isCertain: true,
    candidates:
      right !== undefined && right !== alias && aliasesField.safeParse([right]).success && !unkeepable(right)
        ? [right]
        : [],
  });
  if (alias.replace(/\/$/, '') === '/index.html') return because('would hide the page /, of which it is another name');
  if (parts.some((part) => part.endsWith('.html')))
    return because('names an HTML file, which the site cannot keep alive: let your web server redirect it');
  if (alias.includes('%')) return because('has a "%" in it: an alias is written as people read it', decoded(alias));
  if (alias.includes('\\')) return because('has a "\\" in it, which no path has', alias.replaceAll('\\', '/'));
  if (parts.slice(0, -1).includes(''))
    return because('has nothing between two slashes', alias.replaceAll(/\/{2,}/g, '/'));
  if (parts.some((part) => part === '.' || part === '..'))
    return because('has a "." or ".." in the place of a name', new URL(alias, 'http://site.example').pathname);
  if (parts.some((part) => new TextEncoder().encode(part).length > longestName))
    return because(`has a part of more than ${longestName} bytes, which no file can be called`);
  return undefined;
}

/** Bytes, on every file system in use. */
const longestName = 255;

/** The page of a season that there may be one day; by then an episode could not make room for it. */
function season(url: string): string | undefined {
  const [, number] = /^\/episodes\/season-(\d+)\/$/.exec(url) ?? [];
  return number && `the page of season ${number}`;
}

/** What the server answers at a path and below it, where no file of the site is looked for. */
function served(path: string): string | undefined {
  const segment = servedSegments.find((segment) => path.startsWith(`/${segment}/`));
  return segment && `the forms and links of the site, which have /${segment}/`;
}

function freeAlias(taken: string, owners: ReadonlyMap<string, string>): string {
  const base = `${served(taken) ? '/old' : ''}${taken.replace(/\/$/, '')}`;
  for (let n = 2; ; n++) if (!owners.has(`${base}-${n}/`)) return `${base}-${n}`;
}
