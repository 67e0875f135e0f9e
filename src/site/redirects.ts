import { addressKey, encodedPath } from './url.ts';

/** An old address, and the page or file that took its place: both are coded paths, the old one perhaps with a query. */
export interface Redirect {
  from: string;
  to: string;
}

/** Where an old address leads. */
export interface Found {
  to: string;
  /** Whether the query of a request goes along: not where it is part of the old address. */
  keepsQuery: boolean;
}

/** The redirect of a path, decoded as it is, and a query. */
export type FindRedirect = (path: string, query: URLSearchParams) => Found | undefined;

/**
 * Finds redirects however an old link is written ({@link addressKey}). One with a query is found by a request that has all
 * of it, in any order and beside anything else, before one with less of it.
 */
export function redirectFinder(redirects: readonly Redirect[]): FindRedirect {
  const found = new Map<string, { to: string; wanted: readonly [string, string][] }[]>();
  for (const { from, to } of redirects) {
    const [path = '', query = ''] = from.split('?', 2);
    const key = addressKey(path);
    found.set(key, [...(found.get(key) ?? []), { to, wanted: [...new URLSearchParams(query)] }]);
  }
  for (const each of found.values()) each.sort((a, b) => b.wanted.length - a.wanted.length);
  return (path, query) => {
    const match = found
      .get(addressKey(encodedPath(path)))
      ?.find(({ wanted }) => wanted.every(([name, value]) => query.getAll(name).includes(value)));
    return match && { to: match.to, keepsQuery: match.wanted.length === 0 };
  };
}
