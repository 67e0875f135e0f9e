import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parseHTML } from 'linkedom';
import { expect } from 'vitest';
import { serveFixture } from '../e2e/site.ts';
import type { BuiltSite } from './site-in.ts';

/** Every address of the site that its pages, feeds and lists name, as paths; each file must be well formed. */
export async function addressesOfSite({ output, origin }: BuiltSite): Promise<Set<string>> {
  const addresses = new Set<string>();
  const root = join(output, 'client');
  for (const file of await readdir(root, { recursive: true })) {
    const read = () => readFile(join(root, file), 'utf8');
    const base = `${origin}/${file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')}`;
    const add = (address: string) => {
      const url = URL.parse(address.trim(), base);
      if (url?.origin === origin) addresses.add(url.pathname + url.search);
    };
    if (file.startsWith('pagefind')) continue;
    if (file.endsWith('.html')) addressesOfPage(await read(), origin, add);
    else if (/\.(?:xml|svg)$/.test(file) && !file.includes('_astro/')) {
      const xml = await read();
      expect([file, XMLValidator.validate(xml)]).toEqual([file, true]);
      expect(
        /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(xml),
        `a character that is not of XML in ${file}`,
      ).toBeNull();
      addressesIn(new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml), origin, add);
    } else if (/\.(?:json|webmanifest)$/.test(file)) addressesIn(JSON.parse(await read()), origin, add);
  }
  return addresses;
}

/** The addresses among the texts of a feed or a JSON file, and in the HTML in them. */
function addressesIn(part: unknown, site: string, add: (address: string) => void): void {
  if (typeof part === 'object' && part !== null) for (const each of Object.values(part)) addressesIn(each, site, add);
  if (typeof part !== 'string') return;
  if (part.startsWith(`${site}/`) && !/\s/.test(part)) add(part);
  else if (part.includes('<')) addressesOfPage(part, site, add);
}

function addressesOfPage(html: string, site: string, add: (address: string) => void): void {
  const { document } = parseHTML(`<!doctype html>${html.replace(/^<!doctype html>/i, '')}`);
  for (const element of document.querySelectorAll('[href], [src], [srcset], [poster], meta[content]')) {
    for (const name of ['href', 'src', 'poster']) if (element.hasAttribute(name)) add(element.getAttribute(name) ?? '');
    for (const part of element.getAttribute('srcset')?.split(/,\s+/) ?? []) add(part.replace(/\s+\S+$/, ''));
    const meta = element.getAttribute('content');
    if (meta?.startsWith(`${site}/`)) add(meta);
  }
  for (const script of document.querySelectorAll('script[type="application/ld+json"]'))
    addressesIn(JSON.parse(script.textContent), site, add);
}

/** What the server does not answer with 200, with the status that it sends. */
export async function unanswered({ output }: BuiltSite, addresses: ReadonlySet<string>): Promise<string[]> {
  const served = await serveFixture({ DIST_DIR: output });
  const wrong: string[] = [];
  try {
    for (const address of addresses) {
      const { status } = await fetch(served.origin + address, { method: 'HEAD' });
      // The page for lost links is an answer to them alone.
      if (status !== 200 && !isUnaddressed(address)) wrong.push(`${status} ${address}`);
    }
  } finally {
    await served.stop();
  }
  return wrong;
}

/** Pages that the server sends where something else was asked for, and has no address for. */
const isUnaddressed = (address: string) => /^\/(404\.html|forms\/failed\/(index\.html)?)$/.test(address);
