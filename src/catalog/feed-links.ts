import { fullTitle } from '#site/title.ts';
import { groups } from './groups.ts';
import type { Catalog, EpisodeRecord, FeedLink } from './records.ts';
import { url } from '#site/url.ts';

type Source = Pick<Catalog, 'episodes' | 'posts' | 'topics' | 'people'> & {
  show: Pick<Catalog['show'], 'title' | 'subtitle' | 'description' | 'podcast'>;
};

/**
 * Every feed that the site has, in the order in which readers learn of them. A podcast feed is there only where it
 * has an episode with a recording file, and the feed of a topic or person only where they have an episode or post.
 */
export function feedLinks(source: Source): FeedLink[] {
  return [...feedsOfAll(source), ...feedsOfSeasons(source), ...feedsOfTopics(source), ...feedsOfPeople(source)];
}

/** An episode that podcast apps can play: one of its recordings is a file. */
export const isHeard = ({ audio, video }: Pick<EpisodeRecord, 'audio' | 'video'>): boolean =>
  audio?.kind === 'file' || video?.kind === 'file';

function feedsOfAll({ show, episodes }: Source): FeedLink[] {
  const { description } = show;
  const all = { title: fullTitle(show), description, page: url.home, below: true };
  const podcast: FeedLink = { kind: 'podcast', of: 'episodes', ...all, url: url.podcast };
  return [
    { kind: 'rss', of: 'everything', ...all, url: url.feed },
    ...(episodes.some(isHeard) ? [podcast] : []),
    { kind: 'json', of: 'everything', ...all, url: url.jsonFeed },
    {
      kind: 'rss',
      of: 'episodes',
      title: `${show.title}: Episodes`,
      description,
      url: url.episodesFeed,
      page: url.episodes,
      below: true,
    },
    {
      kind: 'rss',
      of: 'posts',
      title: `${show.title}: Posts`,
      description,
      url: url.postsFeed,
      page: url.posts,
      below: true,
    },
  ];
}

function feedsOfSeasons({ show, episodes }: Source): FeedLink[] {
  const seasons = groups(episodes.filter(isHeard), ({ season }) => (season ? [season] : []));
  return [...seasons.keys()]
    .toSorted((a, b) => a - b)
    .map((season) => ({
      kind: 'podcast',
      of: { season },
      title: `${show.title}: ${seasonName(show, season) ?? `Season ${season}`}`,
      description: show.description,
      url: url.seasonPodcast(season),
      page: url.episodes,
      below: false,
    }));
}

/** What the author calls a season. */
export const seasonName = ({ podcast }: Source['show'], season: number): string | undefined =>
  podcast?.seasons?.find(({ number }) => number === season)?.name;

function feedsOfTopics({ show, episodes, topics }: Source): FeedLink[] {
  const heard = new Set(episodes.filter(isHeard).flatMap((episode) => episode.topics.map(({ slug }) => slug)));
  return topics
    .filter(({ entries }) => entries.some(({ kind }) => kind !== 'whitepaper'))
    .flatMap(({ slug, title, description, url: page }): FeedLink[] => {
      const feed = { of: { topic: slug }, title: `${show.title}: ${title}`, description, page, below: false };
      const podcast: FeedLink = { kind: 'podcast', ...feed, url: url.topicPodcast(slug) };
      return [{ kind: 'rss', ...feed, url: url.topicFeed(slug) }, ...(heard.has(slug) ? [podcast] : [])];
    });
}

function feedsOfPeople({ show, people }: Source): FeedLink[] {
  return people
    .filter(({ hosted, appeared, wrote }) =>
      [...hosted, ...appeared, ...wrote].some(({ kind }) => kind !== 'whitepaper'),
    )
    .map(({ slug, name, summary, url: page }) => ({
      kind: 'rss',
      of: { person: slug },
      title: `${show.title}: ${name}`,
      description: summary,
      url: url.personFeed(slug),
      page,
      below: false,
    }));
}
