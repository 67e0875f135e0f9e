import type { Content } from './content.ts';
import { seasonFeeds, seasonTitle } from './feed-links.ts';
import { groups } from './groups.ts';
import type { EpisodeCard, EpisodeRecord, SeasonRecord } from './records.ts';
import { url } from '#site/url.ts';

/** The seasons that the episodes name, the newest first; `heard` are those with recordings. */
export function seasonRecords(
  episodes: readonly EpisodeCard[],
  heard: readonly EpisodeRecord[],
  show: Content['show'],
): SeasonRecord[] {
  const heardSeasons = new Set(heard.map(({ season }) => season));
  return [...groups(episodes, ({ season }) => (season === undefined ? [] : [season]))]
    .toSorted(([a], [b]) => b - a)
    .map(([number, entries]) => ({
      ...{ number, entries },
      slug: `season-${number}`,
      url: url.season(number),
      title: seasonTitle(show, number),
      feeds: seasonFeeds(show, number, heardSeasons.has(number)),
    }));
}
