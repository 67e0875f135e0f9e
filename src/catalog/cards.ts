import { readingMinutes } from '#site/reading-time.ts';
import type { Content, Entry } from './content.ts';
import { instant, shownDate } from './date.ts';
import { commentCount } from './discussion.ts';
import type {
  AnyCard,
  EntryFacts,
  EpisodeCard,
  PersonLink,
  Picture,
  PostCard,
  ShownDate,
  TopicLink,
  WhitepaperCard,
} from './records.ts';
import { newestFirst } from './order.ts';
import { type Clock, unpublished } from './publication.ts';
import { recording } from './recording.ts';
import type { References } from './references.ts';
import { seasonCover } from './seasons.ts';
import { url } from '#site/url.ts';

/** An entry as its record begins: its card apart, since other pages are given that alone. */
export interface Listing<Card extends AnyCard = AnyCard> extends EntryFacts {
  card: Card;
}

/**
 * The short records that lists, links and cards show, by slug, for all that is in this build. Dated entries are
 * newest first.
 */
export interface Cards {
  people: Map<string, PersonLink>;
  topics: Map<string, TopicLink>;
  episodes: Map<string, Listing<EpisodeCard>>;
  posts: Map<string, Listing<PostCard>>;
  whitepapers: Map<string, Listing<WhitepaperCard>>;
}

type Dated = 'episodes' | 'posts' | 'whitepapers';

export function cards(content: Content, clock: Clock, references: References): Cards {
  const { show } = content;
  const state = (data: Parameters<typeof unpublished>[0]) => unpublished(data, show.timezone, clock.now);
  const visible = <E extends { data: Parameters<typeof unpublished>[0] }>(entries: readonly E[]) =>
    entries.filter(({ data }) => clock.preview || !state(data));

  const people = bySlug(visible(content.people).map(personLink));
  const topics = bySlug(
    Object.entries(content.topics).map(([slug, { title }]) => ({ slug, url: url.topic(slug), title })),
  );

  const card = <Name extends Dated>({ slug, data }: Entry<Name>) => ({
    slug,
    title: data.title,
    summary: data.summary,
    publishedAt: shown(data.publishedAt, content),
    unpublished: state(data),
  });
  const facts = <Name extends Dated>(collection: Name, { slug, data }: Entry<Name>): Omit<EntryFacts, 'people'> => ({
    topics: references.all({ collection, slug, field: ['topics'] }, 'topics', data.topics, topics),
    keywords: data.keywords ?? [],
    cover: coverOf(data),
  });
  const named = (collection: Dated, slug: string, field: string, slugs: readonly string[] | undefined) =>
    references.all({ collection, slug, field: [field] }, 'people', slugs, people);

  const hosts = show.hosts.flatMap((slug) => people.get(slug) ?? []);
  const published = newestFirst(visible(content.episodes), show);
  const isCountedBySeason = numbersRepeat(published);
  const episodes = published.map((entry): Listing<EpisodeCard> => {
    const { slug, data, body } = entry;
    const { topics, keywords, cover } = facts('episodes', entry);
    const file = (kind: 'audio' | 'video') => {
      const found = recording(entry, kind, content.media);
      return found?.kind === 'file' ? { ...found, kind } : undefined;
    };
    const [audio, video] = [file('audio'), file('video')];
    const first = video ?? audio;
    return {
      card: {
        kind: 'episode',
        ...card(entry),
        comments: commentCount('episodes', entry, content),
        url: url.episode(slug),
        season: data.season,
        label: label(data, isCountedBySeason),
        duration: (audio ?? video)?.duration,
        readingMinutes: readingMinutes(body),
        topic: topics[0]?.title,
        thumb: cover ?? seasonCover(show, data.season),
        play: first && { kind: first.kind, url: first.url },
      },
      ...{ topics, keywords, cover },
      people: [
        ...new Set([
          ...(data.hosts ? named('episodes', slug, 'hosts', data.hosts) : hosts),
          ...named('episodes', slug, 'guests', data.guests),
        ]),
      ],
    };
  });

  const posts = newestFirst(visible(content.posts), show).map((entry): Listing<PostCard> => ({
    card: {
      kind: 'post',
      ...card(entry),
      comments: commentCount('posts', entry, content),
      url: url.post(entry.slug),
      readingMinutes: readingMinutes(entry.body),
      cover: coverOf(entry.data),
    },
    ...facts('posts', entry),
    people: named('posts', entry.slug, 'authors', entry.data.authors),
  }));

  const whitepapers = newestFirst(visible(content.whitepapers), show).map((entry): Listing<WhitepaperCard> => ({
    card: {
      kind: 'whitepaper',
      ...card(entry),
      url: url.whitepaper(entry.slug),
      subtitle: entry.data.subtitle,
      promise: entry.data.promise,
      pages: entry.data.pages,
      cover: coverOf(entry.data),
    },
    ...facts('whitepapers', entry),
    people: named('whitepapers', entry.slug, 'authors', entry.data.authors),
  }));

  const listings = <Card extends AnyCard>(list: readonly Listing<Card>[]) =>
    new Map(list.map((each) => [each.card.slug, each]));
  return {
    ...{ people, topics },
    episodes: listings(episodes),
    posts: listings(posts),
    whitepapers: listings(whitepapers),
  };
}

/** A `date` field as this show's readers see it. */
export const shown = (date: string, { show }: Content): ShownDate => shownDate(instant(date, show.timezone), show);

const coverOf = ({ cover, coverFocus }: Entry<Dated>['data']): Picture | undefined =>
  cover ? { ...(cover as Picture), focus: coverFocus } : undefined;

/** Whether a number says which episode is meant only together with its season. */
function numbersRepeat(episodes: readonly Entry<'episodes'>[]): boolean {
  const numbers = episodes.flatMap(({ data }) => (data.episodeType === 'full' ? (data.number ?? []) : []));
  return new Set(numbers).size < numbers.length;
}

function label({ episodeType, number, season }: Entry<'episodes'>['data'], isCountedBySeason: boolean): string {
  if (episodeType !== 'full') return { trailer: 'Trailer', bonus: 'Bonus' }[episodeType];
  if (number === undefined) return season === undefined ? 'Episode' : `Season ${season}`;
  const file = String(number).padStart(3, '0');
  return isCountedBySeason && season !== undefined ? `S${season} · ${file}` : `File ${file}`;
}

function personLink({ slug, data: { name, kind, side, photo } }: Entry<'people'>): PersonLink {
  return { slug, url: url.person(slug), name, kind, side, photo: photo as Picture | undefined };
}

/** The mark that stands in for a photo: "Matt McDarby" gives MM, "XANT" gives X. */
export function initials(name: string): string {
  const words = name
    .normalize()
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => word?.match(/\p{L}/u)?.[0].toUpperCase() ?? '').join('');
}

const bySlug = <T extends { slug: string }>(list: readonly T[]) => new Map(list.map((each) => [each.slug, each]));
