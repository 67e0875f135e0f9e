import type { SubscriptionStatus, TokenKind } from '#capture/store/tables.ts';
import type { Paper, Wording } from '#site/contract.ts';
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
  /** Counts a view of a landing page; `from` is what its address says of the sender. */
  countView(path: string, from: string | undefined): void;
  /** The wordings that forms show now. */
  consent: { whitepaper: Wording; newsletter: Wording };
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
