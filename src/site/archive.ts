import type { Entry } from './contract.ts';

/** A page of the issues of the newsletter that were sent, the newest first. */
export interface SentIssues {
  issues: Pick<SentIssue, 'entry' | 'subject' | 'at'>[];
  /** Counted from 1; where nothing was sent there is one, which is empty. */
  page: number;
  pages: number;
}

/** An issue as its mail had it, without what was each reader's own. */
export interface SentIssue {
  /** The id of its entry, or of the digest. */
  entry: string;
  subject: string;
  /** When the first of it went out, in milliseconds since 1970. */
  at: number;
  /** The paragraphs that its owner wrote above what the entry says of itself. */
  opening: string[];
  /** Its entry, or those of a digest. */
  about: Pick<Entry, 'kind' | 'label' | 'title' | 'summary' | 'url' | 'shownDate' | 'length' | 'people'>[];
}
