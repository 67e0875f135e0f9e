import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseHTML } from 'linkedom';
import type { Site } from '#site/contract.ts';

/** A build of any content, as what it made. Files are named by their paths from the site's root with a leading slash. */
export interface BuiltSite {
  /** What it calls itself, without a slash at the end. */
  origin: string;
  output: string;
  /** What was built for the server. */
  gated: Site;
  /** Every file but those that stand a second time at an old address. */
  files: readonly string[];
  /** Whether a path is one of its files or pages. */
  has(path: string): boolean;
  text(file: string): string;
  bytes(file: string): Buffer;
  /** The address of each HTML page: it ends with a slash, or names a file. */
  addresses: readonly string[];
  /** Those that do not only lead to another: pages, and frames for other sites. */
  documents: readonly string[];
  /** The pages that readers walk through: no redirects and no frames. */
  pages: readonly string[];
  html(address: string): string;
  page(address: string): Document;
  /** A page that only leads to another. */
  isRedirect(address: string): boolean;
  /** A page that search engines are not to know: the one for lost links, and the answers to forms. */
  isHidden(address: string): boolean;
  ids(address: string): ReadonlySet<string>;
  /** Its linked data; nothing where it has none, or more than one. */
  graph(address: string): Thing[];
}

/** A thing of schema.org, as JSON-LD writes it. */
export type Thing = { '@type'?: string; '@id'?: string } & Record<string, unknown>;

/** A page for frames on other sites: an episode's player, without what stands round every other page. */
export const isEmbed = (address: string): boolean => /^\/episodes\/[^/]+\/embed\/$/.test(address);

/** The file that is sent for an address. */
export const fileAt = (address: string) => (address.endsWith('/') ? `${address}index.html` : address);

/** What was built into `output` by a site that calls itself `origin`. */
export function siteIn(output: string, origin: string): BuiltSite {
  const root = join(output, 'client');
  const gated = JSON.parse(readFileSync(join(output, 'gated/site.json'), 'utf8')) as Site;
  // Files stand at the addresses that they had before, for hosts that do not redirect; compressed too.
  const second = new Set(gated.redirects.flatMap(({ from, to }) => (to.endsWith('/') ? [] : [fileAt(from)])));
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(root, join(entry.parentPath, entry.name))}`)
    .filter((file) => !second.has(file.replace(/\.(?:br|gz)$/, '')))
    .toSorted();
  const known = new Set(files);
  const has = (path: string) => known.has(fileAt(path));
  const addresses = files.filter((file) => file.endsWith('.html')).map((file) => file.replace(/index\.html$/, ''));
  const bytes = (file: string) => readFileSync(join(root, file));
  const text = (file: string) => bytes(file).toString();
  const html = (address: string) => text(fileAt(address));
  const page = (address: string) => parseHTML(html(address)).document as unknown as Document;
  const perPage = <Found>(find: (document: Document) => Found) => {
    const found = new Map<string, Found>();
    return (address: string): Found => {
      if (!found.has(address)) found.set(address, find(page(address)));
      return found.get(address) as Found;
    };
  };
  const isRedirect = perPage((document) => document.querySelector('meta[http-equiv="refresh"]') !== null);
  const isHidden = perPage(
    (document) => document.querySelector('meta[name=robots]')?.getAttribute('content') === 'noindex',
  );
  const ids = perPage((document) => new Set([...document.querySelectorAll('[id]')].map(({ id }) => id)));
  const graph = perPage(graphOf);
  const documents = addresses.filter((address) => !isRedirect(address));
  const pages = documents.filter((address) => !isEmbed(address));
  return {
    ...{ origin, output, gated, files, has, text, bytes, addresses, documents, pages, html, page },
    ...{ isRedirect, isHidden, ids, graph },
  };
}

function graphOf(document: Document): Thing[] {
  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')];
  const [data] = scripts.map((script) => JSON.parse(script.textContent ?? '') as Record<string, unknown>);
  return scripts.length === 1 && data?.['@context'] === 'https://schema.org' ? (data['@graph'] as Thing[]) : [];
}
