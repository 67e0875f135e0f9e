import type { Catalog, EpisodeRecord, FeedLink, PostRecord, RemotePodcast, Transcript } from '#catalog/records.ts';
import { isHeard } from '#catalog/feed-links.ts';
import { groups } from '#catalog/groups.ts';

/** What only the page of an entry shows: another related entry makes no document of a feed anew. */
type OnPages = 'related' | 'previous' | 'next' | 'whitepaper' | 'discussion';

interface Commented {
  /** How many comments there are, and where: the comments themselves are in a feed of their own. */
  discussion?: { count: number; feed: string } | undefined;
}

/** An episode as far as feeds describe it; of its transcript they say where it is. */
export interface EpisodePiece extends Omit<EpisodeRecord, OnPages | 'transcript'>, Commented {
  transcript?: Pick<Transcript, 'url'> | undefined;
}

/** What a feed has an item of. */
export type Piece = EpisodePiece | (Omit<PostRecord, OnPages> & Commented);

/** A feed with all its entries, newest first. */
export interface Feed extends FeedLink {
  pieces: readonly Piece[];
  /** The podcasts of partners, which that of the series recommends. */
  podroll: readonly RemotePodcast[];
}

/** Every feed of the site with what is in it: the one list for endpoints, OPML and the pages that name feeds. */
export function feedList(catalog: Catalog): Feed[] {
  const episodes = catalog.episodes.map(episodePiece);
  const posts = catalog.posts.map(withoutPage);
  const everything: Piece[] = [...episodes, ...posts].toSorted((a, b) =>
    b.publishedAt.iso.localeCompare(a.publishedAt.iso),
  );
  const perTopic = groups(everything, ({ topics }) => topics.map(({ slug }) => slug));
  const perPerson = groups(everything, ({ people }) => people.map(({ slug }) => slug));
  const perSeason = groups(episodes, ({ season }) => [season]);

  const perPartner = new Map(
    catalog.partners.map(({ slug, topics }) => {
      const wanted = new Set(topics.map((topic) => topic.slug));
      return [slug, everything.filter((piece) => piece.topics.some((topic) => wanted.has(topic.slug)))];
    }),
  );
  const podroll = catalog.partners.flatMap(({ podcast }) => podcast ?? []);

  const piecesOf = ({ of }: FeedLink): readonly Piece[] => {
    if (of === 'everything') return everything;
    if (of === 'episodes') return episodes;
    if (of === 'posts') return posts;
    if ('topic' in of) return perTopic.get(of.topic) ?? [];
    if ('partner' in of) return perPartner.get(of.partner) ?? [];
    if ('person' in of) return perPerson.get(of.person) ?? [];
    return perSeason.get(of.season) ?? [];
  };
  return catalog.feeds.map((link) => {
    const pieces = piecesOf(link);
    return link.kind === 'podcast'
      ? { ...link, pieces: pieces.filter(isPlayed), podroll }
      : { ...link, pieces, podroll: [] };
  });
}

const episodePiece = ({ transcript, ...episode }: EpisodeRecord): EpisodePiece => ({
  ...withoutPage(episode),
  transcript: transcript && { url: transcript.url },
});

function withoutPage<Record extends Pick<EpisodeRecord, OnPages>>(record: Record) {
  const { related: _, previous: __, next: ___, whitepaper: ____, discussion, ...rest } = record;
  return {
    ...rest,
    discussion: discussion?.feed === undefined ? undefined : { count: discussion.count, feed: discussion.feed },
  };
}

const isPlayed = (piece: Piece) => piece.kind === 'episode' && isHeard(piece);
