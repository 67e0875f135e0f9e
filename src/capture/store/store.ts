import type { AlertRecords } from './alerts.ts';
import type { BounceReading, BounceRecords } from './bounces.ts';
import type { CommentReading, CommentRecords } from './comments.ts';
import type { HeardCounts, HeardReading } from './heard.ts';
import type { IssueReading, IssueRecords } from './issues.ts';
import type { LeadReading, LeadRecords } from './leads.ts';
import type { DeskReading, DeskRecords } from './desk.ts';
import type { PartnerReading, PartnerRecords } from './partners.ts';
import type { PeopleReading } from './people.ts';
import type {
  AuditRow,
  ConsentEventRow,
  ConsentTextRow,
  ContactRow,
  FunnelDayRow,
  FunnelEvent,
  LeadRow,
  OutboxLane,
  OutboxRow,
  SubmissionRow,
  SubscriptionRow,
  SubscriptionStatus,
  SuppressionRow,
  Tables,
  TokenRow,
} from './tables.ts';

/**
 * Where everything that a person entrusted is kept. A method that resolves has made its change durable; one that
 * cannot throws `StoreUnavailable`.
 */
export interface Store {
  /**
   * Runs `work` as one unit: all of it is kept, or none. Work on the same contact is done one after the other. What it calls
   * of its records is done in that order, whether it is waited for or not; what is called together waits together.
   */
  transaction<T>(work: (records: Records) => Promise<T>): Promise<T>;
  outbox: Outbox;
  limits: LimitCounts;
  heard: HeardCounts;
  reading: Reading;
  /**
   * Deletes comments and questions that nobody confirmed before a moment, and people of whom there is nothing else.
   * Returns how many of those.
   */
  pruneUnconfirmed(before: number): Promise<number>;
  /**
   * Deletes the people who asked for a paper or the newsletter before a moment and never confirmed anything. Returns how many.
   */
  pruneRequests(before: number): Promise<number>;
  /**
   * Takes the network address and the browser out of consents from before a moment; the consents stay. Returns of how many.
   */
  pruneEvidence(before: number): Promise<number>;
  /**
   * Deletes links to the desk that have expired before a moment, sessions and passkeys of whoever is none of its `owners`
   * any more, sessions that nobody has used since `seen` or that began before `begun`, and what the audit has from before
   * `audited` but for erasures. Moments are milliseconds since 1970.
   */
  pruneDesk(keep: {
    owners: readonly string[];
    expired: number;
    seen: number;
    begun: number;
    audited: number;
  }): Promise<void>;
  /** Adds to the day's totals, many at once. */
  count(totals: readonly DayTotal[]): Promise<void>;
  /** Has `work` read all tables as they are at one moment, while others go on to write. */
  snapshot<T>(work: (reading: Reading) => Promise<T>): Promise<T>;
  /**
   * Brings the tables to their newest form, one server or command at a time; the names of what that took. Throws
   * `NewerDatabase`.
   */
  migrate(): Promise<string[]>;
  /** Makes all connections that there may be at once, as far as they are granted: the first readers do not wait for them. */
  connect(): Promise<void>;
  /** Reads and writes a row: rejects where forms could not be kept, on a full disk for instance. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What a unit of work may read and change. */
export interface Records
  extends CommentRecords, IssueRecords, LeadRecords, DeskRecords, PartnerRecords, AlertRecords, BounceRecords {
  /** Keeps other units from looking at the caps of a mailbox until this one ends. To be called before others lock. */
  lockMailbox(mailbox: string): Promise<void>;
  /**
   * The contact with this address; made when there is none. It is locked until the unit ends. A name and company that
   * are there stay.
   */
  contactFor(contact: ContactRow): Promise<ContactRow>;
  nameContact(id: string, name: string | null, company: string | null): Promise<void>;
  contact(id: string): Promise<ContactRow | undefined>;
  contactByAddress(emailNorm: string): Promise<ContactRow | undefined>;
  /**
   * Deletes the contact, and with it all but its submissions and leads, which stay without it and what was noted of it. Its
   * comments lose their words, and those that were shown keep their place for the replies to them.
   */
  deleteContact(id: string): Promise<void>;
  /** When and from where the person confirmed that the address is theirs, the last one first. */
  confirmations(contactId: string): Promise<Pick<ConsentEventRow, 'at' | 'ip'>[]>;
  subscription(contactId: string, topic: string): Promise<SubscriptionRow | undefined>;
  setSubscription(subscription: SubscriptionRow): Promise<void>;
  consentText(id: string): Promise<ConsentTextRow | undefined>;
  /** Keeps wordings, at least one; one that is known stays as it is. */
  keepConsentText(...texts: ConsentTextRow[]): Promise<void>;
  /** Adds events, at least one. */
  addConsentEvent(...events: ConsentEventRow[]): Promise<void>;
  consentEvents(contactId: string): Promise<ConsentEventRow[]>;
  /** False when a submission with its `dedupeKey` is there already; then nothing is added. */
  addSubmission(submission: SubmissionRow): Promise<boolean>;
  submission(id: string): Promise<SubmissionRow | undefined>;
  submissionsOf(contactId: string): Promise<SubmissionRow[]>;
  /** Adds tokens, at least one. */
  addToken(...tokens: TokenRow[]): Promise<void>;
  /** The token, locked until the unit ends. */
  token(id: string): Promise<TokenRow | undefined>;
  addUse(tokenId: string): Promise<void>;
  /** False when a row with its `dedupeKey` is there already; then nothing is added. */
  enqueue(row: OutboxRow): Promise<boolean>;
  /** The mails with a `dedupeKey` that begins with `prefix`, due since `since`, for the caps of a mailbox. */
  mailsTo(mailbox: string, prefix: string, since: number): Promise<Pick<OutboxRow, 'dedupeKey' | 'runAt'>[]>;
  /** Takes one of what a window has, if the unit is kept. */
  take(key: string, window: Window, now: number): Promise<Taken>;
  suppress(suppression: SuppressionRow): Promise<void>;
  unsuppress(emailHmac: string): Promise<void>;
  /** Adds one to each of a day's totals. */
  count(...totals: Omit<DayTotal, 'n'>[]): Promise<void>;
  addAudit(entry: AuditRow): Promise<void>;
  /** Adds rows as they are, many at once; only into a store that has none. */
  insert<Name extends keyof Tables>(table: Name, rows: readonly Tables[Name][]): Promise<void>;
  /** Deletes all rows of a table, to which those of no other may refer. */
  clear(table: keyof Tables): Promise<void>;
}

/** The queue of mails and webhooks. */
export interface Outbox {
  /**
   * Takes up to `limit` rows of a lane and adds one to their attempts: those that are due, in order of `runAt`, and of
   * the leases that have `lapsed`, those that are still the same. Until when they are held is noted for the owner; a
   * lease ends when a worker says that it has lapsed.
   */
  lease(
    lane: OutboxLane,
    limit: number,
    now: number,
    leaseUntil: number,
    lapsed?: readonly Lease[],
  ): Promise<OutboxRow[]>;
  /** The leases of a lane, whoever holds them. */
  leases(lane: OutboxLane): Promise<Lease[]>;
  /** Marks a row as done, if this lease is still the one that holds. */
  finish(lease: Lease): Promise<void>;
  retry(lease: Lease, runAt: number, error: string): Promise<void>;
  /** Keeps what failed for good, for the owner to see and try again. */
  bury(lease: Lease, error: string): Promise<void>;
  /** Those, the first tried last; `most` of them. */
  dead(most?: number): Promise<OutboxRow[]>;
  /** How many those are. */
  deadCount(): Promise<number>;
  /** Puts dead letters back into the queue with no attempts; all of them without `ids`. Returns how many. */
  revive(runAt: number, ids?: readonly string[]): Promise<number>;
  /** Deletes dead letters. Returns how many. */
  discard(ids: readonly string[]): Promise<number>;
  /** Since when the oldest due row waits, of one lane or of all, in milliseconds since 1970. */
  oldestDue(now: number, lane?: OutboxLane): Promise<number | undefined>;
  /** The moment at which the next row of a lane is due that nobody holds. */
  nextDue(lane: OutboxLane): Promise<number | undefined>;
  /** How many rows with a `dedupeKey` that begins with `prefix` are in each state. */
  progress(prefix: string): Promise<Record<OutboxRow['state'], number>>;
  /** Deletes what was done before `before` (by the time in its id). */
  prune(before: number): Promise<number>;
  /** Deletes dead letters that were tried last before `before`. Returns how many. */
  pruneDead(before: number): Promise<number>;
}

/** A row that is held: each time that it is taken it has one attempt more, by which a lease is known. */
export type Lease = Pick<OutboxRow, 'id' | 'attempts'>;

/**
 * What limits count, shared by all processes; a crash of the database's machine may lose its last second. Keys have nothing of a person in them, or an HMAC. Moments are milliseconds
 * since 1970.
 */
export interface LimitCounts {
  /** Takes one of what a window has; the first one begins it. */
  take(key: string, window: Window, now: number): Promise<Taken>;
  /** How many were taken in the window that is open. */
  taken(key: string, now: number): Promise<number>;
  /** Microseconds of work that wait under a key: each second works off one of a million. */
  load(key: string, now: number): Promise<number>;
  /** Adds to that, and returns what waits now. */
  addLoad(key: string, load: number, now: number): Promise<number>;
  /** Forgets what was over before a moment. */
  prune(before: number): Promise<void>;
}

/** So many in so long. */
export interface Window {
  most: number;
  milliseconds: number;
}

/** `n` of the window are taken now; `wait` is how long it is until the next one, in milliseconds. */
export type Taken = { kind: 'taken'; n: number } | { kind: 'refused'; wait: number };

/** What the owner's commands read; long lists are streamed. */
export interface Reading
  extends
    CommentReading,
    IssueReading,
    LeadReading,
    DeskReading,
    PartnerReading,
    PeopleReading,
    HeardReading,
    BounceReading {
  leads(filter: LeadFilter): AsyncIterable<Lead>;
  /** Confirmed subscribers of a topic, in order of their ids, after the contact `after`. */
  subscribers(topic: string, after?: string): AsyncIterable<ContactRow>;
  funnel(filter: { since?: string | undefined; until?: string | undefined }): Promise<FunnelTotal[]>;
  counts(): Promise<Record<keyof Tables, number>>;
  /** Every row of a table in order of its key, for moving from one store to another. */
  rows<Name extends keyof Tables>(table: Name): AsyncIterable<Tables[Name]>;
}

export interface LeadFilter {
  /** A whitepaper's slug. */
  asset?: string | undefined;
  /** First seen at or after, in milliseconds since 1970. */
  since?: number | undefined;
  status?: LeadStatus | undefined;
}

/** `confirmed` once the person confirmed that the address is theirs. */
export const leadStatuses = ['pending', 'confirmed'] as const;
export type LeadStatus = (typeof leadStatuses)[number];

/** A person as the owner sees them. */
export interface Lead {
  contactId: string;
  email: string;
  name: string | null;
  company: string | null;
  createdAt: number;
  status: LeadStatus;
  newsletter: SubscriptionStatus | null;
  /** Where mail to them came back so that none is sent, or they called the newsletter spam. */
  mail: 'bounced' | 'complained' | null;
  /** Slugs of the whitepapers asked for, in order of time. */
  assets: string[];
  /** How each of them stands, in the same order. */
  leads: Pick<LeadRow, 'asset' | 'state' | 'value' | 'assignedTo' | 'partner'>[];
  /** The entry that sent the reader first. */
  fromEntry: string | null;
  /** JSON of the first submission's utm parameters. */
  utm: string;
  lastAt: number;
}

/** What was counted in a day, whichever rows of the table it is in. */
export type DayTotal = Omit<FunnelDayRow, 'shard'>;

export interface FunnelTotal {
  landing: string;
  fromEntry: string;
  event: FunnelEvent;
  n: number;
}

/** The store cannot keep anything now: a full disk, a lock, a server that is away. The reader is shown that. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** What work with the store comes to; `unavailable` where it ends by the store being away. */
export async function unlessUnavailable<Outcome>(
  work: () => Promise<Outcome>,
): Promise<Outcome | { kind: 'unavailable' }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailable) return { kind: 'unavailable' };
    throw error;
  }
}

/** The database was written by a newer version of this software, which this one must not touch. */
export class NewerDatabase extends Error {
  override name = 'NewerDatabase';
}
