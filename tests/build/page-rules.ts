import { HtmlValidate } from 'html-validate';
import sharp from 'sharp';
import { servedRoutes } from '#site/routes.ts';
import { type BuiltSite, isEmbed } from './site-in.ts';

/** What holds for every page of every site, whoever wrote it. */
export interface PageRule {
  /** What a page does, as the end of a sentence. */
  says: string;
  /** Which pages keep it: those that readers walk through, if it does not say; those that search engines know; frames too. */
  of?: 'shown' | 'every';
  /** What is wrong with a page, in words; nothing if it keeps the rule. */
  broken(site: BuiltSite, address: string, document: Document): string[] | Promise<string[]>;
}

type Thing = { '@type'?: string; '@id'?: string } & Record<string, unknown>;

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Astro and Prettier write void elements and attributes in their own forms, all valid HTML.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'no-inline-style': 'off',
    // Links are inline text here; long titles are the authors'.
    'long-title': 'off',
    // An anchor is its heading in any script (HTML, 3.2.6).
    'valid-id': ['error', { relaxed: true }],
    'tel-non-breaking': 'off',
  },
});

/** What the server answers when it is asked for. */
const answered = new Set(servedRoutes.map(({ path }) => path));

/** `words` if `isWrong`. */
const wrong = (isWrong: boolean, words: string) => (isWrong ? [words] : []);

/** What a tag of the head says; several of one property in their order. */
export const tagsOf = (document: Document, property: string): (string | null)[] =>
  [...document.querySelectorAll(`meta[property="${property}"], meta[name="${property}"]`)].map((meta) =>
    meta.getAttribute('content'),
  );

/** The linked data of a page. */
export function graphOf(document: Document): Thing[] {
  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')];
  const [data] = scripts.map((script) => JSON.parse(script.textContent ?? '') as Record<string, unknown>);
  if (scripts.length !== 1 || data?.['@context'] !== 'https://schema.org') return [];
  return data['@graph'] as Thing[];
}

/** A thing and everything in it. */
function within(value: unknown): Thing[] {
  if (Array.isArray(value)) return value.flatMap(within);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Thing, ...Object.values(value).flatMap(within)];
}

/** Whether more is said of a thing than what it is called. */
const isFull = (thing: Thing) =>
  Object.keys(thing).some((property) => !['@type', '@id', 'name', 'url', 'seasonNumber'].includes(property));

/** What is worked out once for each page of a site. */
function perPage<Found>(find: (document: Document) => Found) {
  const sites = new WeakMap<BuiltSite, Map<string, Found>>();
  return (site: BuiltSite, address: string): Found => {
    const found = sites.get(site) ?? new Map<string, Found>();
    sites.set(site, found);
    const before = found.get(address);
    if (before !== undefined) return before;
    const now = find(site.page(address));
    found.set(address, now);
    return now;
  };
}

const idsOn = perPage((document) => new Set([...document.querySelectorAll('[id]')].map(({ id }) => id)));
const describedOn = perPage(
  (document) => new Set(within(graphOf(document)).flatMap((thing) => (isFull(thing) ? (thing['@id'] ?? []) : []))),
);

/** Whether a path of the site is a file, a page, or answered by the server. */
const isThere = (site: BuiltSite, path: string) => answered.has(path) || site.has(path);

export const pageRules: readonly PageRule[] = [
  {
    says: 'is valid HTML',
    async broken({ html }, address) {
      const { results } = await validator.validateString(html(address));
      return results.flatMap(({ messages }) => messages.map(({ message, line }) => `${line}: ${message}`));
    },
  },
  {
    says: 'has one first-level heading, and skips no level',
    broken(_site, _address, document) {
      const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ localName }) =>
        Number(localName[1]),
      );
      return [
        ...wrong(levels.filter((level) => level === 1).length !== 1, 'not one h1'),
        ...levels.flatMap((level, i) =>
          wrong(i > 0 && level > (levels[i - 1] ?? 0) + 1, `h${levels[i - 1]}, then h${level}`),
        ),
      ];
    },
  },
  {
    says: 'has its landmarks and a link that skips to the content',
    broken(_site, _address, document) {
      const landmarks = ['header', 'header > nav[aria-label="Main"]', 'main#main', 'footer'];
      return [
        ...landmarks.flatMap((landmark) =>
          wrong(document.querySelectorAll(`body > ${landmark}`).length !== 1, `not one ${landmark}`),
        ),
        ...wrong(document.body.querySelector('a')?.getAttribute('href') !== '#main', 'its first link skips nothing'),
      ];
    },
  },
  {
    says: 'says its title, its summary, its language and its one address',
    broken({ origin, isHidden }, address, document) {
      const canonical = document.querySelector('link[rel=canonical]')?.getAttribute('href');
      return [
        ...wrong(!/\S/.test(document.title), 'no title'),
        ...wrong(!/\S/.test(tagsOf(document, 'description')[0] ?? ''), 'no summary'),
        ...wrong(!/^[a-z]{2,3}\b/.test(document.documentElement.getAttribute('lang') ?? ''), 'no language'),
        ...wrong(canonical !== (isHidden(address) ? undefined : origin + address), `at ${canonical}`),
      ];
    },
  },
  {
    says: 'shows the way from home',
    broken(_site, address, document) {
      const links = [...document.querySelectorAll('nav[aria-label=Breadcrumbs] a')];
      const crumbs = links.map((link) => link.getAttribute('href'));
      const way = address === '/404.html' ? ['/'] : ['/', address.replace(/page\/\d+\/$/, '')];
      if (address === '/') return wrong(crumbs.length > 0, 'a way from home to itself');
      return wrong(crumbs[0] !== way[0] || crumbs.at(-1) !== way.at(-1), crumbs.join(' '));
    },
  },
  {
    says: 'asks no other host for anything',
    broken(_site, _address, document) {
      return [...document.querySelectorAll('[src], [srcset], link[rel=stylesheet], link[rel=icon], link[rel=preload]')]
        .filter(({ localName }) => !['audio', 'video', 'source'].includes(localName))
        .flatMap((element) => ['src', 'srcset', 'href'].flatMap((name) => element.getAttribute(name) ?? []))
        .filter((address) => /^(https?:)?\/\//.test(address));
    },
  },
  {
    says: 'leads to pages, files and places that are there',
    of: 'every',
    broken(site, address, document) {
      return [...document.querySelectorAll('a[href], link[href], img[src], audio[src], video[src]')].flatMap(
        (element) => {
          const href = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
          if (/^([a-z]+:|\/\/)/i.test(href)) return [];
          const { pathname, hash } = new URL(href, `http://site${address}`);
          const target = decodeURI(pathname);
          if (!isThere(site, target)) return [href];
          // A moment of a recording (Media Fragments 1.0).
          if (hash === '' || answered.has(target) || /^#t=\d.*\.(?:mp3|m4a|mp4)$/.test(`${hash} ${target}`)) return [];
          // As it is written, or what it stands for (HTML, 7.4.6.3).
          const ids = idsOn(site, target);
          const raw = href.slice(href.indexOf('#') + 1);
          return wrong(!ids.has(raw) && !ids.has(decodeURIComponent(raw)), href);
        },
      );
    },
  },
  {
    says: 'has no id twice',
    of: 'every',
    broken(_site, _address, document) {
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
      return ids.filter((id, i) => ids.indexOf(id) !== i);
    },
  },
  {
    says: 'can be shared',
    async broken({ origin, bytes, has, isHidden }, address, document) {
      const full = ['og:title', 'og:description', 'og:type', 'og:site_name', 'og:locale', 'og:image', 'og:image:alt'];
      const image = tagsOf(document, 'og:image')[0] ?? '';
      const file = image.startsWith(`${origin}/`) ? decodeURI(new URL(image).pathname) : '';
      if (!has(file)) return [`no picture: ${image}`];
      const { width, height, format } = await sharp(bytes(file)).metadata();
      return [
        ...full.flatMap((property) => {
          const told = tagsOf(document, property);
          return wrong(told.length !== 1 || !/\S/.test(told[0] ?? ''), property);
        }),
        ...wrong(tagsOf(document, 'og:url').join(' ') !== (isHidden(address) ? '' : origin + address), 'og:url'),
        ...wrong(tagsOf(document, 'twitter:card').join(' ') !== 'summary_large_image', 'twitter:card'),
        ...wrong(`${width} ${height} ${format}` !== '1200 630 png', `a picture of ${width} to ${height}, as ${format}`),
        ...wrong(tagsOf(document, 'og:image:width').join(' ') !== '1200', 'og:image:width'),
        ...wrong(tagsOf(document, 'og:image:height').join(' ') !== '630', 'og:image:height'),
        ...wrong(bytes(file).length >= 100_000, `a picture of ${bytes(file).length} bytes`),
      ];
    },
  },
  {
    says: 'describes itself and the way to it in linked data',
    of: 'shown',
    broken({ origin, addresses }, address, document) {
      const graph = graphOf(document);
      const list = graph.find((thing) => thing['@type'] === 'BreadcrumbList')?.['itemListElement'] as
        Thing[] | undefined;
      if (address === '/') return wrong(list !== undefined, 'a way from home to itself');
      return [
        ...wrong(
          graph[0]?.['@id'] !== `${origin}${address}#page` || graph[0]['url'] !== origin + address,
          'not itself',
        ),
        ...wrong(!list?.every(({ position }, i) => position === i + 1), 'no way in order'),
        ...(list ?? []).flatMap(({ item }) =>
          wrong(!addresses.includes(String(item).replace(origin, '')), String(item)),
        ),
      ];
    },
  },
  {
    says: 'names only what is described in full on the page of its identity',
    of: 'shown',
    broken: (site, _address, document) =>
      within(graphOf(document)).flatMap(({ '@id': id }) =>
        wrong(id !== undefined && !describedOn(site, new URL(id).pathname).has(id), `${id}`),
      ),
  },
  {
    says: 'has absolute addresses in its linked data, which lead to files if they are of this site',
    of: 'shown',
    broken(site, _address, document) {
      const named = /^(url|item|contentUrl|thumbnailUrl|embedUrl|transcript|webFeed)$/;
      return within(graphOf(document)).flatMap((thing) =>
        Object.entries(thing).flatMap(([property, value]) => {
          if (!named.test(property)) return [];
          const address = URL.parse(String(value));
          const isBroken = !address || (address.origin === site.origin && !isThere(site, decodeURI(address.pathname)));
          return wrong(isBroken, `${property}: ${String(value)}`);
        }),
      );
    },
  },
];

/** Whether a rule is for a page. */
export function isFor({ of }: PageRule, { isHidden }: BuiltSite, address: string): boolean {
  if (of === 'every') return true;
  return !isEmbed(address) && (of === undefined || !isHidden(address));
}

/** What is wrong with the pages of a site by each rule, named as it says; each with its address. */
export async function brokenPageRules(site: BuiltSite): Promise<Map<string, string[]>> {
  const all = new Map(pageRules.map(({ says }) => [says, [] as string[]]));
  for (const address of site.addresses.filter((each) => !site.isRedirect(each))) {
    const document = site.page(address);
    for (const rule of pageRules)
      if (isFor(rule, site, address))
        for (const words of await rule.broken(site, address, document)) all.get(rule.says)?.push(`${address} ${words}`);
  }
  return all;
}
