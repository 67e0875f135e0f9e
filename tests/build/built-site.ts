import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseHTML } from 'linkedom';
import type { Site } from '#site/contract.ts';
import { fixtureOutput } from '../fixture-site.ts';

const root = join(fixtureOutput, 'client');

/** Where the built fixture leads on from, and to. */
export const { redirects } = JSON.parse(readFileSync(join(fixtureOutput, 'gated/site.json'), 'utf8')) as Site;

/** Files that stand at the addresses that they had before, for hosts that do not redirect; compressed too. */
const isSecond = (file: string) =>
  redirects.some(({ from, to }) => !to.endsWith('/') && from === file.replace(/\.(?:br|gz)$/, ''));

/**
 * Every file of the built fixture, as paths from the site's root with a leading slash; those that stand a second time at an
 * old address are left out.
 */
export const files: readonly string[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `/${relative(root, join(entry.parentPath, entry.name))}`)
  .filter((file) => !isSecond(file))
  .toSorted();

/** The text of a built file. */
export const text = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The bytes of a built file. */
export const bytes = (file: string): Buffer => readFileSync(join(root, file));

/** The address of each built HTML page. */
export const addresses: readonly string[] = files
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.replace(/index\.html$/, ''));

/** A built page, parsed. `address` ends with a slash, or names a file. */
export function page(address: string): Document {
  const html = text(address.endsWith('/') ? `${address}index.html` : address);
  return parseHTML(html).document as unknown as Document;
}

/** A page that only leads to another. */
export const isRedirect = (address: string): boolean =>
  page(address).querySelector('meta[http-equiv="refresh"]') !== null;

/** A page that search engines are not to know: the one for lost links, and the answers to forms. */
export const isHidden = (address: string): boolean =>
  page(address).querySelector('meta[name=robots]')?.getAttribute('content') === 'noindex';

/** A page for frames on other sites: an episode's player, without what stands round every other page. */
export const isEmbed = (address: string): boolean => /^\/episodes\/[^/]+\/embed\/$/.test(address);

/** The pages that readers walk through: no redirects and no frames. */
export const pages: readonly string[] = addresses.filter((address) => !isRedirect(address) && !isEmbed(address));
