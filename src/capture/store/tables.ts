/**
 * The tables, the same on SQLite and PostgreSQL: ids are UUIDv7 text unless said otherwise, moments are milliseconds
 * since 1970 as BIGINT, structured values are JSON as TEXT. Column names are these in snake_case.
 */
export interface Tables {
  contact: ContactRow;
  subscription: SubscriptionRow;
  consentText: ConsentTextRow;
  consentEvent: ConsentEventRow;
  submission: SubmissionRow;
  token: TokenRow;
  outbox: OutboxRow;
  suppression: SuppressionRow;
  funnelDay: FunnelDayRow;
  audit: AuditRow;
  comment: CommentRow;
  question: QuestionRow;
  lead: LeadRow;
  leadEvent: LeadEventRow;
  signIn: SignInRow;
  deskSession: DeskSessionRow;
  passkey: PasskeyRow;
  issue: IssueRow;
  partnerLink: PartnerLinkRow;
  alert: AlertRow;
  heardDay: HeardDayRow;
  bounce: BounceRow;
}

export interface ContactRow {
  id: string;
  /** As the person wrote it: what mail is sent to. */
  email: string;
  /** Two addresses with the same are one: unique. */
  emailNorm: string;
  /** Addresses with the same reach one person, as far as providers say: for caps alone. */
  mailbox: string;
  /** What the person typed who confirmed the address; until then, what the first form said. */
  name: string | null;
  company: string | null;
  createdAt: number;
}

export const subscriptionStatuses = ['pending', 'confirmed', 'unsubscribed', 'bounced'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** The only topic there is today. */
export const newsletterTopic = 'newsletter';

/** One for each contact and topic. */
export interface SubscriptionRow {
  contactId: string;
  topic: string;
  status: SubscriptionStatus;
  confirmedAt: number | null;
}

/** A wording that people agreed to; never changed, so that a consent can be proved. */
export interface ConsentTextRow {
  /** SHA-256 of the body, in hex. */
  id: string;
  locale: string;
  body: string;
}

export const consentActions = ['given', 'confirmed', 'withdrawn'] as const;
export const purposes = ['whitepaper', 'newsletter', 'comment', 'question', 'replies', 'quote'] as const;
export type Purpose = (typeof purposes)[number];

/** Append-only, but for `ip` and `ua`, which go in time: what a contact agreed to, confirmed or took back, and where. */
export interface ConsentEventRow {
  id: string;
  contactId: string;
  purpose: Purpose;
  action: (typeof consentActions)[number];
  textId: string | null;
  /** What the form said beside it, of whoever typed it. */
  name: string | null;
  company: string | null;
  sourceUrl: string;
  ip: string | null;
  ua: string | null;
  at: number;
}

/**
 * What became of a form: `accepted` put a mail into the outbox; `capped` came too soon after other mails to the same
 * address; `suppressed` was for an address that must not be written to; `honeypot` was sent by a machine.
 */
export const verdicts = ['accepted', 'capped', 'suppressed', 'honeypot'] as const;
export type Verdict = (typeof verdicts)[number];

export interface SubmissionRow {
  id: string;
  contactId: string | null;
  /** The slug of the whitepaper, or null for the newsletter. */
  asset: string | null;
  /** The path of the page whose form was sent. */
  landing: string;
  /** The slug of the entry that sent the reader there, `episodes/<slug>` or `posts/<slug>`. */
  fromEntry: string | null;
  /** The slug of the partner whose link led there. */
  partner: string | null;
  /** JSON of the utm_* parameters, `{}` without any. */
  utm: string;
  verdict: Verdict;
  /** A form sent twice by a double click is one submission. */
  dedupeKey: string | null;
  at: number;
}

/**
 * What a link may do: `confirm` an address (and what was asked for with it), `download` a paper, change `preferences`
 * (and unsubscribe), `erase` the person.
 */
export const tokenKinds = ['confirm', 'download', 'preferences', 'erase'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** The half of a token that is kept; the other half is its HMAC, which nobody stores. */
export interface TokenRow {
  id: string;
  kind: TokenKind;
  contactId: string;
  submissionId: string | null;
  /** Which secret signed it. */
  keyId: string;
  expiresAt: number | null;
  uses: number;
  maxUses: number | null;
  revokedAt: number | null;
}

export const outboxKinds = ['mail', 'webhook'] as const;
export type OutboxKind = (typeof outboxKinds)[number];
/** What waits in one lane does not wait for the others: answers to readers, the newsletter's issues, events for a CRM. */
export const outboxLanes = ['answer', 'issue', 'webhook'] as const;
export type OutboxLane = (typeof outboxLanes)[number];
export const outboxStates = ['ready', 'leased', 'done', 'dead'] as const;

export interface OutboxRow {
  id: string;
  kind: OutboxKind;
  lane: OutboxLane;
  dedupeKey: string;
  contactId: string | null;
  /** JSON: a `MailPayload` or a `WebhookPayload`. */
  payload: string;
  state: (typeof outboxStates)[number];
  attempts: number;
  runAt: number;
  leaseUntil: number | null;
  lastError: string | null;
}

export interface SuppressionRow {
  /** HMAC-SHA-256 of the normalised address, in hex: it recognises the address and does not reveal it. */
  emailHmac: string;
  reason: 'erased' | 'bounced' | 'complained';
  at: number;
}

/**
 * What sent a reader to a form, as far as the address of the page says: the link of a partner, else that of an episode or a
 * post, else one that is marked as the newsletter's (`utm_medium=email`) or another's (`utm_source`).
 */
export const leadSources = ['episode', 'post', 'partner', 'newsletter', 'other', 'unknown'] as const;
export type LeadSource = (typeof leadSources)[number];

export const funnelEvents = ['view', 'submit', 'confirm', 'download'] as const;
export type FunnelEvent = (typeof funnelEvents)[number];

/** Totals, with nothing of a person. */
export interface FunnelDayRow {
  /** UTC, `2026-01-15`. */
  day: string;
  /** The path of a landing page, `/whitepapers/<slug>/`, or `/newsletter/` for the newsletter. */
  landing: string;
  /** `''` where no entry sent the reader. */
  fromEntry: string;
  source: LeadSource;
  /** The slug of the partner whose link led there, `''` without one. */
  partner: string;
  event: FunnelEvent;
  /** One of several rows of the same total, so that those who add to it at once do not wait for each other. */
  shard: number;
  n: number;
}

export interface AuditRow {
  id: string;
  actor: string;
  action: string;
  subjectHmac: string | null;
  at: number;
}

/**
 * What became of a comment: its author has not confirmed it; it waits for the owner; it is shown; the owner decided against
 * it; its author deleted it, or was erased.
 */
export const commentStates = ['unconfirmed', 'pending', 'approved', 'spam', 'rejected', 'deleted'] as const;
export type CommentState = (typeof commentStates)[number];

export interface CommentRow {
  id: string;
  /** `episodes/<slug>` or `posts/<slug>`. */
  entry: string;
  /** The comment that its thread begins with, where it is a reply. */
  parentId: string | null;
  /** The comment that it was written to: that one, or a reply to it. */
  answersId: string | null;
  /** Null for what the owner imported or wrote, and for what was deleted. */
  contactId: string | null;
  name: string;
  body: string;
  /** Of the episode, in seconds. */
  moment: number | null;
  state: CommentState;
  /** JSON of what the owner should look at, as codes. */
  reasons: string;
  /** The wording by which its author asked for mails about replies; null where they did not, or not any more. */
  repliesTextId: string | null;
  /** Grows with each change, so that nobody decides on what they have not seen. */
  version: number;
  /** The slug of the host who wrote it. */
  person: string | null;
  source: 'form' | 'import' | 'host';
  /** Of its text, to find the same one again; '' once it was deleted. */
  digest: string;
  /** When it was sent, or what an import says. */
  at: number;
  confirmedAt: number | null;
  /** When its present version came; of one that waits for its author, when the mail that asks them is due. */
  changedAt: number;
  decidedAt: number | null;
  decidedBy: string | null;
  /** When an owner shortened it last; null for the words as its author wrote them. */
  shortenedAt: number | null;
  /** Counts the changes of what is published in the whole table: the last one that concerned it; null before any did. */
  published: number | null;
}

export const questionStates = ['unconfirmed', 'open', 'answered', 'spam', 'closed'] as const;
export type QuestionState = (typeof questionStates)[number];

export interface QuestionRow {
  id: string;
  /** `both` or the slug of a host. */
  recipient: string;
  contactId: string;
  firstName: string | null;
  body: string;
  /** The wording by which its author lets it be quoted. */
  quoteTextId: string | null;
  /** The path of the page that it was asked from. */
  page: string;
  state: QuestionState;
  reasons: string;
  version: number;
  digest: string;
  answer: string | null;
  /** The entry that answers it. */
  answeredIn: string | null;
  at: number;
  confirmedAt: number | null;
  changedAt: number;
  decidedAt: number | null;
  decidedBy: string | null;
}

/**
 * How a person stands who asked for a whitepaper: they have not confirmed their address, or wait for a first answer, were
 * answered, became a customer, did not, or want no answer.
 */
export const leadStates = ['unconfirmed', 'waiting', 'answered', 'won', 'lost', 'unwanted'] as const;
export type LeadState = (typeof leadStates)[number];

/** One person and one whitepaper: one lead, however often they ask. Of who was erased it stays, without anything of them. */
export interface LeadRow {
  /** That of the submission that it began with. */
  id: string;
  contactId: string | null;
  /** The slug of the whitepaper. */
  asset: string;
  /** Of the submission that was confirmed first; until then, of the first one. */
  fromEntry: string | null;
  partner: string | null;
  source: LeadSource;
  askedAt: number;
  confirmedAt: number | null;
  /** The first download. */
  downloadedAt: number | null;
  /** The first answer. */
  answeredAt: number | null;
  /** When it was won or lost. */
  endedAt: number | null;
  state: LeadState;
  /** What it brought, in hundredths of the owner's currency. */
  value: number | null;
  /** Which of the owners has it, by their address. */
  assignedTo: string | null;
  /** Grows with each change, so that nobody decides on what they have not seen. */
  version: number;
  changedAt: number;
}

export const leadEventKinds = ['state', 'assignment', 'note'] as const;
export type LeadEventKind = (typeof leadEventKinds)[number];

/** Append-only: who did what to a lead, and what they noted. It goes with the person. */
export interface LeadEventRow {
  id: string;
  leadId: string;
  contactId: string;
  /** The address of the owner. */
  actor: string;
  kind: LeadEventKind;
  /** The state, or who had it. */
  before: string | null;
  after: string | null;
  value: number | null;
  note: string | null;
  at: number;
}

/** A link that signs in to the desk, once. An `owner` is known by their address, normalised. */
export interface SignInRow {
  id: string;
  owner: string;
  /** SHA-256 in hex of the cookie of the browser that asked: only there the link works. */
  browserHash: string;
  at: number;
  expiresAt: number;
  usedAt: number | null;
}

/** A browser that is signed in to the desk. */
export interface DeskSessionRow {
  id: string;
  owner: string;
  /** SHA-256 in hex of its cookie, which is kept nowhere. */
  hash: string;
  /** The one before: of the cookie that this one takes the place of. */
  formerHash: string | null;
  /** Until when the former one still holds; null while the new one was not seen yet, as its answer may be lost. */
  formerUntil: number | null;
  way: 'mail' | 'passkey';
  /** "Firefox on Windows". */
  browser: string;
  at: number;
  rotatedAt: number;
  seenAt: number;
}

/** A passkey (WebAuthn Level 3), by the id of its credential. */
export interface PasskeyRow {
  /** In base64url. */
  id: string;
  owner: string;
  /** COSE, in base64url. */
  publicKey: string;
  counter: number;
  /** JSON: how a browser may reach it. */
  transports: string;
  /** What its owner calls it. */
  name: string;
  at: number;
  usedAt: number | null;
}

/** What is written to subscribers about an entry, or several: one for each that somebody wrote, planned or sent. */
export interface IssueRow {
  /** `episodes/<slug>` or `posts/<slug>`, or `digest/<day>`. */
  entry: string;
  /** JSON: the ids of a digest's entries, the newest first; null for the issue of one. */
  entries: string | null;
  /** In place of the entry's title. */
  subject: string | null;
  /** Paragraphs above what the entry says of itself. */
  opening: string | null;
  /** When it is to go out; null where nobody said so. */
  sendAt: number | null;
  /** When the first of it was queued. */
  begunAt: number | null;
  /** When all of it was. */
  queuedAt: number | null;
  /** Since when an owner has it wait, between its first mail and its last; null while it goes on. */
  pausedAt: number | null;
  /** Since when an owner keeps it out of the archive of sent issues; null where it is in there once it goes out. */
  unlistedAt: number | null;
  version: number;
  changedAt: number;
  /** An owner's id, or `owner` for the command. */
  changedBy: string;
}

/** A link by which a partner sees what its links have led to; of one partner one works at a time. */
export interface PartnerLinkRow {
  id: string;
  /** The slug of the partner. */
  partner: string;
  at: number;
  revokedAt: number | null;
}

/**
 * What can be wrong with a server: mail that was given up, a queue that waits, a full disk, a build that failed or could not be
 * served, a backup that is too old, a mail server that takes nothing.
 */
export const alertKinds = ['dead-letters', 'queue', 'disk', 'build', 'backup', 'mail-server'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** The last time that something of a kind was wrong, for all processes. */
export interface AlertRow {
  kind: AlertKind;
  /** What was seen last, and how to fix it, in words. */
  what: string;
  fix: string;
  since: number;
  seenAt: number;
  /** Null while it is wrong. */
  endedAt: number | null;
  /** When the owners were mailed of it last, and when they were mailed last that all is well again. */
  mailedAt: number | null;
  wellAt: number | null;
}

/** How a recording was heard: an app fetched it, a browser played it, or a browser saved it. */
export const heardKinds = ['app', 'player', 'download'] as const;
export type HeardKind = (typeof heardKinds)[number];

/** How many heard an entry in a day, or how often its page was opened (`read`), with nothing of a person. */
export interface HeardDayRow {
  /** UTC, `2026-01-15`. */
  day: string;
  /** `episodes/<slug>` or `posts/<slug>`. */
  entry: string;
  kind: HeardKind | 'read';
  n: number;
}

/**
 * What a mail server, or a provider, said of a mail: the mailbox does not take mail (`hard`), does not now (`soft`), the mail was
 * refused for something that is not the mailbox's (`blocked`), or its reader called it spam (`complaint`).
 */
export const bounceKinds = ['hard', 'soft', 'blocked', 'complaint'] as const;
export type BounceKind = (typeof bounceKinds)[number];

/** How it was said: at once by the server that the mail was handed to, by a report that was mailed back, by a provider. */
export const bounceWays = ['smtp', 'report', 'provider'] as const;
export type BounceWay = (typeof bounceWays)[number];

/** A mail that came back from a person; one for each mail and kind. It goes with the person. */
export interface BounceRow {
  /** Made of the mail and the kind, so that what is said again is known. */
  id: string;
  contactId: string;
  /** The id of the mail in the queue, which forgets it in time; null where a provider named only the address. */
  mailId: string | null;
  /** The entry, where the mail was an issue of the newsletter. */
  entry: string | null;
  kind: BounceKind;
  /** The enhanced status (RFC 3463), or the reply code of SMTP, as it was said; null where there was none. */
  status: string | null;
  way: BounceWay;
  /** 1 where this one is why the address was suppressed. */
  suppressed: number;
  /** When the person was reached again since. */
  clearedAt: number | null;
  at: number;
}
