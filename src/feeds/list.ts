import type { FeedLink, Catalog, EpisodeRecord, PostRecord } from '#catalog/records.ts';
import { isHeard } from '#catalog/feed-links.ts';
import { groups } from '#catalog/groups.ts';

/** What a feed has an item of. */
export type Piece = EpisodeRecord | PostRecord;

/** A feed with all its entries, newest first. */
export interface Feed extends FeedLink {
  pieces: readonly Piece[];
}

/** Every feed of the site with what is in it: the one list for endpoints, OPML and the pages that name feeds. */
export function feedList({ show, episodes, posts }: Catalog): Feed[] {
  const everything: Piece[] = [...episodes, ...posts].toSorted((a, b) =>
    b.publishedAt.iso.localeCompare(a.publishedAt.iso),
  );
  const perTopic = groups(everything, ({ topics }) => topics.map(({ slug }) => slug));
  const perPerson = groups(everything, ({ people }) => people.map(({ slug }) => slug));
  const perSeason = groups(episodes, ({ season }) => [season]);

  const piecesOf = ({ of }: FeedLink): readonly Piece[] => {
    if (of === 'everything') return everything;
    if (of === 'episodes') return episodes;
    if (of === 'posts') return posts;
    if ('topic' in of) return perTopic.get(of.topic) ?? [];
    if ('person' in of) return perPerson.get(of.person) ?? [];
    return perSeason.get(of.season) ?? [];
  };
  return show.feeds.map((link) => {
    const pieces = piecesOf(link);
    return { ...link, pieces: link.kind === 'podcast' ? pieces.filter(isPlayed) : pieces };
  });
}

const isPlayed = (piece: Piece) => piece.kind === 'episode' && isHeard(piece);
