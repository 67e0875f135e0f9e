import { servedRoutes } from './routes.ts';
import { url } from './url.ts';

/** Who may use the desk: who owns the site, a host of the series, and who only looks after what readers write. */
export const deskRoles = ['owner', 'host', 'moderator'] as const;
export type DeskRole = (typeof deskRoles)[number];

/** What may be seen and done at the desk. Each page and each act of it names the one that it takes. */
export type Capability =
  /** One's own sign-in: sessions, passkeys. */
  | 'sign-in'
  | 'today'
  /** Leads that are one's own or nobody's: to see, to answer, to note. */
  | 'leads'
  /** Leads of all, with their export and erasure, and who has which. */
  | 'all leads'
  | 'funnel'
  | 'heard'
  /** Comments: to approve, reject and edit for length. */
  | 'conversation'
  /** To reply as a host. */
  | 'reply'
  | 'questions'
  | 'newsletter'
  /** The outbox, what failed, limits, and what was seen and changed by whom. */
  | 'system';

/** What a role may; whatever is not named it may not. */
export const capabilities: Readonly<Record<DeskRole, ReadonlySet<Capability>>> = {
  owner: new Set([
    ...(['sign-in', 'today', 'leads', 'all leads', 'funnel', 'heard'] as const),
    ...(['conversation', 'reply', 'questions', 'newsletter', 'system'] as const),
  ]),
  host: new Set(['sign-in', 'today', 'leads', 'conversation', 'reply', 'questions']),
  moderator: new Set(['sign-in', 'today', 'conversation']),
};

/** A part of the desk that its navigation leads to. */
export interface DeskRoom {
  name: 'today' | 'leads' | 'funnel' | 'heard' | 'conversation' | 'newsletter' | 'system';
  title: string;
  url: string;
  takes: Capability;
}

const allRooms: readonly DeskRoom[] = [
  { name: 'today', title: 'Today', url: url.desk, takes: 'today' },
  { name: 'leads', title: 'Leads', url: url.deskLeads, takes: 'leads' },
  { name: 'funnel', title: 'Funnel', url: url.deskFunnel, takes: 'funnel' },
  { name: 'heard', title: 'Heard', url: url.deskHeard, takes: 'heard' },
  { name: 'conversation', title: 'Conversation', url: url.deskConversation, takes: 'conversation' },
  { name: 'newsletter', title: 'Newsletter', url: url.deskNewsletter, takes: 'newsletter' },
  { name: 'system', title: 'System', url: url.deskSystem, takes: 'system' },
];

/** The rooms that have a page. */
export const deskRooms: readonly DeskRoom[] = allRooms.filter((room) =>
  servedRoutes.some(({ path }) => path === room.url),
);

/** For how long the link of a mail signs in, in minutes. */
export const signInMinutes = 15;

/** A form of the desk: which act it asks for, proof that it is the desk's own, and which version its sender saw. */
export const deskFields = { act: 'act', token: 'token', seen: 'seen' } as const;
