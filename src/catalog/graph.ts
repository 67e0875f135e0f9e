import { redirects } from './addresses.ts';
import { type Cards, cards, shown } from './cards.ts';
import { chapterTimes } from './chapter-times.ts';
import { consent } from './consent.ts';
import type { Collection, Content, CatalogProblem } from './content.ts';
import { feedLinks } from './feed-links.ts';
import { groups } from './groups.ts';
import { sharedNumbers } from './numbers.ts';
import { neighbours, publishedAt } from './order.ts';
import { listsChapters, podcastFacts } from './podcast.ts';
import { type Clock, unpublished } from './publication.ts';
import { assets, chapters, pathInContent, recording, transcript } from './recording.ts';
import type * as Records from './records.ts';
import { References } from './references.ts';
import { relatedKeys } from './related.ts';
import { Sources } from './sources.ts';
import { url } from '#site/url.ts';

/** How many related entries a page shows. */
const relatedLimit = 3;

/**
 * The whole site from what its authors wrote and the moment of the build. Pure: the same content and clock give the
 * same catalog. What cannot be resolved is left out of the records and told in `problems`; a build with problems is not
 * to be published.
 */
export function buildCatalog(content: Content, clock: Clock): { catalog: Records.Catalog; problems: CatalogProblem[] } {
  const references = new References(content);
  const made = cards(content, clock, references);
  const sources = new Sources(content);
  const related = relatedPieces(made, sources, references, content);
  const body = (collection: Collection, slug: string) => sources.body(collection, slug, made);

  /** What episodes and posts have in common. */
  const piece = (collection: 'episodes' | 'posts', slug: string) => {
    const { updatedAt, whitepaper, source } = sources.entry(collection, slug).data;
    const at = { collection, slug, field: ['whitepaper'] };
    return {
      body: body(collection, slug),
      updatedAt: updatedAt === undefined ? undefined : shown(updatedAt, content),
      related: related(`${collection}/${slug}`),
      whitepaper:
        whitepaper === undefined ? undefined : references.one(at, 'whitepapers', whitepaper, made.whitepapers),
      source,
    };
  };

  const episodeCards = [...made.episodes.values()];
  const episodes = episodeCards.map((card, i): Records.EpisodeRecord => {
    const entry = sources.entry('episodes', card.slug);
    const { data } = entry;
    return {
      ...card,
      ...piece('episodes', card.slug),
      ...neighbours(episodeCards, i),
      hosts: card.people.filter(({ slug }) => data.hosts.includes(slug)),
      guests: card.people.filter(({ slug }) => data.guests?.includes(slug)),
      sharedGoal: data.sharedGoal,
      marketingView: data.marketingView,
      salesView: data.salesView,
      audio: recording(entry, 'audio', content.media),
      video: recording(entry, 'video', content.media),
      chapters: chapters(entry, content),
      transcript: transcript(entry, card, content),
      ...podcastFacts(entry),
      explicit: data.explicit ?? content.show.explicit,
    };
  });

  const postCards = [...made.posts.values()];
  const posts = postCards.map((card, i): Records.PostRecord => ({
    ...card,
    ...piece('posts', card.slug),
    ...neighbours(postCards, i),
    authors: card.people,
  }));

  const offering = groups([...episodes, ...posts], ({ whitepaper }) => (whitepaper ? [whitepaper] : []));
  const whitepapers = [...made.whitepapers.values()].map((card): Records.WhitepaperRecord => {
    const { data, folder } = sources.entry('whitepapers', card.slug);
    return {
      ...card,
      body: body('whitepapers', card.slug),
      updatedAt: data.updatedAt === undefined ? undefined : shown(data.updatedAt, content),
      learn: data.learn,
      file: pathInContent(folder, data.file),
      offeredBy: offering.get(card) ?? [],
    };
  });

  const hosted = groups(episodes, ({ hosts }) => hosts);
  const appeared = groups(episodes, ({ guests }) => guests);
  const wrote = groups([...posts, ...made.whitepapers.values()], ({ people }) => people);
  const people = [...made.people.values()].map((link): Records.PersonRecord => {
    const { data } = sources.entry('people', link.slug);
    return {
      ...link,
      body: body('people', link.slug),
      links: data.links ?? [],
      hosted: hosted.get(link) ?? [],
      appeared: appeared.get(link) ?? [],
      wrote: wrote.get(link) ?? [],
      unpublished: unpublished(data, content.show.timezone, clock.now),
    };
  });

  const all = [...made.episodes.values(), ...made.posts.values(), ...made.whitepapers.values()].toSorted((a, b) =>
    b.publishedAt.iso.localeCompare(a.publishedAt.iso),
  );
  const posted = groups(all, ({ topics }) => topics);
  const topics = [...made.topics.values()]
    .map((link): Records.TopicRecord => ({
      ...link,
      description: content.topics[link.slug]?.description ?? '',
      entries: posted.get(link) ?? [],
    }))
    .filter(({ entries }) => entries.length > 0);

  const pages = content.pages
    .map(({ slug, data }) => ({ slug, data, state: unpublished(data, content.show.timezone, clock.now) }))
    .filter(({ state }) => clock.preview || !state)
    .map(({ slug, data, state }): Records.PageRecord => ({
      slug,
      url: url.page(slug),
      title: data.title,
      summary: data.summary,
      updatedAt: data.updatedAt === undefined ? undefined : shown(data.updatedAt, content),
      body: body('pages', slug),
      unpublished: state,
    }));

  const owned = { episodes, posts, people, whitepapers, pages };
  const published = episodes.flatMap(({ slug }) => assets(sources.entry('episodes', slug)));
  const listed = episodes.filter(({ slug }) => listsChapters(sources.entry('episodes', slug)));
  const feeds = feedLinks({ show: content.show, ...owned, topics });
  const addresses = redirects(
    Object.entries(owned).flatMap(([collection, records]) =>
      records.map(({ slug, url }) => ({
        collection: collection as Collection,
        slug,
        url,
        aliases: sources.entry(collection as Collection, slug).data.aliases ?? [],
      })),
    ),
    [
      ...[...topics, ...published, ...feeds].map(({ url }) => url),
      ...episodes.map(({ slug }) => url.embed(slug)),
      ...listed.map(({ slug }) => url.chapters(slug)),
    ],
  );

  const at = { collection: 'show' as const, slug: '', field: ['hosts'] };
  const hosts = references.all(at, 'people', content.show.hosts, made.people);
  return {
    catalog: {
      show: {
        ...content.show,
        hosts,
        cover: content.show.cover as Records.Picture | undefined,
        consent: consent(content.show),
        pages: pages.map(({ title, url }) => ({ title, url })),
        feeds,
      },
      ...owned,
      topics,
      redirects: addresses.redirects,
      assets: published,
    },
    problems: [...references.problems, ...addresses.problems, ...sharedNumbers(content), ...chapterTimes(content)],
  };
}

function relatedPieces(made: Cards, sources: Sources, references: References, content: Content) {
  const pieces = new Map<string, Records.PieceCard>([
    ...[...made.episodes].map(([slug, card]) => [`episodes/${slug}`, card] as const),
    ...[...made.posts].map(([slug, card]) => [`posts/${slug}`, card] as const),
  ]);
  const keys = relatedKeys(
    [...pieces].map(([key, card]) => {
      const collection = card.kind === 'episode' ? 'episodes' : 'posts';
      const entry = sources.entry(collection, card.slug);
      const picked = entry.data.related ?? [];
      picked.forEach((pick, i) => {
        const to = pick.startsWith('posts/') ? 'posts' : 'episodes';
        references.one({ collection, slug: card.slug, field: ['related', i] }, to, pick, pieces);
      });
      return {
        key,
        topics: card.topics.map(({ slug }) => slug),
        people: card.people.map(({ slug }) => slug),
        at: publishedAt(entry, content.show.timezone),
        picked,
      };
    }),
    relatedLimit,
  );
  return (key: string) => (keys.get(key) ?? []).flatMap((each) => pieces.get(each) ?? []);
}
