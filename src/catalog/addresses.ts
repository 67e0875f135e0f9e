import { aliases as aliasesField } from '#model/field.ts';
import type { Redirect } from '#site/redirects.ts';
import { servedSegments } from '#site/routes.ts';
import { addressKey, decoded, editAddress, fixedFiles, fixedPages, queryKey, url } from '#site/url.ts';
import { aliasAddress, formerSlugs, isFile, readAlias } from './aliases.ts';
import type { Collection, CatalogProblem } from './content.ts';

/** A page made from an entry, with the old paths that its author keeps alive. */
export interface Addressed {
  collection: Collection;
  slug: string;
  url: string;
  aliases: readonly string[];
  /** What an entry of this slug is published with: its recordings, its player, its feed; in one order for every slug. */
  beside?: (slug: string) => readonly string[];
}

/** Old paths of feeds with those that they lead to, and the feeds that there are. */
export interface OldFeeds {
  old: Readonly<Record<string, string>>;
  feeds: readonly string[];
}

/**
 * The redirects of the site. `others` are the addresses of what is made of no entry alone: topics, files. An entry whose
 * alias is the page of another slug had that slug: what lay beside that page leads on too. A problem for each address that
 * two entries claim, and for each alias that would hide a page or a file of the site.
 */
export function redirects(
  entries: readonly Addressed[],
  others: readonly string[],
  { old, feeds }: OldFeeds = { old: {}, feeds: [] },
): { redirects: Redirect[]; problems: CatalogProblem[] } {
  const taken = new Taken();
  for (const each of [...fixedPages, ...fixedFiles, editAddress, ...others])
    taken.add(each, `the ${each.endsWith('/') ? 'page' : 'file'} ${decoded(each)}`);
  const problems: CatalogProblem[] = [];

  for (const { collection, slug, url } of entries) {
    const owner = taken.owner(url) ?? served(url) ?? season(url);
    if (owner)
      problems.push({
        collection,
        slug,
        field: [],
        what: `${url} is taken by ${owner}: two pages cannot have one address`,
      });
    else taken.add(url, `${collection}/${slug}`);
  }

  const found: Redirect[] = [];
  /** Takes an old address for `own`; the words and the fix of a problem where it cannot be had. */
  const claim = (alias: string, to: string, own: string): [what: string, fix: Partial<CatalogProblem>] | undefined => {
    const read = readAlias(alias);
    if ('why' in read) return [read.why, { candidates: [read.right].filter(isAlias), fix: 'write it so' }];
    const from = aliasAddress(read);
    const owner = taken.owner(from) ?? served(from) ?? made(from);
    const beside = taken.beside(from);
    if (owner === own) return ['is there already', { fix: 'take it out' }];
    if (owner?.startsWith('alias of '))
      return [`belongs to ${owner.slice('alias of '.length)} already`, { fix: 'take it out' }];
    if (owner) {
      const isOther = taken.isSpeltOtherwise(from, read.names);
      return [`would hide ${owner}${isOther ? ', of which it is another name' : ''}`, { fix: 'take it out' }];
    }
    if (beside)
      return [
        `cannot be kept beside ${beside}: one is a file, and the other would be in a folder of its name`,
        { fix: 'take it out' },
      ];
    taken.add(from, own);
    found.push({ from, to });
    return undefined;
  };
  for (const { collection, slug, url, aliases } of entries)
    aliases.forEach((alias, i) => {
      const own = `alias of ${collection}/${slug}`;
      const [what, fix] = claim(alias, url, own) ?? [];
      if (what === undefined) return;
      const isOtherwise = what === 'is there already' && aliases.indexOf(alias) === i;
      problems.push({
        ...{ collection, slug, field: ['aliases', i], value: alias },
        what: `Alias "${alias}" ${what}${isOtherwise ? ', written in another way' : ''}`,
        ...fix,
      });
    });
  for (const [alias, to] of Object.entries(old)) {
    const place = { collection: 'show', slug: '', field: ['oldFeeds', alias] } as const;
    const [what] = feeds.includes(to) ? (claim(alias, to, 'alias of a feed') ?? []) : [];
    if (what !== undefined)
      problems.push({ ...place, field: [...place.field], what: `Old feed "${alias}" ${what}`, fix: 'by hand' });
    if (!feeds.includes(to))
      problems.push({
        ...{ ...place, field: [...place.field], value: to, candidates: feeds },
        what: `Old feed "${alias}" leads to ${to}, and there is no such feed`,
      });
  }
  return { redirects: [...found, ...carried(entries, taken)], problems };
}

/** What lay beside the pages that entries had under other slugs, and is now beside those that they have. */
function carried(entries: readonly Addressed[], taken: Taken): Redirect[] {
  return entries.flatMap(({ collection, slug, url, aliases, beside }) => {
    if (!beside) return [];
    const now = beside(slug);
    return formerSlugs(aliases, url.slice(0, -`${slug}/`.length)).flatMap((former) =>
      beside(former).flatMap((from, i): Redirect | [] => {
        const to = now[i];
        if (to === undefined || taken.owner(from)) return [];
        taken.add(from, `alias of ${collection}/${slug}`);
        return { from, to };
      }),
    );
  });
}

/** The addresses that are taken, and by whom. */
class Taken {
  readonly #owners = new Map<string, { owner: string; address: string }>();
  /** Each folder that something lies in, by what lies in it. */
  readonly #folders = new Map<string, string>();

  add(address: string, owner: string): void {
    const key = keyOf(address);
    this.#owners.set(key, { owner, address });
    if (address.includes('?')) return;
    for (const folder of foldersOf(key)) if (!this.#folders.has(folder)) this.#folders.set(folder, owner);
  }

  owner(address: string): string | undefined {
    return this.#owners.get(keyOf(address))?.owner;
  }

  /** What is a file where `address` would need a folder, or lies in a folder where it would be a file. */
  beside(address: string): string | undefined {
    if (address.includes('?')) return undefined;
    const key = keyOf(address);
    const file = foldersOf(key).flatMap((folder) => this.#owners.get(folder) ?? []);
    return (
      file.find(({ address }) => !address.endsWith('/'))?.owner ?? (isFile(key) ? this.#folders.get(key) : undefined)
    );
  }

  /** Whether what is at an address has other names than these, but for the slash at its end. */
  isSpeltOtherwise(address: string, names: string): boolean {
    const { address: other } = this.#owners.get(keyOf(address)) ?? {};
    return other !== undefined && decoded(other).replace(/\/$/, '') !== names.replace(/\/$/, '');
  }
}

/** What addresses have in common that are one, with what is in their queries. */
function keyOf(address: string): string {
  const [path = '', query = ''] = address.split('?', 2);
  return addressKey(path) + (query && `?${queryKey(query)}`);
}

/** The folders that the file of an address lies in, by their keys. */
const foldersOf = (key: string): string[] =>
  key
    .split('/')
    .slice(1, -1)
    .map((_, i, parts) => `/${parts.slice(0, i + 1).join('/')}`);

/** An alias that is right as it is written, as far as it can be known without the others. */
const isAlias = (alias: string | undefined): alias is string =>
  alias !== undefined && aliasesField.safeParse([alias]).success && !('why' in readAlias(alias));

/** The page of a season that there may be one day; by then an episode could not make room for it. */
function season(url: string): string | undefined {
  const [, number] = /^\/episodes\/season-(\d+)\/$/.exec(url) ?? [];
  return number && `the page of season ${number}`;
}

/** What the server answers at a path and below it, where no file of the site is looked for. */
function served(address: string): string | undefined {
  const key = addressKey(address.split('?', 1)[0] ?? '');
  const segment = servedSegments.find((segment) => key === `/${segment}` || key.startsWith(`/${segment}/`));
  return segment && `the forms and links of the site, which have /${segment}/`;
}

/** What a build makes by its own names, however much there is of it. */
function made(address: string): string | undefined {
  const [path = '', query] = address.split('?', 2);
  const key = addressKey(path);
  if (query !== undefined) return key === addressKey(url.search) ? `the answers of ${url.search}` : undefined;
  if (/\/page\/\d+$/.test(key)) return 'a page of a list';
  if (/\/page-\d+\.(?:xml|json)$/.test(key)) return 'a page of a feed';
  return /^\/(?:_astro|pagefind)(?:\/|$)|^\/(?:social|icons)\/.+\.png$|^\/oembed\/[^/]+\.json$|^\/sitemap-\d+\.xml$/.test(
    key,
  )
    ? 'a file that the build makes'
    : undefined;
}
