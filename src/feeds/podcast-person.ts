import type { PersonLink } from '#catalog/records.ts';
import { element, type Element } from './element.ts';

/**
 * Podcasting 2.0, person: who is heard, with their picture and page. The list of an item stands in place of the
 * channel's, so that an item names its hosts again.
 */
export const persons = (hosts: readonly PersonLink[], guests: readonly PersonLink[], site: URL): Element[] => [
  ...hosts.map((host) => person(host, 'host', site)),
  ...guests.map((guest) => person(guest, 'guest', site)),
];

function person({ name, url, photo }: PersonLink, role: 'host' | 'guest', site: URL): Element {
  const img = photo && new URL(photo.src.src, site).href;
  return element('podcast:person', { role, group: 'cast', img, href: new URL(url, site).href }, name);
}
