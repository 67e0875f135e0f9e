/** Why the site cannot be at an address that its owner wrote, and the variable with one that it can be at. */
export interface SiteAddressProblem {
  what: string;
  fix: string;
}

/**
 * What is wrong with a `SITE_URL`: the site is at the root of a host of its own, since every link, feed, form and mail
 * names its addresses from there (`/episodes/…`). Undefined where nothing is.
 */
export function siteAddressProblem(written: string): SiteAddressProblem | undefined {
  const url = URL.parse(written.trim());
  if (!url || !/^https?:$/.test(url.protocol))
    return { what: 'is not an address that begins with https:// or http://', fix: 'SITE_URL=https://your.site' };
  const { pathname, search, hash, username, password } = url;
  if (username || password)
    return { what: 'has a user name or password, which every page would show', fix: `SITE_URL=${url.origin}` };
  if (pathname !== '/')
    return {
      what: `has the path ${pathname}, and the site cannot be under a path: every link, feed and form of it begins at the root of a host. Give it a host name of its own, such as a subdomain`,
      fix: `SITE_URL=${ownHost(url)}`,
    };
  if (search || hash) return { what: `has ${search || hash} at its end`, fix: `SITE_URL=${url.origin}` };
  return undefined;
}

/** The last name of the path as a subdomain: `https://podcast.you.example` for `https://you.example/podcast`. */
function ownHost({ protocol, host, hostname, pathname, origin }: URL): string {
  const name = pathname.split('/').findLast(Boolean)?.toLowerCase() ?? '';
  const hasDomain = /\.[a-z][a-z\d-]*$/.test(hostname);
  if (!hasDomain || !/^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/.test(name)) return origin;
  return `${protocol}//${name}.${host.replace(/^www\./, '')}`;
}
