import type { CommentRow, CommentState, OutboxRow, QuestionRow, QuestionState } from './tables.ts';

/** What a unit of work may read and change of comments and questions. */
export interface CommentRecords {
  addComment(comment: CommentRow): Promise<void>;
  /** The comment; it and its contact are locked until the unit ends. */
  comment(id: string): Promise<CommentRow | undefined>;
  /** Which of these ids comments have. */
  knownComments(ids: readonly string[]): Promise<Set<string>>;
  /** An approved comment, to be replied to; not locked. */
  approvedComment(id: string): Promise<CommentRow | undefined>;
  /** Keeps a comment as it is now; its version has grown by one. */
  updateComment(comment: CommentRow): Promise<void>;
  /** The newest of a person's comments that are in one of these states, at most `most`; of these the oldest first. */
  commentsIn<State extends CommentState>(
    contactId: string,
    states: readonly State[],
    most: number,
  ): Promise<(CommentRow & { state: State })[]>;
  /** How many of a person's comments the owner let through, and how many were spam. */
  commentsBy(contactId: string): Promise<{ approved: number; spam: number }>;
  /** Whether another comment or question has a text with this digest. */
  hasText(digest: string, otherThan: string): Promise<boolean>;
  /** The number of the next change of what is published. Other units wait for this one before they take theirs. */
  nextPublished(): Promise<number>;
  /** Ends the mails about replies to any comment of a person; false where there were none. */
  endReplies(contactId: string): Promise<boolean>;
  /** Deletes a person of whom there is nothing else than what nobody confirmed. */
  deleteIdleContact(id: string): Promise<void>;
  addQuestion(question: QuestionRow): Promise<void>;
  /** The question; it and its contact are locked until the unit ends. */
  question(id: string): Promise<QuestionRow | undefined>;
  updateQuestion(question: QuestionRow): Promise<void>;
  /** The same of a person's questions as `commentsIn` of comments. */
  questionsIn<State extends QuestionState>(
    contactId: string,
    states: readonly State[],
    most: number,
  ): Promise<(QuestionRow & { state: State })[]>;
  /** How many of each a person wrote. */
  questionsOf(contactId: string): Promise<number>;
  commentsOf(contactId: string): Promise<number>;
  /** The row of the outbox whose `dedupeKey` begins with `prefix` and comes last in byte order. */
  lastQueued(prefix: string): Promise<Pick<OutboxRow, 'state' | 'runAt'> | undefined>;
  /** Takes a row that was not sent yet out of the outbox. */
  unqueue(dedupeKey: string): Promise<void>;
}

/** A row's place in these lists. */
export type Place = Pick<CommentRow, 'changedAt' | 'id'>;

/** What the owner, the build and the worker read of comments and questions. */
export interface CommentReading {
  /** In the order in which they came to stand as they do; `since` in milliseconds since 1970. */
  comments(filter: {
    states?: readonly CommentState[] | undefined;
    entry?: string | undefined;
    since?: number | undefined;
  }): AsyncIterable<CommentRow>;
  questions(filter: {
    states?: readonly QuestionState[] | undefined;
    since?: number | undefined;
  }): AsyncIterable<QuestionRow>;
  /** Those in a state that came to stand so last, the last one first, before the row `before`; `most` of them. */
  newestComments(state: CommentState, most: number, before?: Place): Promise<CommentRow[]>;
  newestQuestions(state: QuestionState, most: number, before?: Place): Promise<QuestionRow[]>;
  /** How many are in each state; one that nothing is in is absent. */
  stateCounts(): Promise<{
    comments: Partial<Record<CommentState, number>>;
    questions: Partial<Record<QuestionState, number>>;
  }>;
  /** Those that are approved or deleted, oldest first; none in a store that was not brought to its newest form yet. */
  publishedComments(): Promise<CommentRow[]>;
  /** A number that grows with each change of those; undefined where there never was one. */
  commentsVersion(): Promise<number | undefined>;
}

/** What a comment becomes whose words go, as its author deleted it or was erased. */
export const deletedComment = {
  ...({ state: 'deleted', contactId: null, name: '', body: '', moment: null, reasons: '[]' } as const),
  ...{ repliesTextId: null, digest: '', shortenedAt: null },
} satisfies Partial<CommentRow>;
