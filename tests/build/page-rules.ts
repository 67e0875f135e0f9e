import { HtmlValidate } from 'html-validate';
import sharp from 'sharp';
import { servedRoutes } from '#site/routes.ts';
import { type BuiltSite, isEmbed, type Thing } from './site-in.ts';

/** What holds for every page of every site, whoever wrote it. */
export interface PageRule {
  /** What a page does, as the end of a sentence. */
  says: string;
  /** Which pages keep it: those that readers walk through, if it does not say; those that search engines know; frames too. */
  of?: 'shown' | 'every';
  /** What is wrong with a page, in words; nothing if it keeps the rule. */
  broken(site: BuiltSite, address: string, document: Document): string[] | Promise<string[]>;
}

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

/** A thing and everything in it. */
function within(value: unknown): Thing[] {
  if (Array.isArray(value)) return value.flatMap(within);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Thing, ...Object.values(value).flatMap(within)];
}

/** Whether more is said of a thing than what it is called. */
const isFull = (thing: Thing) =>
  Object.keys(thing).some((property) => !['@type', '@id', 'name', 'url', 'seasonNumber'].includes(property));

/** The path of an absolute address of the site; undefined for any other. */
const pathOn = ({ origin }: BuiltSite, address: unknown) => {
  const url = URL.parse(String(address));
  return url?.origin === origin ? decodeURI(url.pathname) : undefined;
};

/** Whether the page of an identity, which search engines know, says more of it than what it is called. */
function isDescribed(site: BuiltSite, id: string): boolean {
  const path = pathOn(site, id);
  if (path === undefined || !site.pages.includes(path) || site.isHidden(path)) return false;
  return within(site.graph(path)).some((thing) => thing['@id'] === id && isFull(thing));
}

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
          if (!answered.has(target) && !site.has(target)) return [href];
          // A moment of a recording (Media Fragments 1.0).
          if (hash === '' || answered.has(target) || /^#t=\d.*\.(?:mp3|m4a|mp4)$/.test(`${hash} ${target}`)) return [];
          // As it is written, or what it stands for (HTML, 7.4.6.3).
          const ids = site.ids(target);
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
    async broken(site, address, document) {
      const { origin, bytes, has, isHidden } = site;
      const full = ['og:title', 'og:description', 'og:type', 'og:site_name', 'og:locale', 'og:image', 'og:image:alt'];
      const image = tagsOf(document, 'og:image')[0];
      const file = pathOn(site, image);
      if (file === undefined || !has(file)) return [`no picture: ${image}`];
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
    broken(site, address) {
      const [itself, ...others] = site.graph(address);
      const list = others.find((thing) => thing['@type'] === 'BreadcrumbList')?.['itemListElement'] as
        Thing[] | undefined;
      const own = site.origin + address;
      const isItself = itself?.['@id'] === `${own}#page` && itself['url'] === own;
      return [
        ...wrong(!isItself, 'not itself'),
        ...wrong((list === undefined) !== (address === '/'), 'a way from home to itself, or none'),
        ...wrong(list?.every(({ position }, i) => position === i + 1) === false, 'no way in order'),
        ...(list ?? []).flatMap(({ item }) => wrong(!site.addresses.includes(pathOn(site, item) ?? ''), String(item))),
      ];
    },
  },
  {
    says: 'names only what is described in full on the page of its identity',
    of: 'shown',
    broken: (site, address) =>
      within(site.graph(address)).flatMap(({ '@id': id }) =>
        wrong(id !== undefined && !isDescribed(site, id), `${id}`),
      ),
  },
  {
    says: 'has absolute addresses in its linked data, which lead to files if they are of this site',
    of: 'shown',
    broken(site, address) {
      const named = /^(url|item|contentUrl|thumbnailUrl|embedUrl|transcript|webFeed)$/;
      return within(site.graph(address)).flatMap((thing) =>
        Object.entries(thing).flatMap(([property, value]) => {
          const path = pathOn(site, value);
          const isBroken = !URL.canParse(String(value)) || (path !== undefined && !site.has(path));
          return wrong(named.test(property) && isBroken, `${property}: ${String(value)}`);
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
  for (const address of site.documents) {
    const document = site.page(address);
    for (const rule of pageRules)
      if (isFor(rule, site, address))
        for (const words of await rule.broken(site, address, document)) all.get(rule.says)?.push(`${address} ${words}`);
  }
  return all;
}
