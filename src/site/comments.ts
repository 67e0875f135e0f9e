/** A comment as pages show it: plain text, never markup. */
export interface Comment extends Reply {
  /** Oldest first. */
  replies: Reply[];
}

/** What stands below a comment; there is one level of them. */
export interface Reply {
  id: string;
  name: string;
  /** Plain text with `\n` between its lines. */
  body: string;
  /** Of the episode, in seconds. */
  moment?: number;
  /** When its author confirmed it, or what an import says; ISO 8601. */
  at: string;
  /** The slug of the host who wrote it. */
  person?: string;
  /** An owner left words of it out. */
  isShortened?: true;
  /** Its author deleted it, and replies to it stay: its name and body are empty. */
  isDeleted?: true;
}

/** What was approved, by the id of its entry, `episodes/<slug>` or `posts/<slug>`; oldest first. */
export type CommentsOfEntries = Record<string, Comment[]>;

/** What was approved, as a build takes it. */
export interface ApprovedComments {
  comments: CommentsOfEntries;
  /** Another one after each change of them; undefined where nothing was ever approved. */
  version?: number | undefined;
}

/** A comment or question as its author finds it. */
export interface OwnText {
  kind: 'comment' | 'question';
  id: string;
  body: string;
  /** Of a question, the first name, if its author gave it. */
  name?: string | undefined;
  /** Of a question: the name of the host who is asked; absent where all are. */
  to?: string | undefined;
  /** Of a comment, as is all that follows: in seconds. */
  moment?: number | undefined;
  isReply?: boolean | undefined;
  /** The page that it was written on; without a title and address where that is not published any more. */
  entry?: { title?: string | undefined; url?: string | undefined } | undefined;
}

/** One that its author has to confirm; `version` is to be sent back with that. */
export type WaitingText = OwnText & { version: number };

/** One that was confirmed. */
export interface ConfirmedText extends OwnText {
  /** Of a comment; of a question. */
  state: 'pending' | 'approved' | 'rejected' | 'spam' | 'open' | 'answered' | 'closed';
  /** What its own link carries. */
  link: string;
}

/** The longest comment, question or answer that is taken, in characters. */
export const longestBody = 2000;

/** The longest first name, in characters. */
export const longestFirstName = 60;

/** For how long an author may edit what they confirmed, in minutes. */
export const editableMinutes = 10;

/** For how long the link works by which an owner decides, in days. */
export const decisionDays = 30;

/** The wordings that a reader agrees to, where the series has none of its own. */
export const repliesWording = (title: string) =>
  `E-mail me when someone replies to me on ${title}. One click in each of these mails ends them.`;
export const quoteWording = (title: string) =>
  `${title} may quote my question with my first name in an episode or a post.`;
