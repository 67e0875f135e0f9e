import { getRssString } from '@astrojs/rss';
import type { Catalog, EpisodeRecord, PostRecord } from '#catalog/records.ts';
import { url } from '#catalog/url.ts';
import { plainHtml } from './plain-html.ts';
import { escaped, wellFormed } from './xml.ts';

/**
 * The feed of everything: episodes and posts, newest first, with full content (RSS 2.0).
 * An item's GUID is its collection and slug, so that no new title, address or host makes it new to a reader.
 */
export async function siteFeed(
  { show, episodes, posts }: Catalog,
  site: URL,
  bodyHtml: (piece: EpisodeRecord | PostRecord) => Promise<string>,
): Promise<string> {
  const pieces = [...episodes, ...posts].toSorted((a, b) => b.publishedAt.iso.localeCompare(a.publishedAt.iso));
  const own = new URL(url.feed, site).href;
  const feed = await getRssString({
    title: show.subtitle ? `${show.title}: ${show.subtitle}` : show.title,
    description: show.description,
    site,
    xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
    customData: `<language>${show.language}</language><atom:link href="${own}" rel="self" type="application/rss+xml"/>`,
    items: await Promise.all(
      pieces.map(async (piece) => ({
        title: piece.title,
        link: new URL(piece.url, site).href,
        pubDate: new Date(piece.publishedAt.iso),
        description: piece.summary,
        categories: piece.topics.map(({ title }) => title),
        content: plainHtml(await bodyHtml(piece), new URL(piece.url, site)),
        customData: [
          `<guid isPermaLink="false">d-files:${piece.body.collection}/${piece.slug}</guid>`,
          ...piece.people.map(({ name }) => `<dc:creator>${asText}${escaped(name)}</dc:creator>`),
        ].join(''),
      })),
    ),
  });
  return wellFormed(feed);
}

/**
 * @astrojs/rss parses custom data, so that a name of "007" would become 7. A character that is no digit keeps it text;
 * one that XML forbids is gone from the feed in the end.
 */
const asText = '\u0000';
