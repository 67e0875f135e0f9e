import { type FeedDocument, newestChange, otherDocuments, type Publication } from './document.ts';
import { element, type Element } from './element.ts';

/**
 * The elements that the channel of every RSS document has beside title, description and link: its language, date,
 * picture, its own address, that of the documents before and after it (RFC 5005, appendix B), and its WebSub hub.
 */
export function channelElements(document: FeedDocument, { show, site }: Publication): (Element | undefined)[] {
  const { feed } = document;
  const changed = newestChange(document);
  const type = 'application/rss+xml';
  const link = (rel: string, address: string, title?: string) =>
    element('atom:link', { href: new URL(address, site).href, rel, type, title });
  const hub = show.podcast?.hub;
  return [
    element('language', {}, show.language),
    show.copyright === undefined ? undefined : element('copyright', {}, show.copyright),
    changed && element('lastBuildDate', {}, rfc2822(changed)),
    // RSS 2.0, image: its title and link are those of the channel.
    show.cover &&
      element(
        'image',
        {},
        element('url', {}, new URL(show.cover.src.src, site).href),
        element('title', {}, feed.title),
        element('link', {}, new URL(feed.page, site).href),
      ),
    link('self', document.url),
    ...otherDocuments(document).map(({ rel, url, title }) => link(rel, url, title)),
    hub === undefined ? undefined : element('atom:link', { href: hub, rel: 'hub' }),
  ];
}

/** A date as RSS 2.0 wants it: RFC 822 with a year of four digits (RFC 2822), on a 24-hour clock. */
export const rfc2822 = (date: Date): string => date.toUTCString();
