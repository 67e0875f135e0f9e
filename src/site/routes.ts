import { url } from './url.ts';

/** An address that the server answers when it is asked for, and not from a file. */
export interface ServedRoute {
  path: string;
  methods: readonly Method[];
  /**
   * A page of one reader, never to be kept; with a token in its address, or without. The desk's are for who is signed in,
   * but those that sign in. What is public is the same for every reader.
   */
  kind: 'form' | 'token' | 'desk' | 'public';
  /** Answered by a page of the site, or by the server itself: with a whitepaper, or to another machine. */
  by: 'page' | 'download' | 'hook';
  /** Takes a POST from wherever it comes: a mail service sends it (RFC 8058, section 3.1). */
  isOpen?: true;
}
export type Method = 'GET' | 'HEAD' | 'POST';

const reads = ['GET', 'HEAD'] as const;
const all = [...reads, 'POST'] as const;

export const servedRoutes: readonly ServedRoute[] = [
  // Who opens the address of a form is led to where the form is.
  { path: url.askWhitepaper, methods: all, kind: 'form', by: 'page' },
  { path: url.askNewsletter, methods: all, kind: 'form', by: 'page' },
  { path: url.askLink, methods: all, kind: 'form', by: 'page' },
  { path: url.askComment, methods: all, kind: 'form', by: 'page' },
  { path: url.askHosts, methods: all, kind: 'form', by: 'page' },
  { path: url.confirm(''), methods: all, kind: 'token', by: 'page' },
  { path: url.download(''), methods: reads, kind: 'token', by: 'page' },
  { path: url.downloadFile(''), methods: reads, kind: 'token', by: 'download' },
  { path: url.unsubscribe(''), methods: all, kind: 'token', by: 'page', isOpen: true },
  { path: url.erase(''), methods: all, kind: 'token', by: 'page' },
  { path: url.preferences(''), methods: all, kind: 'token', by: 'page' },
  { path: url.comment(''), methods: all, kind: 'token', by: 'page' },
  { path: url.question(''), methods: all, kind: 'token', by: 'page' },
  { path: url.endReplies(''), methods: all, kind: 'token', by: 'page', isOpen: true },
  { path: url.partnerReport(''), methods: reads, kind: 'token', by: 'page' },
  { path: url.mailHook, methods: ['POST'], kind: 'token', by: 'hook', isOpen: true },
  { path: url.archive, methods: reads, kind: 'public', by: 'page' },
  { path: url.sentIssue(''), methods: reads, kind: 'public', by: 'page' },
  { path: url.decision(''), methods: all, kind: 'token', by: 'page' },
  { path: url.deskSignIn, methods: all, kind: 'form', by: 'page' },
  { path: url.deskPasskey, methods: all, kind: 'form', by: 'page' },
  { path: url.deskConfirm(''), methods: all, kind: 'token', by: 'page' },
  { path: url.desk, methods: all, kind: 'desk', by: 'page' },
  { path: url.deskLeads, methods: all, kind: 'desk', by: 'page' },
  { path: url.deskLead(''), methods: all, kind: 'desk', by: 'page' },
  { path: url.deskPerson(''), methods: reads, kind: 'desk', by: 'page' },
  { path: url.deskLeadCsv, methods: reads, kind: 'desk', by: 'page' },
  { path: url.deskFunnel, methods: all, kind: 'desk', by: 'page' },
  { path: url.deskHeard, methods: all, kind: 'desk', by: 'page' },
  { path: url.deskConversation, methods: all, kind: 'desk', by: 'page' },
  { path: url.deskComment(''), methods: all, kind: 'desk', by: 'page' },
  { path: url.deskQuestion(''), methods: all, kind: 'desk', by: 'page' },
  { path: url.deskNewsletter, methods: all, kind: 'desk', by: 'page' },
  { path: url.deskIssue(''), methods: all, kind: 'desk', by: 'page' },
  { path: url.deskSystem, methods: all, kind: 'desk', by: 'page' },
  { path: url.deskYou, methods: all, kind: 'desk', by: 'page' },
];

/** What has to reach the server whatever stands before it: `/forms/`, `/healthz`. */
export const servedFolders: readonly string[] = [
  ...new Set(servedRoutes.map(({ path }) => /^\/[^/]+\//.exec(path)?.[0] ?? path)),
  url.alive,
  url.ready,
];

/** The first segments of paths that the server answers itself; no page or alias may begin with one. */
export const servedSegments: readonly string[] = servedFolders.map((path) => path.replaceAll('/', ''));
