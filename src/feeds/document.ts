import { listPages } from '#catalog/pages.ts';
import type { Catalog, FeedLink } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import type { EpisodePiece, Feed, Piece } from './list.ts';

/** How many items one document of a feed has at most. */
const documentSize = 100;

/** How many the first document of the feed of a topic or a person has. */
const newestSize = 25;

/**
 * One document of a feed; one of more items than a document has is told in several (RFC 5005). Each entry stands in the
 * feed of everything with its whole text. It stands in that of each of its topics and people too: there the newest have
 * the whole text, and the older ones their summary.
 */
export interface FeedDocument {
  feed: FeedLink;
  url: string;
  pieces: readonly Piece[];
  /** Where it stands among the documents of its feed, counted from 1, the newest first. */
  number: number;
  last: number;
  /** Whether its items have their whole text. */
  isFull: boolean;
  /** The trailers of the whole feed, which each document of a podcast names. */
  trailers: readonly EpisodePiece[];
}

/** What a document needs to know beside what is in it. */
export interface Publication {
  show: Catalog['show'];
  site: URL;
  /** The body of an entry as plain HTML. */
  notes: (piece: Piece) => Promise<string>;
}

/** The documents of a feed, the newest first. A feed without items has one document without items. */
export function feedDocuments({ pieces, ...feed }: Feed): FeedDocument[] {
  const trailers = feed.kind === 'podcast' ? pieces.filter(isTrailer) : [];
  const isPart = typeof feed.of === 'object' && !('season' in feed.of);
  return listPages(pieces, documentSize, isPart ? newestSize : documentSize).map(({ entries, current, last }) => ({
    feed,
    url: url.feedPage(feed.url, current),
    ...(isPart && current > 1
      ? { isFull: false, pieces: entries.map(withoutText) }
      : { isFull: true, pieces: entries }),
    number: current,
    last,
    trailers,
  }));
}

/** An entry by its summary: another text of it makes no such document anew. */
const withoutText = (piece: Piece): Piece => ({
  ...piece,
  body: { ...piece.body, digest: 'not shown', mentions: { people: {}, episodes: {}, whitepapers: {} } },
});

const isTrailer = (piece: Piece): piece is EpisodePiece => piece.kind === 'episode' && piece.episodeType === 'trailer';

/** Where the other documents of a feed are, by their relation to this one (RFC 5005, section 3). */
export function otherDocuments({ feed, number, last }: FeedDocument): { rel: string; url: string }[] {
  if (last === 1) return [];
  const at = (rel: string, page: number) => ({ rel, url: url.feedPage(feed.url, page) });
  return [
    at('first', 1),
    ...(number > 1 ? [at('previous', number - 1)] : []),
    ...(number < last ? [at('next', number + 1)] : []),
    at('last', last),
  ];
}

/** When the newest change in a document was made: its date, whenever it is built. Nothing for one without items. */
export function newestChange({ pieces }: FeedDocument): Date | undefined {
  const newest = pieces.map(({ publishedAt, updatedAt }) => (updatedAt ?? publishedAt).iso).toSorted();
  const iso = newest.at(-1);
  return iso === undefined ? undefined : new Date(iso);
}
