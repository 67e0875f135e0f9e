import { listPages } from '#catalog/pages.ts';
import type { Catalog, FeedLink, RemotePodcast } from '#catalog/records.ts';
import { counted } from '#site/count.ts';
import { url } from '#site/url.ts';
import type { EpisodePiece, Feed, Piece } from './list.ts';

/** How many items one document of a feed for readers has at most. */
const documentSize = 100;

/** How many items of a podcast's feed have their whole text: all of a long archive would be too much for phones. */
const wholeTexts = 100;

/** How many the first document of the feed of a topic or a person has. */
const newestSize = 25;

/**
 * One document of a feed. A feed for readers that has more items than a document is told in several (RFC 5005). That of a
 * podcast is one document, since most apps follow no other, up to the bound that the show sets. Each entry stands in the
 * feed of everything with its whole text. It stands in that of each of its topics and people too: there, and in a
 * podcast, the newest have the whole text, and the older ones their summary.
 */
export interface FeedDocument {
  feed: FeedLink;
  url: string;
  pieces: readonly Piece[];
  /** Where it stands among the documents of its feed, counted from 1, the newest first. */
  number: number;
  last: number;
  /** How many of its items have their whole text, from the first on. */
  whole: number;
  /** How many items the documents after it have. */
  older: number;
  /** The trailers of the whole feed, which each document of a podcast names. */
  trailers: readonly EpisodePiece[];
  /** The podcasts of partners, of a podcast. */
  podroll: readonly RemotePodcast[];
}

/** What a document needs to know beside what is in it. */
export interface Publication {
  show: Catalog['show'];
  site: URL;
  /** The body of an entry as plain HTML. */
  notes: (piece: Piece) => Promise<string>;
}

/**
 * The documents of a feed, the newest first. A feed without items has one document without items. `bound` is how many
 * episodes the document that podcast apps read has at most.
 */
export function feedDocuments({ pieces, podroll, ...feed }: Feed, bound = Infinity): FeedDocument[] {
  const isPodcast = feed.kind === 'podcast';
  const isPart = typeof feed.of === 'object' && !('season' in feed.of);
  const newest = isPart ? newestSize : documentSize;
  const whole = isPart ? newestSize : isPodcast ? wholeTexts : Infinity;
  const first = isPodcast ? Math.max(1, Math.min(bound, pieces.length)) : newest;
  const trailers = isPodcast ? pieces.filter(isTrailer) : [];
  let before = 0;
  return listPages(pieces, documentSize, first).map(({ entries, current, last }) => {
    const inWhole = Math.max(0, Math.min(whole - before, entries.length));
    before += entries.length;
    return {
      feed,
      url: url.feedPage(feed.url, current),
      pieces: entries.map((piece, i) => (i < inWhole ? piece : withoutText(piece))),
      whole: inWhole,
      older: pieces.length - before,
      number: current,
      last,
      trailers,
      podroll,
    };
  });
}

/** An entry by its summary: another text of it makes no such document anew. */
const withoutText = (piece: Piece): Piece => ({
  ...piece,
  body: { ...piece.body, digest: 'not shown', mentions: { people: {}, episodes: {}, whitepapers: {} } },
});

const isTrailer = (piece: Piece): piece is EpisodePiece => piece.kind === 'episode' && piece.episodeType === 'trailer';

/** Where the other documents of a feed are, by their relation to this one (RFC 5005, section 3). */
export function otherDocuments({ feed, number, last, older }: FeedDocument): OtherDocument[] {
  if (last === 1) return [];
  const at = (rel: string, page: number) => ({ rel, url: url.feedPage(feed.url, page) });
  return [
    at('first', 1),
    ...(number > 1 ? [at('previous', number - 1)] : []),
    ...(number < last
      ? [{ ...at('next', number + 1), title: `${counted(older, 'older entry', 'older entries')}` }]
      : []),
    at('last', last),
  ];
}

export interface OtherDocument {
  rel: string;
  url: string;
  /** What is there. */
  title?: string;
}

/**
 * When an entry was published, as apps sort by it. Of episodes that have one day for their date, those with higher
 * numbers are later by seconds, and those of later seasons by minutes. It follows from the episode alone, so that no
 * other one ever changes it.
 */
export function publishedAt(piece: Piece): Date {
  const at = Date.parse(piece.publishedAt.iso);
  return new Date(piece.kind === 'episode' && piece.isDay ? at + secondsInDay(piece) * 1000 : at);
}

const secondsInDay = ({ season = 0, number = 0 }: EpisodePiece) => Math.min(season * 60 + number, latestInDay);

/** Seconds of 22 hours: the shortest day of a time zone has 23. */
const latestInDay = 79_200;

/** When the newest change in a document was made: its date, whenever it is built. Nothing for one without items. */
export function newestChange({ pieces }: FeedDocument): Date | undefined {
  const times = pieces.map((piece) => (piece.updatedAt ? new Date(piece.updatedAt.iso) : publishedAt(piece)).getTime());
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}
