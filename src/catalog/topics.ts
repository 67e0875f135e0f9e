import type { Listing } from './cards.ts';
import type { Content } from './content.ts';
import { topicFeeds } from './feed-links.ts';
import { groups } from './groups.ts';
import type { EpisodeRecord, TopicLink, TopicRecord } from './records.ts';

/** The topics that have entries, each with those of `listings` that are posted in it; `heard` are those with recordings. */
export function topicRecords(
  topics: Iterable<TopicLink>,
  listings: readonly Listing[],
  heard: readonly EpisodeRecord[],
  content: Content,
): TopicRecord[] {
  const posted = groups(listings, ({ topics }) => topics);
  const heardTopics = new Set(heard.flatMap(({ topics }) => topics));
  return [...topics].flatMap((link) => {
    const entries = posted.get(link)?.map(({ card }) => card);
    if (!entries) return [];
    const topic = { ...link, description: content.topics[link.slug]?.description, entries };
    return { ...topic, count: entries.length, feeds: topicFeeds(content.show, topic, heardTopics.has(link)) };
  });
}
