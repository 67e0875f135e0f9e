/** What a mail in the outbox is made of; it is written out when it is sent, so that no link is stored. */
export type MailPayload =
  /** Confirm the address, and what was asked for with it: the paper, the newsletter, or both. */
  | { mail: 'confirm'; token: string; preferences: string; asset?: string; newsletter: boolean; agreed?: Agreed }
  /** The paper for an address that was confirmed before. */
  | { mail: 'download'; token: string; asset: string }
  /** Erase the person, if it is they who asked. */
  | { mail: 'erase'; token: string }
  /** The newsletter was confirmed. */
  | { mail: 'welcome'; preferences: string }
  /** The address asked for the newsletter that it has. */
  | { mail: 'already-subscribed'; preferences: string }
  /** A new episode or post, or a digest of several; `entry` is the issue. */
  | { mail: 'issue'; entry: string; preferences: string }
  /** The same to an owner, by their id, before it goes to anybody. */
  | { mail: 'issue-test'; entry: string; owner: string }
  /** To an owner: the link that signs in to the desk, by its id. */
  | { mail: 'sign-in'; signIn: string }
  /** To an owner, by their id, or `''` for the address of the site's owner: what is wrong with the server when it is sent. */
  | { mail: 'alert'; owner: string }
  /** What they were mailed of is well again, as was noted at a moment, in milliseconds since 1970. */
  | { mail: 'all-well'; owner: string; at: number }
  | AboutComments;

/** Where somebody agreed who was brought in from another list: the day, `2024-03-13`, and the page or list. */
export interface Agreed {
  on: string;
  at: string;
}

/** Mails about comments and questions, by their ids; their words are read when the mail is sent. */
export type AboutComments =
  /** Asks for all that waits at the time; this one is what the link is of, while it does. */
  | { mail: 'confirm-comment'; comment: string; preferences: string }
  | { mail: 'confirm-question'; question: string; preferences: string }
  /** A question was confirmed, and `others` with it; they will be read. */
  | { mail: 'question-came'; question: string; others?: string[]; preferences: string }
  | { mail: 'question-answered'; question: string; preferences: string }
  /** `comment` was written in reply to one of the reader's. */
  | { mail: 'reply'; comment: string; preferences: string }
  /** To the owner: what waits, and what came after `since`, in milliseconds since 1970. */
  | { mail: 'moderation'; since: number };
