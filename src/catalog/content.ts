import type { Episode } from '#model/episode.ts';
import type { MediaFacts } from '#model/media.ts';
import type { Page } from '#model/page.ts';
import type { Partner } from '#model/partner.ts';
import type { Person } from '#model/person.ts';
import type { Post } from '#model/post.ts';
import type { Show } from '#model/show.ts';
import type { Topic } from '#model/topic.ts';
import type { Whitepaper } from '#model/whitepaper.ts';
import type { CommentsOfEntries } from '#site/comments.ts';
import type { BodyFacts } from './body.ts';
import type { Chapter, Cue } from './records.ts';

/** What an author may write in a file each, by collection. */
export interface EntryData {
  episodes: Episode;
  posts: Post;
  people: Person;
  whitepapers: Whitepaper;
  partners: Partner;
  pages: Page;
}
export type Collection = keyof EntryData;
export const collections = [
  'episodes',
  'posts',
  'people',
  'whitepapers',
  'partners',
  'pages',
] as const satisfies Collection[];

/** An entry that its schema has accepted. */
export interface Entry<Name extends Collection = Collection> {
  slug: string;
  /** The folder that its `./` paths start from, as a path inside the content folder. */
  folder: string;
  data: EntryData[Name];
  body: BodyFacts;
}

/** Everything that the content folder holds, parsed. Files are named by their path inside that folder. */
export type Content = { [Name in Collection]: Entry<Name>[] } & {
  show: Show;
  topics: Record<string, Topic>;
  media: Record<string, MediaFacts>;
  chapters: Record<string, Chapter[]>;
  transcripts: Record<string, Cue[]>;
  /** The approved comments of readers, by `episodes/<slug>` or `posts/<slug>`. */
  comments: CommentsOfEntries;
};

/** An author's mistake that only the whole graph shows. */
export interface CatalogProblem {
  collection: Collection | 'show';
  slug: string;
  /** The field, as a path into the front matter. */
  field: (string | number)[];
  what: string;
  /** For a reference: the collection that it points into. */
  to?: Collection | 'topics';
  /** The value that is wrong, and those that would be right. */
  value?: string;
  candidates?: readonly string[];
  /**
   * What there is to do, where that is known: nothing is right in the place of the value, or the only candidate is the
   * same in the right form.
   */
  fix?: 'take it out' | 'by hand' | 'write it so';
}
