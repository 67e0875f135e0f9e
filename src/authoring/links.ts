import type { Catalog } from '#catalog/records.ts';
import { fixedFiles, fixedPages, sections, url } from '#catalog/url.ts';
import { nearest, type Problem } from './problem.ts';
import { type Link, sourceLine } from './prose.ts';
import type { SourceEntry } from './source.ts';

/** Every address of the site to be built, with the anchors that a link may name there. */
export type Addresses = ReadonlyMap<string, ReadonlySet<string>>;

/** `anchors` gives those of an entry's own headings, by `collection/slug`. */
export function addresses(
  catalog: Catalog,
  anchors: ReadonlyMap<string, string[]>,
  publicFiles: Iterable<string>,
): Addresses {
  const all = new Map<string, Set<string>>();
  const add = (at: string, names: readonly string[] = []) => all.set(at, new Set(names));
  for (const page of [...fixedPages, ...fixedFiles, ...publicFiles, ...catalog.topics.map(({ url }) => url)]) add(page);
  for (const { from } of catalog.redirects) add(from);
  for (const asset of catalog.assets) add(asset.url);
  const listed = { [url.episodes]: catalog.episodes, [url.posts]: catalog.posts };
  for (const [list, { length }] of Object.entries(listed))
    for (let page = 2; (page - 1) * catalog.show.pageSize < length; page++) add(url.listPage(list, page));
  const kinds = {
    episodes: 'episode',
    posts: 'post',
    people: 'person',
    whitepapers: 'whitepaper',
    pages: 'page',
  } as const;
  for (const [collection, kind] of Object.entries(kinds) as [keyof typeof kinds, keyof typeof sections][])
    for (const record of catalog[collection])
      add(record.url, ['main', ...sections[kind], ...(anchors.get(`${collection}/${record.slug}`) ?? [])]);
  return all;
}

/** A problem for each link that leads to no page, or to no anchor of a page. */
export function linkProblems(entry: SourceEntry, own: string, links: readonly Link[], all: Addresses): Problem[] {
  return links.flatMap(({ href, line }): Problem | [] => {
    const [path = '', anchor] = href.split('#');
    const page = path.split('?')[0] || own;
    const anchors = all.get(page);
    if (anchors && (!anchor || anchors.has(decodeURIComponent(anchor)))) return [];
    const right = anchors
      ? `${path}#${nearest(anchor ?? '', anchors) ?? ''}`.replace(/#$/, '')
      : (nearest(page, all.keys()) ?? '/');
    return {
      what: anchors ? `There is no anchor "#${anchor}" on ${page}` : `The link ${href} leads to no page`,
      file: entry.name,
      line,
      field: 'link',
      nearest: right,
      paste: sourceLine(entry, line).replace(href, right),
    };
  });
}
