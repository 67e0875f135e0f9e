import type { AskedQuestion, EntryLink, FormOutcome, ModeratedComment, Visit } from '#capture/capture.ts';
import type { Became, IssueRecipient } from '#capture/store/bounces.ts';
import type { BounceKind, OutboxLane, OutboxRow, SubscriptionStatus } from '#capture/store/tables.ts';
import type { Capability, ConversationListName, DeskRole, DeskRoom } from '#site/desk.ts';
import type { FormFields } from '#site/form-fields.ts';
import type { FunnelView, HeardView, LeadCsv, LeadLine, LeadList, LeadRecordView } from '#site/lead-desk.ts';

/**
 * What the pages of the desk can do: the door through which they reach `capture/desk`. There is one where the environment
 * names owners.
 *
 * A page shows one view, and sends acts. Both have a name, a row in `desk/views.ts` or `desk/acts.ts` that says which
 * capability they take, and a type here; `desk/door.ts` asks for it, and nothing else does.
 */
export interface Desk {
  /** Mails the link that signs in, if the address is an owner's. The answer never shows whether it is. */
  askToSignIn(form: FormFields, visit: DeskVisit): Promise<FormOutcome & { browser: string }>;
  /** What the link would do. Changes nothing: scanners of mail follow links. */
  lookSignIn(token: string, visit: DeskVisit): Promise<SignInLook>;
  /** Signs in by the link of a mail, once, in the browser that asked for it. */
  signIn(token: string, visit: DeskVisit): Promise<SignInOutcome>;
  /** What a browser needs to sign in by a passkey: JSON of `PublicKeyCredentialRequestOptionsJSON`. */
  passkeyOptions(): Promise<string>;
  /** Signs in by a passkey: `response` is JSON of what the browser made of these options. */
  signInByPasskey(form: FormFields, visit: DeskVisit): Promise<SignInOutcome>;
  /** What a page shows. */
  see<Name extends ViewName>(name: Name, query: DeskQuery, visit: DeskVisit): Promise<Seen<Views[Name]>>;
  /** Does what a form of a page asks for. */
  act(form: FormFields, visit: DeskVisit): Promise<Acted>;
}

/** `session` and `browser` are the values of the desk's cookies: of who is signed in, and of who asked to be. */
export interface DeskVisit extends Visit {
  session?: string | undefined;
  browser?: string | undefined;
}

/** What stands behind the question mark of a page's address. */
export type DeskQuery = Readonly<Record<string, string | undefined>>;

export type SignInLook = { kind: 'valid'; email: string; role: DeskRole } | { kind: 'gone' } | { kind: 'unavailable' };
export type SignInOutcome = { kind: 'signed-in'; session: string } | { kind: 'gone' } | { kind: 'unavailable' };

/** What each view shows. */
export interface Views {
  today: Today;
  system: System;
  you: You;
  leads: LeadList;
  /** The lead that the query's `id` names. */
  lead: LeadRecordView;
  /** A part of the list, which begins where the query's `after` says. */
  'leads as CSV': LeadCsv;
  /** JSON of all that is kept of the person of the lead that the query's `id` names. */
  person: string;
  funnel: FunnelView;
  heard: HeardView;
  conversation: Conversation;
  /** The comment, the question, the issue that the query's `id` names. */
  comment: CommentPage;
  question: QuestionPage;
  newsletter: Newsletter;
  issue: IssuePage;
}
export type ViewName = keyof Views;

/** `session` is the new value of the cookie, where it was rotated. */
export type Seen<Shown> = { session?: string | undefined } & (
  | { kind: 'open'; frame: Frame; shown: Shown }
  /** The role of who asked may not see it. */
  | { kind: 'forbidden'; frame: Frame }
  /** What the address names is not there, or not any more. */
  | { kind: 'unknown'; frame: Frame }
  | { kind: 'signed-out' }
  | { kind: 'unavailable' }
);

/** What became of an act. `said` is one line for who did it. */
export type Acted = { session?: string | undefined } & (
  | { kind: 'done'; said: string }
  /** It is not any more as who sent this saw it: nothing was overwritten, and this is what stands. */
  | { kind: 'conflict'; said: string }
  /** A message for each field that has to be corrected, by its name. */
  | { kind: 'invalid'; errors: Readonly<Record<string, string>> }
  | { kind: 'forbidden' }
  /** What it was for is not there, or not any more. */
  | { kind: 'unknown' }
  /** The form was not one of this session: an old one, or not the desk's at all. */
  | { kind: 'forged' }
  | { kind: 'signed-out' }
  | { kind: 'unavailable' }
);

/** What every page of the desk has round it. */
export interface Frame {
  who: { name: string; email: string; role: DeskRole; person?: string | undefined };
  may: Capability[];
  /** Those that the role may enter, with how much waits in each. */
  rooms: (Pick<DeskRoom, 'name' | 'title' | 'url'> & { waiting: number })[];
  /** To be sent back with each act. */
  token: string;
  /** In milliseconds since 1970. */
  now: number;
}

/** Parts that the role may not see are absent. */
export interface Today {
  leads?: { leads: LeadLine[]; total: number; late: number; within: number } | undefined;
  said: { comments: ModeratedComment[]; moreComments: number; questions: WaitingQuestion[]; moreQuestions: number };
  failed?: { letters: DeadLetter[]; more: number } | undefined;
  last: Last;
}

export interface WaitingQuestion {
  id: string;
  /** The name of the host whom it is for; absent where it is for all. */
  to?: string | undefined;
  question: string;
  first: string | null;
  mayQuote: boolean;
  version: number;
  at: number;
}

/** One of the lists of what readers wrote; of `comments` and `questions` only one has any. */
export interface Conversation {
  list: ConversationListName;
  lists: { name: ConversationListName; title: string; count: number }[];
  /** How many are in the list that is shown. */
  total: number;
  comments: ModeratedComment[];
  questions: WaitingQuestion[];
  /** Where the list goes on. */
  older?: string | undefined;
}

export interface CommentPage {
  comment: ModeratedComment;
  /** As whom whoever looks may reply; empty where they may not. */
  hosts: { slug: string; name: string }[];
}

export interface QuestionPage {
  question: AskedQuestion;
  /** The name of the host whom it is for; absent where it is for all. */
  to?: string | undefined;
  /** Where it can be answered. */
  entries: { id: string; title: string }[];
}

export interface Newsletter {
  subscribers: Partial<Record<SubscriptionStatus, number>>;
  issues: IssueLine[];
  /** Those that were sent last, the newest first. */
  digests: IssueLine[];
  /** The one that is not sent: what it tells of now. */
  next: { line: IssueLine; titles: string[] };
  /** The entry at which the list goes on. */
  older?: string | undefined;
}

/** An entry that a digest may tell of. */
export interface DigestEntry {
  id: string;
  title: string;
}

/** An entry or a digest, and what became of its mail. Moments are milliseconds since 1970. */
export interface IssueLine {
  /** `episodes/<slug>`, `posts/<slug>` or `digest/<day>`. */
  entry: string;
  kind: 'episode' | 'post' | 'digest';
  title: string;
  label?: string | undefined;
  /** Of its entry's page; a digest has none. */
  url?: string | undefined;
  subject: string;
  /** When it is to go out. */
  sendAt?: number | undefined;
  /** When the first of it went. */
  begunAt?: number | undefined;
  /** Whether all of it is queued. */
  isQueued: boolean;
  /** How many mails are in each state, of those that the queue still knows. */
  totals?: Record<OutboxRow['state'], number> | undefined;
  /** How many left the newsletter in the week after. */
  left?: number | undefined;
  /** From how many people it came back, or who called it spam. */
  bounces?: Partial<Record<BounceKind, number>> | undefined;
  /** Since when it was paused. */
  pausedAt?: number | undefined;
  /** Since when it is kept out of the archive. */
  unlistedAt?: number | undefined;
  /** When the last of it will be sent at the pace of now, of what is on its way. */
  doneAt?: number | undefined;
}

export interface IssuePage {
  line: IssueLine;
  /** What was written in place of the usual subject, and above what the entry says of itself. */
  subject: string | null;
  opening: string | null;
  version: number;
  usualSubject: string;
  /** Of a digest: what it may tell of, and whether it does. */
  entries?: (DigestEntry & { isIn: boolean })[] | undefined;
  /** How many would get it. */
  subscribers: number;
  /** The mail as it would come. */
  mail: { subject: string; text: string } | undefined;
  /** In which a moment to send it is typed. */
  timeZone?: string | undefined;
  /** Whom it went to, of those whose mail the queue still knows; undefined before it was sent. */
  recipients?: { shown: IssueRecipient[]; became?: Became | undefined; older?: string | undefined } | undefined;
}

/** What is next, and what was last. Moments are milliseconds since 1970. */
export interface Last {
  due?: number | undefined;
  /** When the site that is served was built, and the newest entry in it. */
  built?: number | undefined;
  newest?: EntryLink | undefined;
  /** Whether comments were decided since, which the next build shows. */
  waitsForBuild: boolean;
  /** When the newest backup was written; null where the folder has none. */
  backup?: number | null | undefined;
  limited?: number | undefined;
}

export interface System {
  lanes: { lane: OutboxLane; totals: Partial<Record<OutboxRow['state'], number>> }[];
  /** Since when the oldest due mail or event waits. */
  oldestDue?: number | undefined;
  dead: { letters: DeadLetter[]; more: number };
  last: Last;
  sessions: OwnSession[];
  owners: { email: string; role: DeskRole; person?: string | undefined }[];
  audit: DoneEntry[];
  /** Where the list of these goes on. */
  older?: string | undefined;
  /** For how long what is kept, in days. */
  retention: { what: string; days: number }[];
}

export interface You {
  sessions: OwnSession[];
  passkeys: OwnPasskey[];
  /** JSON of `PublicKeyCredentialCreationOptionsJSON`. */
  options: string;
}

export interface OwnSession {
  id: string;
  email: string;
  browser: string;
  way: 'mail' | 'passkey';
  at: number;
  seenAt: number;
  isThis: boolean;
}

export interface OwnPasskey {
  id: string;
  name: string;
  at: number;
  usedAt: number | null;
}

/** What somebody saw or changed. */
export interface DoneEntry {
  id: string;
  actor: string;
  action: string;
  at: number;
}

/** A mail or webhook that failed for good: whoever it was for, by their first letter. */
export interface DeadLetter {
  id: string;
  kind: OutboxRow['kind'];
  /** Which mail or event: `confirm`, `lead.confirmed`. */
  what: string;
  /** With all but its first letter and its domain hidden; null for what went to nobody, or to someone erased. */
  to: string | null;
  /** When it was tried last, ISO 8601. */
  tried: string;
  attempts: number;
  /** Why it failed, as the other side said it, without addresses. */
  error: string;
}
