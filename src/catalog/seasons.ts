import type { Content } from './content.ts';
import { seasonFeeds, seasonTitle } from './feed-links.ts';
import { groups } from './groups.ts';
import type { EpisodeCard, EpisodeRecord, Picture, SeasonRecord } from './records.ts';
import { url } from '#site/url.ts';

/** The picture that the author gave a season. */
export const seasonCover = (
  { podcast }: Pick<Content['show'], 'podcast'>,
  season: number | undefined,
): Picture | undefined => podcast?.seasons?.find(({ number }) => number === season)?.cover as Picture | undefined;

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
      cover: seasonCover(show, number),
      feeds: seasonFeeds(show, number, heardSeasons.has(number)),
    }));
}
