import { getRssString, type RSSFeedItem } from '@astrojs/rss';
import { channelElements } from './channel.ts';
import { type FeedDocument, publishedAt, type Publication } from './document.ts';
import { type Element, element, xml } from './element.ts';
import { commentElements } from './comment-elements.ts';
import { enclosures } from './enclosure.ts';
import type { Piece } from './list.ts';
import { namespaces, wellFormed } from './xml.ts';

/** A document of a feed for readers (RSS 2.0): episodes and posts, newest first. */
export async function siteFeed(document: FeedDocument, publication: Publication): Promise<string> {
  const { title, description, page } = document.feed;
  const { atom, dc, podcast, slash, wfw } = namespaces;
  const feed = await getRssString({
    title,
    description,
    site: new URL(page, publication.site),
    xmlns: { atom, dc, podcast, slash, wfw },
    customData: custom([
      ...channelElements(document, publication),
      // Podcasting 2.0, medium: what is read, not heard.
      element('podcast:medium', {}, 'blog'),
    ]),
    items: await Promise.all(document.pieces.map((piece, i) => item(piece, i < document.whole, publication))),
  });
  return wellFormed(feed);
}

async function item(piece: Piece, isWhole: boolean, { site, notes }: Publication): Promise<RSSFeedItem> {
  const { title, url, updatedAt, summary, topics, keywords, people, source } = piece;
  const [enclosure] = enclosures(piece, site);
  return {
    title,
    link: new URL(url, site).href,
    pubDate: publishedAt(piece),
    description: summary,
    categories: [...topics.map(({ title }) => title), ...keywords],
    customData: custom([
      element('guid', { isPermaLink: 'false' }, piece.guid),
      ...people.map(({ name }) => element('dc:creator', {}, name)),
      updatedAt && element('atom:updated', {}, updatedAt.iso),
      ...commentElements(piece, site),
    ]),
    ...(isWhole && { content: await notes(piece) }),
    ...(source !== undefined && { source: { url: source, title: new URL(source).host } }),
    ...(enclosure && { enclosure }),
  };
}

/**
 * Elements that @astrojs/rss has no option for. It parses them, so that a name of "007" would become 7: a character
 * that is no digit keeps it text; one that XML forbids is gone from the feed in the end.
 */
export const custom = (elements: readonly (Element | undefined)[]): string =>
  elements.map((each) => (each ? xml(each, '\u0000') : '')).join('');
