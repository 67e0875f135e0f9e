import { readingMinutes } from '#site/reading-time.ts';
import type { Content, Entry } from './content.ts';
import { instant, shownDate } from './date.ts';
import type { ShownDate, EpisodeCard, PersonLink, Picture, PostCard, TopicLink, WhitepaperCard } from './records.ts';
import { newestFirst } from './order.ts';
import { type Clock, unpublished } from './publication.ts';
import { recording } from './recording.ts';
import type { References } from './references.ts';
import { url } from '#site/url.ts';

/**
 * The short records that lists, links and cards show, by slug, for all that is in this build. Dated entries are
 * newest first.
 */
export interface Cards {
  people: Map<string, PersonLink>;
  topics: Map<string, TopicLink>;
  episodes: Map<string, EpisodeCard>;
  posts: Map<string, PostCard>;
  whitepapers: Map<string, WhitepaperCard>;
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

  const card = <Name extends Dated>(collection: Name, { slug, data }: Entry<Name>) => ({
    slug,
    title: data.title,
    summary: data.summary,
    publishedAt: shown(data.publishedAt, content),
    topics: references.all({ collection, slug, field: ['topics'] }, 'topics', data.topics, topics),
    cover: data.cover as Picture | undefined,
    unpublished: state(data),
  });
  const named = (collection: Dated, slug: string, field: string, slugs: readonly string[] | undefined) =>
    references.all({ collection, slug, field: [field] }, 'people', slugs, people);

  const episodes = newestFirst(visible(content.episodes), show).map((entry): EpisodeCard => {
    const { slug, data, body } = entry;
    const recordings = [recording(entry, 'audio', content.media), recording(entry, 'video', content.media)];
    return {
      kind: 'episode',
      ...card('episodes', entry),
      url: url.episode(slug),
      number: data.number,
      season: data.season,
      episodeType: data.episodeType,
      label: label(data),
      duration: recordings.find((each) => each?.kind === 'file')?.duration,
      readingMinutes: readingMinutes(body.words),
      people: [
        ...new Set((['hosts', 'guests'] as const).flatMap((field) => named('episodes', slug, field, data[field]))),
      ],
    };
  });

  const posts = newestFirst(visible(content.posts), show).map((entry): PostCard => ({
    kind: 'post',
    ...card('posts', entry),
    url: url.post(entry.slug),
    readingMinutes: readingMinutes(entry.body.words),
    people: named('posts', entry.slug, 'authors', entry.data.authors),
  }));

  const whitepapers = newestFirst(visible(content.whitepapers), show).map((entry): WhitepaperCard => ({
    kind: 'whitepaper',
    ...card('whitepapers', entry),
    url: url.whitepaper(entry.slug),
    subtitle: entry.data.subtitle,
    promise: entry.data.promise,
    pages: entry.data.pages,
    people: named('whitepapers', entry.slug, 'authors', entry.data.authors),
  }));

  return { people, topics, episodes: bySlug(episodes), posts: bySlug(posts), whitepapers: bySlug(whitepapers) };
}

/** A `date` field as this show's readers see it. */
export const shown = (date: string, { show }: Content): ShownDate => shownDate(instant(date, show.timezone), show);

function label({ episodeType, number }: Entry<'episodes'>['data']): string {
  return { full: `File ${String(number).padStart(3, '0')}`, trailer: 'Trailer', bonus: 'Bonus' }[episodeType];
}

function personLink({ slug, data }: Entry<'people'>): PersonLink {
  const { name, kind, side, role, summary } = data;
  const photo = data.photo as Picture | undefined;
  return { slug, url: url.person(slug), name, kind, side, role, summary, initials: initials(name), photo };
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
