import { fullTitle } from '#site/title.ts';
import type {
  AnyCard,
  Catalog,
  EpisodeRecord,
  FeedLink,
  PartnerProfile,
  PersonRecord,
  TopicRecord,
} from './records.ts';
import { url } from '#site/url.ts';

type Show = Pick<Catalog['show'], 'title' | 'subtitle' | 'description'> & SeasonNames;

interface SeasonNames {
  podcast?: { seasons?: { number: number; name?: string | undefined }[] | undefined } | undefined;
}

/** An episode that podcast apps can play: one of its recordings is a file. */
export const isHeard = ({ audio, video }: Pick<EpisodeRecord, 'audio' | 'video'>): boolean =>
  audio?.kind === 'file' || video?.kind === 'file';

/** The feeds of the whole site and of its two lists; that for podcast apps only where there is something to hear. */
export function siteFeeds(show: Show, heard: boolean): FeedLink[] {
  const { description } = show;
  const all = { title: fullTitle(show), description, page: url.home };
  const podcast: FeedLink = { kind: 'podcast', of: 'episodes', ...all, url: url.podcast };
  return [
    { kind: 'rss', of: 'everything', ...all, url: url.feed },
    ...(heard ? [podcast] : []),
    { kind: 'json', of: 'everything', ...all, url: url.jsonFeed },
    {
      kind: 'rss',
      of: 'episodes',
      title: `${show.title}: Episodes`,
      description,
      url: url.episodesFeed,
      page: url.episodes,
    },
    { kind: 'rss', of: 'posts', title: `${show.title}: Posts`, description, url: url.postsFeed, page: url.posts },
  ];
}

/** The feed of a season, if something is to be heard in it. */
export function seasonFeeds(show: Show, season: number, heard: boolean): FeedLink[] {
  if (!heard) return [];
  return [
    {
      kind: 'podcast',
      of: { season },
      title: `${show.title}: ${seasonName(show, season) ?? `Season ${season}`}`,
      description: show.description,
      url: url.seasonPodcast(season),
      page: url.season(season),
    },
  ];
}

/** A season as readers see it: "Season 2: The year of the funnel". */
export function seasonTitle(show: SeasonNames, season: number): string {
  const name = seasonName(show, season);
  return name === undefined ? `Season ${season}` : `Season ${season}: ${name}`;
}

/** What the author calls a season. */
export const seasonName = ({ podcast }: SeasonNames, season: number): string | undefined =>
  podcast?.seasons?.find(({ number }) => number === season)?.name;

/** The feeds of a topic: none where only whitepapers are posted in it, and none to hear where nothing is. */
export function topicFeeds(
  show: Show,
  { slug, title, description, url: page, entries }: Omit<TopicRecord, 'feeds' | 'count'>,
  heard: boolean,
): FeedLink[] {
  if (!entries.some(isInFeeds)) return [];
  const feed = { of: { topic: slug }, title: `${show.title}: ${title}`, description: description ?? title, page };
  const podcast: FeedLink = { kind: 'podcast', ...feed, url: url.topicPodcast(slug) };
  return [{ kind: 'rss', ...feed, url: url.topicFeed(slug) }, ...(heard ? [podcast] : [])];
}

/** The feed of a person, if they have an episode or a post. */
export function personFeeds(
  show: Show,
  { slug, name, summary, url: page, hosted, appeared, wrote }: Omit<PersonRecord, 'feeds' | 'entries' | 'isGuest'>,
): FeedLink[] {
  if (![...hosted, ...appeared, ...wrote].some(isInFeeds)) return [];
  return [
    {
      kind: 'rss',
      of: { person: slug },
      title: `${show.title}: ${name}`,
      description: summary ?? name,
      url: url.personFeed(slug),
      page,
    },
  ];
}

/** What a partner's readers care for, as a feed of its own. */
export const partnerFeeds = (
  show: Show,
  { slug, name, summary, url: page }: Pick<PartnerProfile, 'slug' | 'name' | 'summary' | 'url'>,
): FeedLink[] => [
  {
    kind: 'rss',
    of: { partner: slug },
    title: `${show.title}: with ${name}`,
    description: summary,
    url: url.partnerFeed(slug),
    page,
  },
];

const isInFeeds = ({ kind }: AnyCard) => kind !== 'whitepaper';
