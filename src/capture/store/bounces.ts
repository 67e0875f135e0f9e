import type { BounceKind, BounceRow, ContactRow, OutboxRow, SuppressionRow } from './tables.ts';

/** What a unit of work may read and change of mails that came back. */
export interface BounceRecords {
  /** A mail or event of the queue, while it is kept there; not locked. */
  queuedRow(id: string): Promise<OutboxRow | undefined>;
  /** False where it is known already; then nothing is added. */
  addBounce(bounce: BounceRow): Promise<boolean>;
  /** What came back from a person, the oldest first. */
  bouncesOf(contactId: string): Promise<BounceRow[]>;
  /**
   * Notes that the person is reached again: what came back until now suppresses nobody any more. Complaints stay, unless the
   * owner has `all` forgotten.
   */
  clearBounces(contactId: string, at: number, which?: 'all'): Promise<void>;
  /** Why nothing, or not everything, may be sent to an address: the strictest reason under any of its HMACs. */
  suppressionOf(emailHmacs: readonly string[]): Promise<SuppressionRow | undefined>;
}

/** What is read of them outside of a unit. */
export interface BounceReading {
  /** How many mails came back, by how; what none did is absent. */
  bounceTotals(): Promise<Partial<Record<BounceKind, number>>>;
  /** From how many people the mails of an issue came back, by how; what nobody did is absent. */
  issueBounces(entry: string): Promise<Partial<Record<BounceKind, number>>>;
  /** Whom an issue went to, in order of their ids, after the contact `after`; for as long as the queue keeps its mails. */
  issueRecipients(
    entry: string,
    filter: { became?: Became | undefined; after?: string | undefined; most: number },
  ): Promise<IssueRecipient[]>;
}

/**
 * What became of one mail of an issue: it waits, failed, came back for good or for now, was called spam, or was taken. Who
 * `left` has unsubscribed since.
 */
export const became = ['waiting', 'failed', 'bounced', 'soft', 'complained', 'left', 'got'] as const;
export type Became = (typeof became)[number];

export interface IssueRecipient extends Pick<ContactRow, 'id' | 'email' | 'name'> {
  became: Became;
  /** When it was sent last or is due, in milliseconds since 1970. */
  at: number;
  /** Of what came back (RFC 3463), where the other side said one. */
  status: string | null;
}
