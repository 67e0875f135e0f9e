import type { AnswerKind } from './security.ts';

/** An address that is answered when it is asked for, and not from a file. */
export interface Route {
  methods: readonly Method[];
  kind: AnswerKind;
  /** Answered by the server itself, or by a page of the site. */
  by: 'page' | 'download';
  /** Takes a POST from wherever it comes: a mail service sends it (RFC 8058, section 3.1). */
  isOpen?: true;
}
export type Method = 'GET' | 'HEAD' | 'POST';

const reads = ['GET', 'HEAD'] as const;
/** Who opens its address is led to where the form is. */
const form: Route = { methods: [...reads, 'POST'], kind: 'form', by: 'page' };

export const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/forms/whitepaper/', form],
  ['/forms/newsletter/', form],
  ['/forms/link/', form],
  ['/confirm/', { methods: [...reads, 'POST'], kind: 'token', by: 'page' }],
  ['/download/', { methods: reads, kind: 'token', by: 'page' }],
  ['/download/file/', { methods: reads, kind: 'token', by: 'download' }],
  ['/unsubscribe/', { methods: [...reads, 'POST'], kind: 'token', by: 'page', isOpen: true }],
  ['/preferences/', { methods: [...reads, 'POST'], kind: 'token', by: 'page' }],
]);
