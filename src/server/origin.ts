import type { IncomingHttpHeaders } from 'node:http';
import { type Hosts, isKnownHost } from './hosts.ts';

/**
 * Whether a form was sent from a page of this site. The scheme is not compared: behind a proxy that ends TLS the
 * server does not know it.
 *
 * 1. `Sec-Fetch-Site`, which no page can forge, decides where it tells: `same-origin`, and `none` for what the reader
 *    did without a page, such as a reload. Browsers leave it out where the site is plain http.
 * 2. Else the `Origin` has to be one of this site's hosts.
 * 3. `Origin: null` is what a page with `Referrer-Policy: no-referrer` sends, as those with a token are; very old
 *    browsers send none. Then a `Referer` has to be of this site, and without one the form passes: there are no cookies
 *    that it could abuse, and what it could change needs a token that only its reader has.
 *
 * At the desk, where there are cookies that it could abuse, a form has to say where it comes from (`hasCookies`): its pages
 * let browsers tell their own site.
 */
export function isOwnForm(headers: IncomingHttpHeaders, hosts: Hosts, hasCookies = false): boolean {
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin' || (site === 'none' && !hasCookies)) return true;
  const { origin, referer } = headers;
  if (origin !== undefined && origin !== 'null') return isKnownHost(hostOf(origin), hosts);
  if (site !== undefined || hasCookies) return false;
  return referer === undefined || isKnownHost(hostOf(referer), hosts);
}

const hostOf = (address: string) => (shortEnough(address) && URL.canParse(address) ? new URL(address).host : undefined);

/**
 * An address that a browser may have sent as `Referer`: longer ones it cuts down to their origin (Referrer Policy,
 * section 8.4). Reading a host's name takes time that grows faster than the name.
 */
export const shortEnough = (address: string | undefined): string | undefined =>
  address !== undefined && address.length <= 4096 ? address : undefined;
