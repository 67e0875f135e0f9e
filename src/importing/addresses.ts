import { aliasAddress, readAlias } from '#catalog/aliases.ts';
import { servedSegments } from '#site/routes.ts';
import { addressKey, editAddress, fixedPages, queryKey } from '#site/url.ts';
import { slugFor, slugOf } from '#authoring/slug.ts';

/** The same for each way to write an address of the old site; undefined where it is none that a site can answer. */
export function keyOfAddress(path: string): string | undefined {
  const alias = readAlias(path);
  if ('why' in alias) return undefined;
  const [names = '', query = ''] = aliasAddress(alias).split('?');
  return addressKey(names) + (query && `?${queryKey(query)}`);
}

/** Whether two hosts are the same site: `www.` in front makes no other. */
export function isSameSite(address: string, site: string | undefined): boolean {
  const host = (each: string | undefined) => each && URL.parse(each)?.host.replace(/^www\./, '');
  return site !== undefined && host(address) !== undefined && host(address) === host(site);
}

/** Names of folders at the root of the site, which no page can have. */
const reserved = new Set([
  ...[...fixedPages, editAddress].map((page) => page.split('/')[1] ?? ''),
  ...servedSegments,
  ...['people', 'with', 'social', 'icons', 'styleguide', 'oembed', 'pagefind'],
]);

/** Gives each entry a slug that no other of its collection has. */
export class Slugs {
  readonly #taken = new Map<string, Set<string>>();

  isTaken(collection: string, slug: string): boolean {
    return this.#taken.get(collection)?.has(slug) ?? false;
  }

  take(collection: string, slug: string): void {
    const taken = this.#taken.get(collection) ?? new Set();
    this.#taken.set(collection, taken.add(slug));
  }

  /** Of the first of some texts that makes a slug; `fallback` is for texts in no Latin letters. */
  give(collection: string, texts: readonly (string | undefined)[], fallback: string): string {
    const named = texts.flatMap((text) => (text ? (slugFor(text) ?? []) : []))[0] ?? slugOf(fallback);
    const short = named.length <= 80 ? named : named.slice(0, 80).replace(/-[^-]*$/, '');
    const isOfSite = (slug: string) =>
      (collection === 'pages' && reserved.has(slug)) || (collection === 'episodes' && /^season-\d+$/.test(slug));
    const right = isOfSite(short) ? `${short}-${collection === 'pages' ? 'page' : 'episode'}` : short;
    let slug = right;
    for (let n = 2; this.isTaken(collection, slug); n += 1) slug = `${right}-${n}`;
    this.take(collection, slug);
    return slug;
  }
}
