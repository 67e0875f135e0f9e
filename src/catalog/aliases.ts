import { slugPattern } from '#model/field.ts';
import { addressKey, encodedPath, queryKey } from '#site/url.ts';

/** An alias as its author wrote it, read: the names of its path, and its query without the question mark. */
export interface Alias {
  names: string;
  query: string;
}

/** Why an alias is none, and the same in a way that is one, where there is one. */
export interface Unreadable {
  why: string;
  right?: string | undefined;
}

/** Bytes, on every file system in use; an HTML file has a compressed one beside it, whose name is longer. */
const longestName = 255;
const longestFileName = longestName - '.br'.length;

/** Reads an alias: a path as old links have it, coded or as people read it, perhaps with a query. */
export function readAlias(alias: string): Alias | Unreadable {
  const [path = '', query = ''] = split(alias);
  if (isWholeAddress(path)) return { why: 'is a whole address: an alias is its path alone', right: pathOf(alias) };
  if (/\\|%5c/i.test(path))
    return { why: 'has a "\\" in it, which no path has', right: alias.replaceAll(/\\|%5c/gi, '/') };
  if (/%2f/i.test(path)) return { why: 'has a slash that is coded', right: alias.replaceAll(/%2f/gi, '/') };
  if (/%(?![\da-f]{2})/i.test(path))
    return { why: 'has a "%" that codes nothing', right: alias.replaceAll(/%(?![\da-f]{2})/gi, '%25') };
  let names: string;
  try {
    names = decodeURIComponent(path);
  } catch {
    return { why: 'is coded in another way than UTF-8' };
  }
  if (/\p{Cc}/u.test(names)) return { why: 'has a control character in it' };
  const parts = names.split('/').slice(1);
  if (parts.slice(0, -1).includes(''))
    return { why: 'has nothing between two slashes', right: alias.replace(path, path.replaceAll(/\/{2,}/g, '/')) };
  if (parts.some((part) => part === '.' || part === '..'))
    return {
      why: 'has a "." or ".." in the place of a name',
      right: new URL(path, 'http://site.example').pathname + (query && `?${query}`),
    };
  const longest = isFile(names) ? longestFileName : longestName;
  if (parts.some((part) => new TextEncoder().encode(part).length > longest))
    return { why: `has a part of more than ${longest} bytes, which no file can be called` };
  return { names, query: queryKey(query) === '' ? '' : query };
}

/**
 * The address that an alias is kept at. Its page lies in a folder of that name, which every host answers with a slash at
 * its end; an HTML file is one.
 */
export function aliasAddress({ names, query }: Alias): string {
  const path = names.replace(/\/index\.html\/?$/i, '/');
  const whole = isFile(path) || path.endsWith('/') ? path : `${path}/`;
  return encodedPath(whole) + (query && `?${query}`);
}

/** Whether the page that leads on from an address is a file of that name. */
export const isFile = (path: string): boolean => /\.html?$/i.test(path);

/** A whole address, or one that lost its first signs on the way: `https://old.example/a`, `/https:/old.example/a`. */
const isWholeAddress = (path: string) => /^\/*[a-z][a-z\d+.-]*:\/|^\/\/[^/]*\./i.test(path);

/** The path and the query of a whole address; nothing where it names a host alone. */
export function pathOf(address: string): string | undefined {
  const rest = /^\/*(?:[a-z][a-z\d+.-]*:)?\/+[^/?#]*([^#]*)/i.exec(address)?.[1] ?? '';
  const path = rest.startsWith('?') ? `/${rest}` : rest;
  return path.length > 1 ? path : undefined;
}

const split = (alias: string) => {
  const at = alias.indexOf('?');
  return at < 0 ? [alias] : [alias.slice(0, at), alias.slice(at + 1)];
};

/** The slugs that an entry of `base` (`/episodes/`) once had, by its aliases; in their order. */
export function formerSlugs(aliases: readonly string[], base: string): string[] {
  return aliases.flatMap((alias) => {
    const read = readAlias(alias);
    if ('why' in read || read.query) return [];
    const key = addressKey(aliasAddress(read));
    const slug = key.startsWith(base) ? key.slice(base.length) : '';
    return slugPattern.test(slug) ? [slug] : [];
  });
}
