import type { CommentState, QuestionState, SubscriptionStatus, TokenKind } from '#capture/store/tables.ts';
import type { ConfirmedText, WaitingText } from '#site/comments.ts';
import type { Paper, Wordings } from '#site/contract.ts';
import type { SentIssue, SentIssues } from '#site/archive.ts';
import type { PartnerReport } from '#site/partner-report.ts';
import type { FieldErrors, FormFields, Values } from '#site/form-fields.ts';

/** What the site's forms and links can do: the door through which pages and the server reach this room. */
export interface Capture {
  /**
   * Takes one form from what the reader's network may send: undefined, in how many seconds it may again, or `uncounted`
   * where that cannot be kept now. To be asked before the form is read, so that a network that is refused costs nothing.
   */
  admit(visit: Visit): Promise<number | 'uncounted' | undefined>;
  requestWhitepaper(form: FormFields, visit: Visit): Promise<FormOutcome>;
  subscribe(form: FormFields, visit: Visit): Promise<FormOutcome>;
  /** What the link in a mail would do. Changes nothing: scanners of mail follow links. */
  look(token: string, kind: TokenKind): Promise<LinkOutcome>;
  /** Confirms the address and all that was asked for with it. A second time it answers the same. */
  confirm(token: string, visit: Visit): Promise<ConfirmOutcome>;
  /** The paper behind a link, and a use of the link where what is sent of it is a new download. */
  download(token: string, sent: SentPart): Promise<DownloadOutcome>;
  /** Ends the newsletter. As often as one likes (RFC 8058). */
  unsubscribe(token: string, visit: Visit): Promise<UnsubscribeOutcome>;
  /** Asks for the newsletter again, from the preferences page. */
  resubscribe(token: string, visit: Visit): Promise<UnsubscribeOutcome>;
  /** Mails the link that erases to the person whose preferences these are. */
  askErasure(token: string): Promise<UnsubscribeOutcome>;
  /** Erases the person, by the link of that mail. */
  eraseMe(token: string): Promise<UnsubscribeOutcome>;
  /** Sends a new link in place of an expired one. The answer never shows whether the address is known. */
  sendNewLink(form: FormFields, visit: Visit): Promise<FormOutcome>;
  /** What a partner's links have led to, by the secret link of the partner. Changes nothing. */
  partnerReport(token: string): Promise<PartnerReportOutcome>;
  /** A page of the issues of the newsletter that were sent, counted from 1. */
  archive(page: number): Promise<ArchiveOutcome>;
  /** The issue of an entry, as everybody may read it; `gone` before it goes out, and where an owner keeps it out. */
  sentIssue(entry: string): Promise<SentIssueOutcome>;
  /** Takes what a mail provider reports of mails that came back, by a request that the owner's secret signed. */
  takeHook(request: HookRequest): Promise<HookOutcome | { kind: 'unavailable' }>;
  /** Counts a view of a landing page; `query` is that of its address, which says what sent the reader. */
  countView(path: string, query: string): void;
  /** The wordings that forms show now. */
  consent: Wordings;
  /**
   * Takes a comment: `entry`, `parent` where it is a reply, `name`, `email`, `body`, `moment` (`12:30`), and `replies`, the
   * id of the wording beside the box. It waits for its author to confirm it.
   */
  comment(form: FormFields, visit: Visit): Promise<FormOutcome>;
  /** Takes a question: `to`, `question`, `first`, `email`, `quote` (the id of a wording), `page`. It waits the same way. */
  question(form: FormFields, visit: Visit): Promise<FormOutcome>;
  /** The approved comment that a reply is written to, for the page of its form. */
  lookParent(id: string): Promise<ParentOutcome>;
  /** A comment by the link of its author. Changes nothing. */
  lookComment(token: string): Promise<OwnCommentOutcome>;
  /**
   * Confirms what waits for its author, as the page of the link showed it: `seen` has the version of each by its id; without
   * it, that of the link alone. A second time the answer is how it stands.
   */
  confirmComment(token: string, visit: Visit, seen?: Readonly<Record<string, number>>): Promise<OwnCommentOutcome>;
  /** Changes its `name`, `body` and `moment`, for ten minutes from its confirmation. */
  editComment(token: string, form: FormFields): Promise<EditOutcome>;
  /** Deletes it for good; replies to it stay. */
  deleteComment(token: string): Promise<DeleteOutcome>;
  /** A question by the link of who asked it. Changes nothing. */
  lookQuestion(token: string): Promise<OwnQuestionOutcome>;
  confirmQuestion(token: string, visit: Visit, seen?: Readonly<Record<string, number>>): Promise<OwnQuestionOutcome>;
  /** Ends the mails about replies, by the link in each of them. As often as one likes (RFC 8058). */
  endReplies(token: string, visit: Visit): Promise<UnsubscribeOutcome>;
  /** A comment by the link that was mailed to the owner. Changes nothing. */
  lookDecision(token: string): Promise<DecisionOutcome>;
  /**
   * The owner's decision on a comment by that link, which works once: `seen` is the version that the page showed, and
   * `actor` who decides, for the record.
   */
  decide(token: string, decision: Decision, seen: number, actor: string): Promise<DecisionOutcome>;
}

/** Where a form or a click came from. */
export interface Visit {
  /** The address of the reader behind the trusted proxies. */
  ip: string;
  userAgent: string | undefined;
  /** The `Referer`, if the browser sent one. */
  referer: string | undefined;
  /** Set where the store could not count it: what comes with it cannot be kept either, and need not be tried. */
  isUncounted?: true;
}

/** What a mail provider's relay sent, as it came (Standard Webhooks 1.0). */
export interface HookRequest {
  id: string | undefined;
  /** Seconds since 1970. */
  timestamp: string | undefined;
  /** With spaces between. */
  signatures: string | undefined;
  body: Uint8Array;
}

/** What became of it; `recorded` are those events that were of a known mail or address, and new. */
export type HookOutcome =
  | { kind: 'taken'; events: number; recorded: number }
  | { kind: 'invalid'; what: string }
  | { kind: 'forged' }
  /** One with its id was taken before. */
  | { kind: 'repeated' }
  /** The owner has set no secret for it. */
  | { kind: 'no-hook' };

/** What became of a form. `accepted` is the same whoever the address belongs to. */
export type FormOutcome =
  | {
      kind: 'accepted';
      /** So many forms came that the mail has to wait for its turn, where nobody confirmed the address yet. */
      later?: true;
    }
  | { kind: 'invalid'; errors: FieldErrors; values: Values; paper?: Paper | undefined }
  /** A machine may have sent it: it is asked for once more, with a box to tick. Nothing of a person was kept. */
  | { kind: 'doubtful'; values: Values; paper?: Paper | undefined }
  | {
      kind: 'limited';
      retryAfterSeconds: number;
      values: Values;
      paper?: Paper | undefined;
      /** What the form has to bring back: solved, and then at once, or when the time is over. */
      challenge: string;
    }
  | { kind: 'unavailable'; values?: Values; paper?: Paper | undefined };

/** `gone` is one answer for a link that expired, was revoked or tampered with, or whose person was erased. */
export type LinkOutcome =
  | {
      kind: 'valid';
      /** The address, with all but its first letter and its domain hidden. */
      maskedEmail: string;
      paper?: Paper | undefined;
      /** Whether this link asks for the newsletter too. */
      asksNewsletter: boolean;
      /** The newsletter as it stands. */
      newsletter: SubscriptionStatus | undefined;
      /** Where the preferences of the same person are, for links that lead there. */
      preferences?: string | undefined;
    }
  | { kind: 'gone' }
  | { kind: 'unavailable' };

export type ConfirmOutcome =
  /** `download` is the token of the paper, if one was asked for. */
  | { kind: 'confirmed'; download?: string | undefined; newsletter: boolean }
  | { kind: 'gone' }
  | { kind: 'unavailable' };

/** What an answer sends of a paper: none of its bytes, its first one and perhaps more, or only such as come later. */
export type SentPart = 'nothing' | 'beginning' | 'later part';

export type DownloadOutcome = { kind: 'file'; paper: Paper; path: string } | { kind: 'gone' } | { kind: 'unavailable' };

export type UnsubscribeOutcome = { kind: 'done' } | { kind: 'gone' } | { kind: 'unavailable' };

/** `gone` where the owner ended the link, and where there is no such partner any more. */
export type PartnerReportOutcome =
  { kind: 'valid'; report: PartnerReport } | { kind: 'gone' } | { kind: 'unavailable' };

/** `gone` for a page that there is not. */
export type ArchiveOutcome = { kind: 'valid'; archive: SentIssues } | { kind: 'gone' } | { kind: 'unavailable' };

export type SentIssueOutcome = { kind: 'valid'; issue: SentIssue } | { kind: 'gone' } | { kind: 'unavailable' };

/** A comment as its author sees it. */
export interface OwnComment {
  id: string;
  state: CommentState;
  name: string;
  body: string;
  /** Of the episode, in seconds. */
  moment?: number | undefined;
  entry: EntryLink;
  /** Whether it is a reply to another comment. */
  isReply: boolean;
  /** Whether its author is mailed replies. */
  wantsReplies: boolean;
  /** Until when it can be edited, in milliseconds since 1970; absent where it cannot any more, or not yet. */
  editableUntil?: number | undefined;
}

/** The page that something was written on; without a title and address where that is not published any more. */
export interface EntryLink {
  id: string;
  title?: string | undefined;
  url?: string | undefined;
}

/** How a comment stands; `gone` also once it was deleted, or was not confirmed in two days. */
export type OwnCommentOutcome =
  | ({ kind: 'valid'; comment: OwnComment } & AllOwn)
  /** It had been unconfirmed or was confirmed before: the answer to both is the same. */
  | { kind: 'confirmed'; comment: OwnComment }
  | { kind: 'gone' }
  | { kind: 'unavailable' };

/** All that was sent under the address to which an own link was mailed. */
export interface AllOwn {
  /** What its author has to confirm, with the link's own where that is among it; oldest first. */
  waiting: WaitingText[];
  /** What was confirmed, but for the link's own; newest first, and as many as a page shows. */
  others: ConfirmedText[];
}

export type EditOutcome =
  | { kind: 'done'; comment: OwnComment }
  | { kind: 'invalid'; errors: FieldErrors; values: Values; comment: OwnComment }
  /** The ten minutes are over, or the owner decided against it. */
  | { kind: 'too-late'; values: Values; comment: OwnComment }
  | { kind: 'gone' }
  | { kind: 'unavailable'; values: Values };

export type DeleteOutcome = { kind: 'done'; entry: EntryLink } | { kind: 'gone' } | { kind: 'unavailable' };

/** `id` is the one to name in the form's `parent`. */
export type ParentOutcome =
  | { kind: 'valid'; parent: { id: string; name: string; body: string; entry: EntryLink } }
  | { kind: 'gone' }
  | { kind: 'unavailable' };

/** A question as who asked it sees it. */
export interface OwnQuestion {
  id: string;
  state: QuestionState;
  /** `both` or the slug of a host. */
  to: string;
  question: string;
  first?: string | undefined;
  mayQuote: boolean;
  /** How it was answered: by words, or in an entry. */
  answer?: string | undefined;
  answeredIn?: EntryLink | undefined;
}

export type OwnQuestionOutcome =
  | ({ kind: 'valid'; question: OwnQuestion } & AllOwn)
  | { kind: 'confirmed'; question: OwnQuestion }
  | { kind: 'gone' }
  | { kind: 'unavailable' };

export type Decision = 'approve' | 'reject' | 'spam';

/** A comment as the owner sees it. */
export interface ModeratedComment {
  id: string;
  state: CommentState;
  name: string;
  body: string;
  moment?: number | undefined;
  entry: EntryLink;
  /** What it replies to. */
  parent?: { name: string; body: string } | undefined;
  /** Why it waits, in words. */
  reasons: string[];
  /** To be sent back with a decision. */
  version: number;
  /** When it was confirmed, in milliseconds since 1970. */
  at: number;
  /** Who decided last, and when. */
  decided?: { by: string; at: number } | undefined;
  /** Whether an owner has shortened it. */
  isShortened?: true;
}

/** A question as the owner sees it. */
export interface AskedQuestion {
  id: string;
  state: QuestionState;
  /** `both` or the slug of a host. */
  to: string;
  question: string;
  first: string | null;
  /** Whether it may be quoted with the first name. */
  mayQuote: boolean;
  /** The path of the page that it was asked from. */
  page: string;
  /** What should be looked at, in words. */
  reasons: string[];
  version: number;
  /** When it was confirmed, in milliseconds since 1970. */
  at: number;
  answer: string | null;
  answeredIn: EntryLink | null;
  decided: { by: string; at: number } | null;
}

export type DecisionOutcome =
  | { kind: 'valid'; comment: ModeratedComment }
  | { kind: 'decided'; comment: ModeratedComment }
  /** Another decided before, or its author changed it: nothing was done, and this is what stands. */
  | { kind: 'conflict'; comment: ModeratedComment }
  | { kind: 'gone' }
  | { kind: 'unavailable' };
