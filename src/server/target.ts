/** What a request asks for. */
export interface Target {
  /** Decoded, and beginning with one slash. */
  path: string;
  /** Whether a slash of the path was written as `%2F`, which is not one that parts names. */
  hasCodedSlash: boolean;
  readonly query: URLSearchParams;
  /** As it is written, with its question mark; empty without one. */
  search: string;
  /** The host, where the target names it (RFC 9112, section 3.2.2): it counts before the `Host` header. */
  host?: string;
}

/** Reads the target of a request; undefined where it is malformed. */
export function readTarget(written: string | undefined): Target | undefined {
  const [, host, rest = ''] = /^(?:https?:\/\/([^/?#]+))?([^#]*)/i.exec(written ?? '') ?? [];
  const target = host !== undefined && !rest.startsWith('/') ? `/${rest}` : rest;
  if (!target.startsWith('/')) return undefined;
  const [before = ''] = target.split('?');
  const search = target.slice(before.length);
  const path = before.includes('%') ? decoded(before) : before;
  if (path === undefined || path.includes('\0')) return undefined;
  return {
    path,
    search,
    hasCodedSlash: /%2f/i.test(before),
    // Few who ask for a page want it.
    get query() {
      return new URLSearchParams(search);
    },
    ...(host !== undefined && { host }),
  };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
