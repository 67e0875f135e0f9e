/**
 * What an archive says, in one form for every kind of archive: a WordPress export, a podcast feed, a folder of another site
 * generator. Nothing is made up: what the source does not say is not there. Its readers fill it; `entries.ts` makes files of it.
 */
export interface Archive {
  kind: 'wordpress' | 'podcast feed' | 'hugo' | 'jekyll' | 'eleventy';
  series: ArchivedSeries;
  /** The address of the feed that it was read from. */
  feed?: string;
  people: ArchivedPerson[];
  topics: ArchivedTopic[];
  pieces: ArchivedPiece[];
  comments: ArchivedComment[];
  /** What belongs to no entry and is not kept. */
  lost: Lost[];
  /** What the source says of pictures by their addresses, beside the texts that show them. */
  alts?: Readonly<Record<string, string>>;
  /** Where files lie on the disk, by the addresses that texts and covers name them by. */
  files?: Readonly<Record<string, string>>;
}

/** What the source says of the series itself: fields of `show.yaml`, by their names there, as it has them; `hosts` are keys of `people`. */
export interface ArchivedSeries {
  /** The address of the old site, from which its relative addresses are read and its own links known. */
  address?: string;
  fields: Record<string, unknown>;
  /** The artwork. */
  cover?: ArchivedFile;
}

export interface ArchivedPerson {
  /** What the source calls them: a login, a name, an address of theirs. Pieces refer to it. */
  key: string;
  name: string;
  /** The slug that the source gives them. */
  slug?: string;
  bio?: Text;
  links?: { label: string; url: string }[];
  photo?: ArchivedFile;
  /** Old addresses of their page: paths on the old site. */
  addresses: string[];
}

export interface ArchivedTopic {
  key: string;
  title: string;
  slug?: string;
  description?: string;
}

/** An episode, a post or a page. */
export interface ArchivedPiece {
  /** What it is in the source, for good: a guid, a post's number, a path. A second run knows it by this. */
  key: string;
  /** Where it stands in the source, as its owner would look for it: `item 12, "Some title"`, `content/posts/some.md`. */
  place: string;
  kind: 'episodes' | 'posts' | 'pages';
  /** The slug that the source gives it, percent-decoded. */
  slug?: string;
  title: string;
  /** An instant, or a day (`2026-11-27`) where the source knows no more. */
  publishedAt?: Date | string;
  updatedAt?: Date | string;
  summary?: string;
  body: Text;
  draft: boolean;
  /** Keys of `people`, with what they are in this piece where the source says so. */
  hosts: Part[];
  guests: Part[];
  authors: Part[];
  /** Keys of `topics`, the main one first. */
  topics: string[];
  keywords: string[];
  cover?: ArchivedFile;
  /** The identity that it has in feeds, to the letter. */
  guid?: string;
  /** Old addresses: paths on the old site, with their query where that is what tells them apart (`/?p=12`). */
  addresses: string[];
  /** More fields of its front matter, by their names in the model: number, season, episodeType, explicit, audio, video, chapters … */
  fields: Record<string, unknown>;
  /** Transcripts at other addresses, the best one first. */
  transcripts?: RemoteTranscript[];
  /** The address of its chapters, a Podcasting 2.0 file. */
  chapters?: string;
  /** What the source says of it that is not kept, and why. */
  lost: Lost[];
}

/** A transcript by its media type, one of those that the model knows. */
export interface RemoteTranscript {
  url: string;
  type: string;
}

export interface Part {
  person: string;
  role?: string;
}

/** A text as the source has it; addresses in it are relative to `base`. */
export type Text = { html: string; base?: string } | { markdown: string; base?: string };

/** A file at an address, or on the disk beside the archive. */
export type ArchivedFile = ({ url: string } | { path: string } | { text: string }) & { name?: string; alt?: string };

/** What a reader said of a piece, and nothing by which they could be written to. */
export interface ArchivedComment {
  /** What it is in the source, for good. */
  key: string;
  /** The key and the place of the piece, which may be none that is kept. */
  piece: string;
  place: string;
  /** The key of the comment that it answers. */
  answers?: string;
  author: string;
  /** The key of the person, where the source knows that it was one of `people`. */
  person?: string;
  saidAt?: Date;
  body: Text;
}

export interface Lost {
  /** A permanent name of the kind: `shortcode`, `password`, `form`, `attachment-missing`. */
  what: string;
  /** A sentence for the owner: what it was, and what to do if it is wanted. */
  detail: string;
  /** The line in the source, where it is known. */
  line?: number;
}
