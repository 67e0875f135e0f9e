import type { FeedDocument, Publication } from './document.ts';
import { element, xml } from './element.ts';
import { podcastChannel } from './podcast-channel.ts';
import { podcastItem } from './podcast-item.ts';
import { namespaces, wellFormed } from './xml.ts';

/**
 * A document of a podcast's feed: RSS 2.0 with Apple's tags and those of Podcasting 2.0. Written by our own elements:
 * feedsmith 3.0 writes itunes:explicit as yes or no, has no contentLink for items, and changes text with entities.
 */
export async function podcastFeed(document: FeedDocument, publication: Publication): Promise<string> {
  const episodes = document.pieces.filter((piece) => piece.kind === 'episode');
  const items = await Promise.all(episodes.map((episode, i) => podcastItem(episode, i < document.whole, publication)));
  const { atom, content, itunes, podcast } = namespaces;
  const xmlns = { 'xmlns:atom': atom, 'xmlns:content': content, 'xmlns:itunes': itunes, 'xmlns:podcast': podcast };
  const channel = element('channel', {}, podcastChannel(document, publication), items);
  return wellFormed(
    `<?xml version="1.0" encoding="UTF-8"?>${xml(element('rss', { version: '2.0', ...xmlns }, channel))}`,
  );
}
