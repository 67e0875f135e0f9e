import type { AuditRow, DeskSessionRow, OutboxLane, OutboxRow, PasskeyRow, SignInRow } from './tables.ts';

/** What a unit of work may read and change of who is at the desk. */
export interface DeskRecords {
  addSignIn(signIn: SignInRow): Promise<void>;
  /** The link that signs in, locked until the unit ends. */
  signIn(id: string): Promise<SignInRow | undefined>;
  useSignIn(id: string, at: number): Promise<void>;
  addSession(session: DeskSessionRow): Promise<void>;
  /** The session whose cookie has this hash, or had it before it was rotated; locked until the unit ends. */
  deskSession(hash: string): Promise<DeskSessionRow | undefined>;
  updateSession(session: DeskSessionRow): Promise<void>;
  /** Ends a session, if it is this owner's where one is named; false where there is none. */
  endSession(id: string, owner?: string): Promise<boolean>;
  /** Ends all sessions of an owner but one. Returns how many. */
  endOtherSessions(owner: string, id: string): Promise<number>;
  /** False where a passkey with its id is known already; then nothing is added. */
  addPasskey(passkey: PasskeyRow): Promise<boolean>;
  /** The passkey, locked until the unit ends. */
  passkey(id: string): Promise<PasskeyRow | undefined>;
  usePasskey(id: string, counter: number, at: number): Promise<void>;
  /** False where the owner has none with this id. */
  deletePasskey(owner: string, id: string): Promise<boolean>;
}

/** What the desk reads. */
export interface DeskReading {
  /** The session whose cookie has this hash, or had it before it was rotated. */
  deskSession(hash: string): Promise<DeskSessionRow | undefined>;
  /** The sessions of an owner, or of all, the last seen first. */
  deskSessions(owner?: string): Promise<DeskSessionRow[]>;
  /** The passkeys of an owner, the oldest first. */
  passkeys(owner: string): Promise<PasskeyRow[]>;
  /** What was done, the newest first, before the entry `before`. */
  audit(most: number, before?: Pick<AuditRow, 'at' | 'id'>): Promise<AuditRow[]>;
  /** What is in the outbox and was not sent, by lane and state; what nothing is in is absent. */
  outboxTotals(): Promise<{ lane: OutboxLane; state: OutboxRow['state']; n: number }[]>;
  /** How many networks may send nothing now, as they have sent `most` forms in their window. */
  limitedNetworks(most: number, now: number): Promise<number>;
  /** How many leads wait for their first answer, and how many of them too long. */
  waitingLeads(filter: WaitingFilter): Promise<{ total: number; late: number }>;
}

export interface WaitingFilter {
  /** Only those that are this owner's, or nobody's; of all without. */
  owner?: string | undefined;
  /** Who has waited since then, or longer, is late, in milliseconds since 1970. */
  lateSince: number;
}
