import { redirects } from './addresses.ts';
import { besideEpisode, sharedFiles } from './beside.ts';
import { cards, initials, type Listing, shown } from './cards.ts';
import { chapterTimes } from './chapter-times.ts';
import { consent } from './consent.ts';
import type { Collection, Content, CatalogProblem, Entry } from './content.ts';
import { discussion } from './discussion.ts';
import { isHeard, personFeeds, siteFeeds } from './feed-links.ts';
import { addressOf } from './entry-address.ts';
import { groups } from './groups.ts';
import { guidOf, sharedGuids } from './guids.ts';
import { numberProblems } from './numbers.ts';
import { strangeRoles } from './roles.ts';
import { neighbours } from './order.ts';
import { pagedLists } from './paged-lists.ts';
import { partnerRecords } from './partners.ts';
import { podcastFacts } from './podcast.ts';
import { type Clock, nextDue, unpublished } from './publication.ts';
import { alternates, assets, chapters, films, isListed, pathInContent, recording, transcript } from './recording.ts';
import type * as Records from './records.ts';
import { References } from './references.ts';
import { relatedPieces } from './related-pieces.ts';
import { seasonRecords } from './seasons.ts';
import { Sources } from './sources.ts';
import { topicRecords } from './topics.ts';
import { upNext } from './up-next.ts';
import { url } from '#site/url.ts';

/** How many of the entries that offer a whitepaper its page shows. */
const offeredByLimit = 3;

/**
 * The whole site from what its authors wrote and the moment of the build. Pure: the same content and clock give the
 * same catalog. `publicFiles` are the addresses of files that are served as they are, which no alias may hide. What
 * cannot be resolved is left out of the records and told in `problems`; a build with problems is not to be published.
 */
export function buildCatalog(
  content: Content,
  clock: Clock,
  publicFiles: Iterable<string> = [],
): { catalog: Records.Catalog; problems: CatalogProblem[] } {
  const references = new References(content);
  const made = cards(content, clock, references);
  const sources = new Sources(content);
  const related = relatedPieces(made, sources, references, content);
  const body = (collection: Collection, slug: string) => sources.body(collection, slug, made);

  /** What episodes and posts have in common. */
  const piece = (collection: 'episodes' | 'posts', slug: string) => {
    const entry = sources.entry(collection, slug);
    const { updatedAt, whitepaper, source, subtitle, language, links = [] } = entry.data;
    const at = { collection, slug, field: ['whitepaper'] };
    return {
      body: body(collection, slug),
      discussion: discussion(collection, entry, content, made.people),
      guid: guidOf(collection, entry, content.show),
      updatedAt: updatedAt === undefined ? undefined : shown(updatedAt, content),
      related: related(`${collection}/${slug}`),
      whitepaper:
        whitepaper === undefined ? undefined : references.one(at, 'whitepapers', whitepaper, made.whitepapers)?.card,
      ...{ source, subtitle, links },
      language: language === content.show.language ? undefined : language,
    };
  };

  const listings = {
    episodes: [...made.episodes.values()],
    posts: [...made.posts.values()],
    whitepapers: [...made.whitepapers.values()],
  };
  const lists = {
    episodes: listings.episodes.map(({ card }) => card),
    posts: listings.posts.map(({ card }) => card),
    whitepapers: listings.whitepapers.map(({ card }) => card),
  };
  const next = upNext(lists.episodes);
  const ways = { episodes: lists.episodes.map(link), posts: lists.posts.map(link) };

  const episodes = listings.episodes.map(({ card, ...facts }, i): Records.EpisodeRecord => {
    const entry = sources.entry('episodes', card.slug);
    const { data } = entry;
    return {
      ...card,
      ...facts,
      ...piece('episodes', card.slug),
      ...neighbours(ways.episodes, i),
      body: { ...body('episodes', card.slug), recording: recordingUrl(entry, content) },
      number: data.number,
      episodeType: data.episodeType,
      hosts: facts.people.filter(({ slug }) => (data.hosts ?? content.show.hosts).includes(slug)),
      guests: facts.people.filter(({ slug }) => data.guests?.includes(slug)),
      roles: data.roles ?? {},
      sides: sidesOf(data),
      audio: recording(entry, 'audio', content.media),
      video: recording(entry, 'video', content.media),
      alternates: alternates(entry, content.media),
      chapters: chapters(entry, content).filter(isListed),
      transcript: transcript(entry, facts.people, content),
      transcriptElsewhere: typeof data.transcript === 'object' ? data.transcript : undefined,
      sponsors: data.sponsors ?? [],
      upNext: next.get(card.slug),
      ...podcastFacts(entry),
      silentChapters: chapters(entry, content).filter((chapter) => !isListed(chapter)),
      explicit: data.explicit ?? content.show.explicit,
    };
  });

  const posts = listings.posts.map(({ card, ...facts }, i): Records.PostRecord => ({
    ...card,
    ...facts,
    ...piece('posts', card.slug),
    ...neighbours(ways.posts, i),
    authors: facts.people,
  }));

  const offering = groups([...listings.episodes, ...listings.posts], ({ card: { kind, slug } }) => {
    const { whitepaper } = sources.entry(kind === 'episode' ? 'episodes' : 'posts', slug).data;
    return whitepaper === undefined ? [] : [whitepaper];
  });
  const whitepapers = listings.whitepapers.map(({ card, ...facts }): Records.WhitepaperRecord => {
    const { data, folder } = sources.entry('whitepapers', card.slug);
    return {
      ...card,
      ...facts,
      body: body('whitepapers', card.slug),
      updatedAt: data.updatedAt === undefined ? undefined : shown(data.updatedAt, content),
      learn: data.learn,
      file: pathInContent(folder, data.file),
      offeredBy: (offering.get(card.slug) ?? []).slice(0, offeredByLimit).map(({ card }) => card),
    };
  });

  const all = [...listings.episodes, ...listings.posts, ...listings.whitepapers].toSorted((a, b) =>
    b.card.publishedAt.iso.localeCompare(a.card.publishedAt.iso),
  );
  const madeBy = groups(all, ({ people }) => people);
  const hosted = groups(episodes, ({ hosts }) => hosts);
  const appeared = groups(episodes, ({ guests }) => guests);
  const wrote = groups([...listings.posts, ...listings.whitepapers], ({ people }) => people);
  const cardsOf = (list: readonly { slug: string }[] = []) =>
    list.flatMap(({ slug }) => made.episodes.get(slug)?.card ?? []);
  const personCard = (link: Records.PersonLink): Records.PersonCard => {
    const { name, role, summary } = sources.entry('people', link.slug).data;
    return { ...link, role, summary, initials: initials(name) };
  };
  const people = [...made.people.values()].map((link): Records.PersonRecord => {
    const { data } = sources.entry('people', link.slug);
    const record = {
      ...personCard(link),
      body: body('people', link.slug),
      links: data.links ?? [],
      hosted: cardsOf(hosted.get(link)),
      appeared: cardsOf(appeared.get(link)),
      wrote: (wrote.get(link) ?? []).map(({ card }) => card),
      unpublished: unpublished(data, content.show.timezone, clock.now),
    };
    return {
      ...record,
      isGuest: record.appeared.length > 0,
      feeds: personFeeds(content.show, record),
      entries: (madeBy.get(link) ?? []).map(({ card }) => card),
    };
  });

  const heard = episodes.filter(isHeard);
  const topics = topicRecords(made.topics.values(), all, heard, content);
  const seasons = seasonRecords(lists.episodes, heard, content.show);

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

  const pieces = all.filter((listing) => listing.card.kind !== 'whitepaper') as Listing<Records.PieceCard>[];
  const partners = partnerRecords(
    content,
    clock,
    { made, sources, references },
    { pieces, heard, whitepapers: lists.whitepapers },
  );

  const owned = { episodes, posts, people, whitepapers, partners, pages };
  const filmsOf = (collection: Collection, slug: string, at = slug) =>
    films(collection, sources.entry(collection, slug), at);
  const published = [
    ...episodes.flatMap(({ slug }) => assets(sources.entry('episodes', slug))),
    ...Object.entries(owned).flatMap(([collection, records]) =>
      records.flatMap(({ slug }) => filmsOf(collection as Collection, slug)),
    ),
  ];
  const dated = [...content.episodes, ...content.posts, ...content.whitepapers];
  const due = nextDue(dated, content.show.timezone, clock.now);
  const wholeFeeds = siteFeeds(content.show, heard.length > 0);
  const feeds = [
    wholeFeeds,
    ...[...seasons.toReversed(), ...topics, ...people, ...partners].map(({ feeds }) => feeds),
  ].flat();

  const at = { collection: 'show' as const, slug: '', field: ['hosts'] };
  const hosts = references.all(at, 'people', content.show.hosts, made.people);
  const catalog = {
    show: {
      ...content.show,
      hosts,
      cover: content.show.cover as Records.Picture | undefined,
      consent: consent(content.show),
      has: { posts: posts.length > 0, whitepapers: whitepapers.length > 0 },
      pages: pages.map(link),
      feeds: wholeFeeds,
    },
    hosts: hosts.map(personCard),
    guests: [...made.people.values()].filter((person) => !hosts.includes(person)).map(personCard),
    ...owned,
    ...{ topics, seasons },
    cards: lists,
    feeds,
    // A text may play the film of its episode.
    assets: [...new Map(published.map((asset) => [asset.url, asset])).values()],
    ...(due && { nextDue: due }),
  };
  const withFeed = new Set(
    [...people, ...partners]
      .filter(({ feeds }) => feeds.length > 0)
      .map(({ body, slug }) => `${body.collection}/${slug}`),
  );
  const withPlayer = new Set(heard.map(({ slug }) => slug));
  const beside = (collection: Collection, slug: string, former: string) => [
    ...(collection === 'pages' ? [] : [url.markdown(addressOf[collection](former))]),
    ...(collection === 'episodes'
      ? besideEpisode(sources.entry('episodes', slug), withPlayer.has(slug), former)
      : collection === 'people' && withFeed.has(`people/${slug}`)
        ? [url.personFeed(former)]
        : collection === 'partners'
          ? [url.partnerKit(former), ...(withFeed.has(`partners/${slug}`) ? [url.partnerFeed(former)] : [])]
          : []),
    // Any old path could be that of a page by its name.
    ...(collection === 'pages'
      ? []
      : [url.social(collection, former), ...filmsOf(collection, slug, former).map(({ url }) => url)]),
  ];
  const addresses = redirects(
    Object.entries(owned).flatMap(([collection, records]) =>
      records.map(({ slug, url }) => ({
        collection: collection as Collection,
        slug,
        url,
        aliases: sources.entry(collection as Collection, slug).data.aliases ?? [],
        beside: (former) => beside(collection as Collection, slug, former),
      })),
    ),
    [
      ...[...pagedLists(catalog), ...published, ...feeds].map(({ url }) => url),
      ...episodes.flatMap(({ slug }) => beside('episodes', slug, slug)),
      ...partners.map(({ slug }) => url.partnerKit(slug)),
      ...Object.values(owned).flatMap((records) => records.map((record) => url.markdown(record.url))),
      ...publicFiles,
    ],
    { old: content.show.oldFeeds ?? {}, feeds: feeds.map(({ url }) => url) },
  );
  return {
    catalog: { ...catalog, redirects: addresses.redirects },
    problems: [
      ...references.problems,
      ...addresses.problems,
      ...numberProblems(content),
      ...sharedGuids(content),
      ...sharedFiles(content),
      ...chapterTimes(content),
      ...strangeRoles(content),
    ],
  };
}

/** The file that its player begins with. */
function recordingUrl(entry: Entry<'episodes'>, { media }: Content): string | undefined {
  const file = [recording(entry, 'video', media), recording(entry, 'audio', media)].find(
    (each) => each?.kind === 'file',
  );
  return file?.kind === 'file' ? file.url : undefined;
}

function sidesOf({ sharedGoal, marketingView, salesView }: Entry<'episodes'>['data']): Records.Sides | undefined {
  if (sharedGoal === undefined || marketingView === undefined || salesView === undefined) return undefined;
  return { sharedGoal, marketingView, salesView };
}

const link = ({ url, title }: Records.Link): Records.Link => ({ url, title });
