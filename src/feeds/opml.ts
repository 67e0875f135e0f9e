import { generateOpml, type Opml } from 'feedsmith';
import type { Catalog, FeedLink } from '#catalog/records.ts';
import { wellFormed } from './xml.ts';

/** All feeds of the site as a list that a reader can import whole (OPML 2.0, subscription lists). */
export function opml({ show, feeds }: Pick<Catalog, 'show' | 'feeds'>, site: URL): string {
  return wellFormed(
    generateOpml({
      head: {
        title: onOneLine(show.title),
        ownerName: onOneLine(show.owner.name),
        docs: 'https://opml.org/spec2.opml',
      },
      body: { outlines: feeds.map((feed) => outline(feed, show.language, site)) },
    }),
  );
}

function outline({ kind, title, url, page }: FeedLink, language: string, site: URL): Opml.Outline<Date> {
  return {
    // Every subscription is of this type, whatever its format is.
    type: 'rss',
    text: onOneLine(kinds[kind] ? `${title} (${kinds[kind]})` : title),
    title: onOneLine(title),
    xmlUrl: new URL(url, site).href,
    htmlUrl: new URL(page, site).href,
    language,
    ...(kind !== 'json' && { version: 'RSS2' }),
  };
}

/** Readers show a line break in a name as one. */
const onOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

const kinds = { rss: '', podcast: 'podcast', json: 'JSON' };
