import type {
  AuditRow,
  BounceRow,
  CommentRow,
  ConsentEventRow,
  ConsentTextRow,
  ContactRow,
  LeadEventRow,
  LeadRow,
  OutboxRow,
  QuestionRow,
  SubmissionRow,
  SubscriptionRow,
  SuppressionRow,
  TokenRow,
} from './tables.ts';

/** What the owner reads of one person. */
export interface PeopleReading {
  /**
   * All that is kept of an address, normalised, and of its HMACs: of who was erased, what stays. Undefined where there is
   * nothing.
   */
  personRecord(emailNorm: string, emailHmacs: readonly string[]): Promise<PersonRecord | undefined>;
}

/** All that is kept of a person by their contact; lists are oldest first. */
export interface ContactRecord {
  contact: ContactRow;
  leads: LeadRow[];
  leadEvents: LeadEventRow[];
  submissions: SubmissionRow[];
  consents: (ConsentEventRow & { wording: ConsentTextRow['body'] | null })[];
  subscriptions: SubscriptionRow[];
  tokens: TokenRow[];
  comments: CommentRow[];
  questions: QuestionRow[];
  /** Mails and events that wait, and those of the last month; later they are forgotten. */
  outbox: OutboxRow[];
  bounces: BounceRow[];
}

export interface PersonRecord {
  /** Undefined for who was erased, or never came. */
  kept: ContactRecord | undefined;
  /** Under each secret that the address was suppressed under. */
  suppressions: SuppressionRow[];
  audit: AuditRow[];
  /** The event that reports the erasure to a CRM, while it waits. */
  erasures: OutboxRow[];
}
