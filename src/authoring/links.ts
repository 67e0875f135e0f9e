import { attribute } from '#catalog/body.ts';
import { pagedLists } from '#catalog/paged-lists.ts';
import type { Catalog } from '#catalog/records.ts';
import { momentOf } from '#site/moment.ts';
import { decoded, encodedPath, fixedFiles, fixedPages, sections, url } from '#site/url.ts';
import { nearestOf } from './closest-match.ts';
import type { Problem } from './problem.ts';
import { replacedIn, type BodyNode, type SourceEntry, sourceLine, span } from './source.ts';
import type { Correction } from './yaml.ts';

/** A link of a body that stays on this site, to be followed once every page is known. */
export interface Link {
  href: string;
  /** The line with another address, or with the link's words alone. */
  correct: (href: string | undefined) => Correction;
}

/** Every address of the site to be built, with the anchors that a link may name there. */
export type Addresses = ReadonlyMap<string, ReadonlySet<string>>;

/** The elements of HTML that lead somewhere by their `href`. */
const linking: ReadonlySet<string> = new Set(['a', 'area', 'link']);

export function linkOf(node: BodyNode, entry: SourceEntry): Link | undefined {
  const href =
    node.type === 'link' || node.type === 'definition'
      ? (node.url ?? '')
      : linking.has(node.name ?? '')
        ? attribute(node, 'href')
        : undefined;
  if (href === undefined || /^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) return undefined;
  const unlinked = (): Correction => {
    const { first } = span(node);
    const source = sourceLine(entry, first);
    const middle = [`](${href})`, `](${href} `].map((end) => source.indexOf(end)).find((at) => at >= 0) ?? -1;
    const [open, end] = [source.lastIndexOf('[', middle), source.indexOf(')', middle)];
    if (middle < 0 || open < 0 || end < 0) return { line: first };
    return { line: first, paste: source.slice(0, open) + source.slice(open + 1, middle) + source.slice(end + 1) };
  };
  return { href, correct: (right) => (right === undefined ? unlinked() : replacedIn(entry, node, href, right)) };
}

/** `anchors` gives those of an entry's own headings, by `collection/slug`. */
export function addresses(
  catalog: Catalog,
  anchors: ReadonlyMap<string, string[]>,
  publicFiles: Iterable<string>,
): Addresses {
  const all = new Map<string, Set<string>>();
  const add = (at: string, names: readonly string[] = []) => all.set(encodedPath(decoded(at)), new Set(names));
  for (const page of [...fixedPages, ...fixedFiles, ...publicFiles]) add(page);
  for (const feed of catalog.feeds) add(feed.url);
  for (const { from } of catalog.redirects) if (!from.includes('?')) add(from);
  for (const asset of catalog.assets) add(asset.url);
  for (const { url: list, pages } of pagedLists(catalog))
    for (let page = 1; page <= pages; page++) add(url.listPage(list, page));
  const kinds = {
    episodes: 'episode',
    posts: 'post',
    people: 'person',
    whitepapers: 'whitepaper',
    partners: 'partner',
    pages: 'page',
  } as const;
  for (const [collection, kind] of Object.entries(kinds) as [keyof typeof kinds, keyof typeof sections][])
    for (const record of catalog[collection])
      add(record.url, ['main', ...sections[kind], ...(anchors.get(`${collection}/${record.slug}`) ?? [])]);
  return all;
}

/**
 * A problem for each link that leads to no page, or to no anchor of a page. `own` is the entry's address; `hidden`
 * holds those of entries that are not published yet, `open` those that mistakes keep out.
 */
export function linkProblems(
  entry: SourceEntry,
  own: string,
  links: readonly Link[],
  all: Addresses,
  { hidden, open }: { hidden: ReadonlySet<string>; open: readonly string[] },
): Problem[] {
  return links.flatMap(({ href, correct }): Problem | [] => {
    const [path = '', anchor] = href.split('#');
    const page = encodedPath(decoded(path.split('?')[0] ?? '')) || own;
    const target = targetOf(href, own);
    const anchors = all.get(page);
    if (href && anchors && (!anchor || anchors.has(decoded(anchor)) || isMoment(page, anchor))) return [];
    const problem = (what: string, right: string | undefined, isCertain = true): Problem => {
      const { line, paste } = correct(right);
      const nearest = right ?? 'the words without a link';
      return { what, file: entry.name, line, field: 'link', nearest, paste: isCertain ? paste : undefined };
    };
    if (!href) return problem('The link has no address', undefined);
    if (anchors) {
      const near = nearestOf(anchor ?? '', anchors);
      const what = `There is no anchor "#${anchor}" on ${page}`;
      return near ? problem(what, `${path}#${near.value}`, near.isCertain) : problem(what, path);
    }
    if (hidden.has(target)) return problem(`The link ${href} leads to a page that is not published yet`, undefined);
    if (!all.has(target)) {
      const fromRoot = `/${href.replace(/^[./]+|\/$/g, '')}/`;
      const near = all.has(fromRoot)
        ? { value: fromRoot, isCertain: true }
        : nearestOf(target, [...all.keys(), ...open]);
      return problem(`The link ${href} leads to no page`, near?.value, near?.isCertain ?? false);
    }
    const rule = page.startsWith('/') ? "a page's address ends with a slash" : 'an address begins with a slash';
    return problem(`The link ${href} leads to no page: ${rule}`, target + href.slice(path.split('?')[0]?.length));
  });
}

/** A moment of an episode's recording: `#t=1:30`. */
const isMoment = (page: string, anchor: string) =>
  page.startsWith(url.episodes) && momentOf({ search: '', hash: anchor }) !== undefined;

/** The page that a link of the page `own` would lead to if it were written in full: `../about` gives `/about/`. */
export function targetOf(href: string, own: string): string {
  const pathname = URL.parse(href.replace(/[?#].*$/, '') || own, `http://site.example${own}`)?.pathname ?? href;
  return /(?:\/|\.\w+)$/.test(pathname) ? pathname : `${pathname}/`;
}
