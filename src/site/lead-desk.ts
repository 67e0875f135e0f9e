/** How a person stands who asked for a whitepaper. */
export type LeadState = 'unconfirmed' | 'waiting' | 'answered' | 'won' | 'lost' | 'unwanted';
/** What sent a reader to a form. */
export type LeadSource = 'episode' | 'post' | 'partner' | 'newsletter' | 'other' | 'unknown';

export const leadStateNames: Readonly<Record<LeadState, string>> = {
  ...{ unconfirmed: 'Not confirmed', waiting: 'Waiting', answered: 'Answered' },
  ...{ won: 'Won', lost: 'Lost', unwanted: 'Wants no answer' },
};

export const leadSourceNames: Readonly<Record<LeadSource, string>> = {
  ...{ episode: 'Episodes', post: 'Posts', partner: 'Partner links', newsletter: 'Newsletter' },
  ...{ other: 'Other sites', unknown: 'Not known' },
};

/** Which of the owners asks. */
export interface LeadReader {
  /** The address, normalised. */
  owner: string;
  /** Whether they see the leads of all; otherwise their own and nobody's. */
  seesAll: boolean;
}

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

/** A part of the list as lines of CSV; `next` is where it goes on. */
export interface LeadCsv {
  csv: string;
  next?: string | undefined;
}

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
  newsletter: { status: string; confirmedAt: number | null } | null;
  consents: { given: number; withdrawn: number };
  comments: number;
  questions: number;
  owners: LeadOwner[];
  /** Who looks at it, by their address. */
  reader: string;
  /** For what the owner writes to the person. */
  mail: { from: string; series: string };
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
  /** A mail came back, or was called spam; `status` is what a server said (RFC 3463). */
  | { kind: 'returned'; how: 'hard' | 'soft' | 'blocked' | 'complaint'; status: string | null; isLast: boolean }
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
  | { kind: 'gone' };

/** What the address of the funnel asks for. */
export interface FunnelQuery {
  /** 4, 12 or 52. */
  weeks?: string | undefined;
  paper?: string | undefined;
  partner?: string | undefined;
}

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

/** Which episode led to which whitepaper. */
export interface HeardView {
  weeks: number;
  since: number;
  until: number;
  papers: { slug: string; title: string }[];
  episodes: (Named<FunnelRow> & { leadsByPaper: number[]; heard: HeardCount; isElsewhere: boolean })[];
  /** Of all episodes. */
  heard: HeardCount;
  /** How many episodes have a recording on another host, which nobody here can count. */
  elsewhere: number;
}

/** How many listeners of a day there were, by how they heard: in an app, played in a browser, saved by one. */
export interface HeardCount {
  app: number;
  player: number;
  download: number;
}
