import { generateJsonFeed, type JsonFeed } from 'feedsmith';
import type { PersonLink } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import { type FeedDocument, otherDocuments, publishedAt, type Publication } from './document.ts';
import { enclosures } from './enclosure.ts';
import type { Piece } from './list.ts';
import { pictureUrl } from './podcast-artwork.ts';

/** A document of a feed in JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export async function jsonFeed(document: FeedDocument, publication: Publication): Promise<string> {
  const { feed, pieces } = document;
  const { show, site } = publication;
  const { hub, complete } = show.podcast ?? {};
  const at = (address: string) => new URL(address, site).href;
  const next = otherDocuments(document).find(({ rel }) => rel === 'next');
  const items = await Promise.all(pieces.map((piece) => item(piece, publication)));
  const made = generateJsonFeed({
    title: feed.title,
    home_page_url: at(feed.page),
    feed_url: at(document.url),
    description: feed.description,
    favicon: at(url.favicon),
    language: show.language,
    authors: show.hosts.map((host) => author(host, site)),
    items,
    ...(show.cover && { icon: pictureUrl(show.cover, site) }),
    ...(next && { next_url: at(next.url) }),
    ...(hub !== undefined && { hubs: [{ type: 'WebSub', url: hub }] }),
    ...(complete && { expired: true }),
  });
  // The list of items is required, and feedsmith leaves an empty one out.
  return JSON.stringify({ ...(made as object), items });
}

async function item(piece: Piece, { show, site, notes }: Publication): Promise<JsonFeed.Item<string, true>> {
  const { title, summary, updatedAt, topics, keywords, people, cover } = piece;
  const attachments = enclosures(piece, site).map(({ url, type, length, duration }) => ({
    url,
    mime_type: type,
    ...(length > 0 && { size_in_bytes: length }),
    ...(duration !== undefined && { duration_in_seconds: Math.round(duration) }),
  }));
  return {
    id: piece.guid,
    url: new URL(piece.url, site).href,
    title,
    content_html: await notes(piece),
    summary,
    date_published: publishedAt(piece).toISOString(),
    tags: [...topics.map(({ title }) => title), ...keywords],
    authors: people.map((person) => author(person, site)),
    language: piece.language ?? show.language,
    ...(updatedAt && { date_modified: updatedAt.iso }),
    ...(cover && { image: pictureUrl(cover, site), banner_image: pictureUrl(cover, site) }),
    ...(attachments.length > 0 && { attachments }),
  };
}

function author({ name, url, photo }: PersonLink, site: URL): JsonFeed.Author {
  return { name, url: new URL(url, site).href, ...(photo && { avatar: pictureUrl(photo, site) }) };
}
