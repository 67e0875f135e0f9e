import type { LeadSource, LeadState, SubscriptionStatus } from '#capture/store/tables.ts';

/** What owners do with leads: the part of the desk's door that is about them. Moments are milliseconds since 1970. */
export interface LeadDesk {
  /** A page of the list, by what an address asks for. */
  leads(query: LeadQuery, reader: LeadReader): Promise<LeadsOutcome>;
  /** A part of the list as lines of CSV, the first with their heading; `after` is where the part before it ended. */
  leadCsv(query: LeadQuery, after: string | undefined, reader: LeadReader): Promise<LeadCsvOutcome>;
  /** All that is kept of a lead's person. */
  lead(id: string, reader: LeadReader): Promise<LeadOutcome>;
  /** Changes a lead, unless it is not any more what was seen: then only the note is kept. */
  changeLead(id: string, change: LeadChange, reader: LeadReader): Promise<LeadChangeOutcome>;
  /** All that is kept of a lead's person, as JSON, for the person. */
  exportPerson(id: string, reader: LeadReader): Promise<{ kind: 'file'; json: string } | Absent>;
  /** Erases a lead's person, whose address has to be typed. */
  erasePerson(
    id: string,
    address: string,
    reader: LeadReader,
  ): Promise<{ kind: 'done' } | { kind: 'mistyped' } | Absent>;
  funnel(query: FunnelQuery): Promise<FunnelOutcome>;
  heard(query: Pick<FunnelQuery, 'weeks'>): Promise<HeardOutcome>;
}

/** Which of the owners asks. */
export interface LeadReader {
  /** The address. */
  owner: string;
  /** Whether they see the leads of all; otherwise their own and nobody's. */
  seesAll: boolean;
}

type Absent = { kind: 'gone' } | { kind: 'unavailable' };

/** What the address of the list asks for; what is none of the values that there are is as if it were not there. */
export interface LeadQuery {
  q?: string | undefined;
  source?: string | undefined;
  paper?: string | undefined;
  state?: string | undefined;
  /** `reads` or `not`. */
  newsletter?: string | undefined;
  partner?: string | undefined;
  /** The address of an owner, or `nobody`. */
  who?: string | undefined;
  /** So many days, or `always`. */
  since?: string | undefined;
  /** Where the page before ended. */
  after?: string | undefined;
}

export type LeadsOutcome = { kind: 'leads'; list: LeadList } | { kind: 'unavailable' };

export interface LeadList {
  /** The query, with what it left out and without what it got wrong. */
  query: Required<Record<Exclude<keyof LeadQuery, 'after'>, string>>;
  leads: LeadLine[];
  counts: Record<LeadState, number>;
  /** How many the query lets through. */
  total: number;
  /** The place of the first of the page, counted from 1. */
  from: number;
  /** The `after` of the next page. */
  next?: string | undefined;
  choices: LeadChoices;
}

/** What the filters can be set to. */
export interface LeadChoices {
  papers: { slug: string; title: string }[];
  partners: { slug: string; name: string }[];
  owners: LeadOwner[];
}

/** An owner as the desk shows them. */
export interface LeadOwner {
  email: string;
  name: string;
  side?: 'marketing' | 'sales' | 'both' | undefined;
}

/** A lead in a list. */
export interface LeadLine {
  id: string;
  email: string;
  name: string | null;
  company: string | null;
  paper: { slug: string; title: string; url?: string | undefined };
  sender: LeadSender;
  state: LeadState;
  clock: LeadClock;
  owner?: LeadOwner | undefined;
  newsletter: boolean;
}

/** What sent a lead; of what has left the site there is only the slug. */
export interface LeadSender {
  source: LeadSource;
  entry?: { id: string; title: string; url?: string | undefined; label?: string | undefined } | undefined;
  partner?: { slug: string; name: string } | undefined;
}

/** How long a lead has waited, or did wait, for the first answer, in milliseconds. */
export type LeadClock =
  | { kind: 'waits'; for: number; is: 'late' | 'soon' | 'in time' }
  | { kind: 'answered'; after: number }
  /** It needs none, or not yet. */
  | { kind: 'none' };

export type LeadCsvOutcome = { kind: 'part'; csv: string; next?: string | undefined } | { kind: 'unavailable' };

export type LeadOutcome = { kind: 'lead'; record: LeadRecordView } | Absent;

/** A lead and its person, as the desk shows them. */
export interface LeadRecordView {
  line: LeadLine;
  /** To be sent back with a change. */
  version: number;
  value: number | null;
  askedAt: number;
  confirmedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** Who answered first and who ended it, as far as that was noted. */
  answeredBy?: LeadOwner | undefined;
  endedBy?: LeadOwner | undefined;
  moments: LeadMoment[];
  /** The person's other leads. */
  others: LeadLine[];
  newsletter: { status: SubscriptionStatus; confirmedAt: number | null } | null;
  consents: { given: number; withdrawn: number };
  comments: number;
  questions: number;
  owners: LeadOwner[];
  /** For what the owner writes to the person. */
  mail: { from: string; series: string; address: string };
}

/** What happened, one thing: of the person what they sent, and what an owner did. */
export type LeadMoment = { at: number } & (
  | { kind: 'asked'; paper: LeadLine['paper']; sender: LeadSender; company: string | null }
  | { kind: 'confirmed'; purposes: string[] }
  | { kind: 'withdrew'; purposes: string[] }
  | { kind: 'downloaded'; paper: LeadLine['paper']; times: number }
  | { kind: 'commented'; id: string; entry: NonNullable<LeadSender['entry']>; state: string; moment: number | null }
  | { kind: 'asked hosts'; id: string; state: string; question: string }
  | { kind: 'mailed'; mail: string; isSent: boolean; error: string | null }
  | { kind: 'note'; by: LeadOwner; note: string }
  | { kind: 'assigned'; by: LeadOwner; to?: LeadOwner | undefined }
  | { kind: 'state'; by: LeadOwner; before: LeadState; after: LeadState; value: number | null }
);

/** What an owner does; what is left out stays as it is. */
export interface LeadChange {
  /** The version that the page showed. */
  seen: number;
  state?: Exclude<LeadState, 'unconfirmed'> | undefined;
  /** In hundredths, with `won`. */
  value?: number | null | undefined;
  /** The address of an owner; null for nobody. */
  owner?: string | null | undefined;
  note?: string | undefined;
}

export type LeadChangeOutcome =
  /** `did` has what was not so before. */
  | { kind: 'done'; did: ('state' | 'owner' | 'note')[] }
  /** Another was first: nothing of it was written but the note, if there was one. */
  | { kind: 'conflict'; last?: LeadMoment | undefined; isNoted: boolean }
  | { kind: 'refused'; why: 'unconfirmed' | 'no such owner' | 'long note' }
  | Absent;

/** What the address of the funnel asks for. */
export interface FunnelQuery {
  /** 4, 12 or 52. */
  weeks?: string | undefined;
  paper?: string | undefined;
  partner?: string | undefined;
}

export type FunnelOutcome = { kind: 'funnel'; funnel: FunnelView } | { kind: 'unavailable' };

/** A row of the funnel. */
export interface FunnelRow {
  views: number;
  submitted: number;
  confirmed: number;
  downloaded: number;
  answered: number;
  won: number;
  waiting: number;
  unwanted: number;
  /** In hundredths. */
  value: number;
  /** Leads of 100 views, with the range in which the true rate lies; absent under 5 leads. */
  rate?: { per100: number; low: number; high: number } | undefined;
}

export type Named<Row> = Row & { key: string; name: string; url?: string | undefined };

export interface FunnelView {
  weeks: number;
  paper: string;
  partner: string;
  since: number;
  until: number;
  timeZone: string;
  /** Within which time the owners mean to answer, in milliseconds. */
  answerWithin: number;
  total: FunnelRow;
  papers: Named<FunnelRow>[];
  entries: Named<FunnelRow>[];
  sources: Named<FunnelRow>[];
  partners: Named<FunnelRow>[];
  /** By the week of the request, the oldest first; `at` is its Monday, in UTC. The last one is not over. */
  byWeek: ({ at: number } & Pick<FunnelRow, 'views' | 'submitted' | 'confirmed' | 'downloaded' | 'answered' | 'won'>)[];
  answers: AnswerTimes;
  choices: Pick<LeadChoices, 'papers' | 'partners'>;
}

/** Of leads that want an answer; a quantile is absent where there is none of them. */
export interface AnswerTime {
  leads: number;
  answered: number;
  withinTarget: number;
  median?: number | 'not yet' | undefined;
  p90?: number | 'not yet' | undefined;
}

export interface AnswerTimes {
  all: AnswerTime & { waiting: number; longestWait?: number | undefined };
  /** From Monday to Sunday. */
  weekdays: AnswerTime[];
  /** By weekday, and by four hours of the day of the confirmation, in the series' time zone. */
  cells: AnswerTime[][];
}

export type HeardOutcome = { kind: 'heard'; heard: HeardView } | { kind: 'unavailable' };

/** Which episode led to which whitepaper. */
export interface HeardView {
  weeks: number;
  since: number;
  until: number;
  papers: { slug: string; title: string }[];
  episodes: (Named<FunnelRow> & { leadsByPaper: number[] })[];
}
