import type { Lost } from './archive.ts';

/** What became of one entry. */
export type Fate =
  | 'written'
  | 'updated'
  | 'unchanged'
  /** Its author changed it since: it is left alone, though the archive says something new. */
  | 'edited'
  /** Its author deleted it. */
  | 'deleted'
  /** Something else has its place. */
  | 'exists'
  /** It could not be written. */
  | 'failed';

export interface Result {
  place: string;
  kind: 'episodes' | 'posts' | 'pages' | 'people';
  fate: Fate;
  /** Inside the content folder. */
  file: string;
  lost: Lost[];
}

export interface Outcome {
  results: Result[];
  /** What readers said of entries that came over, for the store of the server. */
  comments: EntryComment[];
  /** What belongs to no entry. */
  lost: Lost[];
}

/** A comment on an entry that came over, as the store of the server takes it. */
export interface EntryComment {
  /** What it is in the archive, for good. */
  key: string;
  /** The same, by which `parent` names it. */
  id: string;
  parent?: string;
  /** `episodes/<slug>` or `posts/<slug>`. */
  entry: string;
  name: string;
  /** Plain text. */
  body: string;
  /** ISO 8601. */
  at: string;
  /** The slug of the host who wrote it. */
  person?: string;
}
