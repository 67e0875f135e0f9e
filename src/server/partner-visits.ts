import type { IncomingMessage } from 'node:http';
import { partnerOf, partnerParameter, withPartner } from '#site/partner.ts';
import { encodedPath } from '#site/url.ts';
import { type Hosts, isKnownHost } from './hosts.ts';
import { shortEnough } from './origin.ts';
import type { Target } from './target.ts';

/** What may be the Referer of a partner's reader: for most requests, looking for these is all that is done. */
export const mayBeOfPartner = (referer: string | undefined): boolean =>
  referer !== undefined && (referer.includes(`${partnerParameter}=`) || referer.includes('/with/'));

/**
 * The address under which a page keeps the partner of its reader, who came from a page of this site that has one: so the
 * partner goes along from link to link, and nothing of it is kept anywhere. Undefined where the page is asked for in
 * another way, has a partner already, or the partner is none of `partners`.
 */
export function addressOfVisit(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  { path, search }: Pick<Target, 'path' | 'search'>,
  partners: ReadonlySet<string>,
  hosts: Hosts,
): string | undefined {
  const { referer } = headers;
  if (method !== 'GET' || !path.endsWith('/') || !mayBeOfPartner(referer)) return undefined;
  // A player that browses on fetches pages by script.
  if (!['document', 'empty'].includes(String(headers['sec-fetch-dest'] ?? 'document'))) return undefined;
  const from = URL.parse(shortEnough(referer) ?? '');
  if (!from || !isKnownHost(from.host, hosts)) return undefined;
  const partner = partnerOf(from);
  if (partner === undefined || !partners.has(partner)) return undefined;
  const asked = { pathname: path, searchParams: new URLSearchParams(search) };
  return partnerOf(asked) === undefined ? withPartner(encodedPath(path) + search, partner) : undefined;
}
