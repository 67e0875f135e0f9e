import type {
  BounceRow,
  CommentRow,
  ConsentEventRow,
  ConsentTextRow,
  ContactRow,
  LeadEventRow,
  LeadRow,
  LeadSource,
  LeadState,
  OutboxRow,
  QuestionRow,
  SubmissionRow,
  SubscriptionRow,
  SubscriptionStatus,
  TokenRow,
} from './tables.ts';

/** What a unit of work may read and change of leads. */
export interface LeadRecords {
  /** Adds a lead; where the person asked for the same paper before, nothing is changed. */
  addLead(lead: LeadRow): Promise<void>;
  leadOf(contactId: string, asset: string): Promise<LeadRow | undefined>;
  /** The lead; it and its contact are locked until the unit ends. */
  lead(id: string): Promise<LeadRow | undefined>;
  updateLead(lead: LeadRow): Promise<void>;
  addLeadEvent(...events: LeadEventRow[]): Promise<void>;
  /** The last change of a lead's state or of who has it. */
  lastLeadChange(id: string): Promise<LeadEventRow | undefined>;
}

/** What the owner reads of leads. Of those whose person was erased, only totals. */
export interface LeadReading {
  /**
   * Those who wait first, the longest wait on top; then the others, the latest confirmation first; those who have not
   * confirmed only where the filter asks for them, the latest first. At most `most`, of those after `after`.
   */
  leadPage(filter: LeadListFilter, after: LeadCursor | undefined, most: number): Promise<ListedLead[]>;
  /** How many are in each state, whichever the filter asks for; one that nobody is in is absent. */
  leadCounts(filter: Omit<LeadListFilter, 'state'>): Promise<Partial<Record<LeadState, number>>>;
  leadRecord(id: string): Promise<LeadRecord | undefined>;
  /** The requests of a period, and how far each has come until now, by what they were for and what sent them. */
  cohort(filter: CohortFilter, clock: WeekClock): Promise<CohortGroup[]>;
  /** Views of the landing pages of whitepapers, by what was viewed and what sent the reader. */
  views(filter: ViewFilter): Promise<ViewTotal[]>;
  viewDays(filter: ViewFilter): Promise<{ day: string; n: number }[]>;
}

export interface LeadListFilter {
  /** Part of a name, a company or an address, in letters of any case. */
  text?: string | undefined;
  source?: LeadSource | undefined;
  /** The slug of a whitepaper. */
  asset?: string | undefined;
  state?: LeadState | undefined;
  /** Whether they read the newsletter. */
  newsletter?: boolean | undefined;
  partner?: string | undefined;
  /** The address of an owner; null for what nobody has. */
  assignedTo?: string | null | undefined;
  /** Only what this owner has, or nobody. */
  visibleTo?: string | undefined;
  /**
   * Confirmed, or where they have not, asked at or after this moment, in milliseconds since 1970. Who waits is listed
   * however long ago it was.
   */
  since?: number | undefined;
}

/** Where a page of the list ended. */
export interface LeadCursor {
  state: LeadState;
  confirmedAt: number | null;
  id: string;
}

/** A lead and whose it is. */
export interface ListedLead extends Omit<LeadRow, 'contactId'> {
  contactId: string;
  email: string;
  name: string | null;
  company: string | null;
  newsletter: SubscriptionStatus | null;
}

/** All that is kept of a lead's person. */
export interface LeadRecord {
  lead: LeadRow;
  contact: ContactRow;
  /** All leads of the person, with this one; oldest first. */
  leads: LeadRow[];
  /** Of this lead; oldest first, as all lists below. */
  events: LeadEventRow[];
  /** Of the person's other leads. */
  otherEvents: LeadEventRow[];
  submissions: SubmissionRow[];
  consents: (ConsentEventRow & { wording: ConsentTextRow['body'] | null })[];
  subscriptions: SubscriptionRow[];
  /** How often the paper of each submission was downloaded. */
  downloads: Pick<TokenRow, 'submissionId' | 'uses'>[];
  comments: CommentRow[];
  questions: QuestionRow[];
  /** Those of the last month; later they are forgotten. */
  mails: Pick<OutboxRow, 'id' | 'payload' | 'state' | 'runAt' | 'lastError'>[];
  bounces: BounceRow[];
}

/** The requests that were made from `since`, a Monday in UTC, on and before `until`, in milliseconds since 1970. */
export interface CohortFilter {
  since: number;
  until: number;
  asset?: string | undefined;
  partner?: string | undefined;
}

/** Those who asked for one paper and came from one place. */
export interface CohortGroup {
  asset: string;
  source: LeadSource;
  partner: string | null;
  fromEntry: string | null;
  /** Since when the first of those waits who wait for an answer, in milliseconds since 1970. */
  waitingSince: number | null;
  /** What the won ones brought, in hundredths. */
  value: number;
  leads: CohortLead[];
}

/** How far a request came. A person who asks for a paper again is one. */
export interface CohortLead {
  state: LeadState;
  isDownloaded: boolean;
  /** Weeks since that of the cohort's `since`. */
  week: number;
  /** The part of the week in which it was confirmed; 0, which begins with Monday, where it was not. */
  part: number;
  /**
   * From its confirmation to the first answer, in milliseconds; undefined where there was none. A clock that went back made no
   * wait of less than nothing.
   */
  wait: number | undefined;
}

/** A week that begins on Monday, by the clocks of a place, in so many parts of the same length. */
export interface WeekClock {
  parts: number;
  offsets: readonly ZoneOffset[];
}

/** What clocks are ahead of UTC, in milliseconds, at each moment before `until`, in milliseconds since 1970. */
export interface ZoneOffset {
  offset: number;
  until: number;
}

/** Days in UTC, `2026-01-15`, both counted in. */
export interface ViewFilter {
  since: string;
  until: string;
  /** The path of a landing page. */
  landing?: string | undefined;
  partner?: string | undefined;
}

export interface ViewTotal {
  landing: string;
  source: LeadSource;
  /** `''` where there is none. */
  partner: string;
  fromEntry: string;
  n: number;
}
