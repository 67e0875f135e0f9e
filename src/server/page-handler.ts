import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Capture, Visit } from '#capture/capture.ts';
import type { Desk } from '#capture/desk.ts';
import { requestId } from './log.ts';

/** The site's pages that are answered when they are asked for, as the build made them. */
export type PageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
  locals: {
    capture: Capture;
    /** For pages of the desk alone. */
    desk?: { door: Desk; isHttps: boolean } | undefined;
    visit: Visit;
    limited?: number | undefined;
    reference: string;
  },
) => Promise<void> | void;

/** A page to ask for: its address may be another than that of the request. */
export interface PageRequest {
  /** Path and query, as written. */
  url: string;
  body?: Buffer | undefined;
  /** The headers that the answer has whatever the page says. */
  guards: Record<string, string>;
  locals: Parameters<PageHandler>[3];
}

/** A page that could not be made. What makes pages has logged why, under the id of the request. */
export class PageFailed extends Error {
  override name = 'PageFailed';
}

/**
 * Has a page answer a request. Resolves to false when the build has no such page; nothing was answered then. Throws
 * `PageFailed` where all that the page has to say is that it failed (500); nothing was answered then either.
 */
export async function answerPage(
  handler: PageHandler,
  request: IncomingMessage,
  response: ServerResponse,
  { url, body, guards, locals }: PageRequest,
): Promise<boolean> {
  request.url = url;
  // The adapter takes a body that was read already from here.
  if (body) Object.assign(request, { body });
  const { writeHead, write, end } = response;
  const failure = withholdFailure(response);
  guardHead(response, guards);
  let isThere = true;
  try {
    await requestId.run(locals.reference, () => handler(request, response, () => (isThere = false), locals));
  } finally {
    // What else is answered has headers of its own.
    if (!response.headersSent) Object.assign(response, { writeHead, write, end });
  }
  if (failure.isThere) throw new PageFailed();
  return isThere;
}

/** Keeps an answer of status 500, and whatever comes with it, from being sent. */
function withholdFailure(response: ServerResponse): { isThere: boolean } {
  const failure = { isThere: false };
  const unlessFailed = (name: 'writeHead' | 'write' | 'end') => {
    const method = response[name].bind(response) as (...values: unknown[]) => unknown;
    const withheld = (...values: unknown[]) => {
      const status = name === 'writeHead' ? values[0] : response.statusCode;
      failure.isThere ||= status === 500 && !response.headersSent;
      // What writes goes on at once.
      return failure.isThere ? response : method(...values);
    };
    Object.assign(response, { [name]: withheld });
  };
  unlessFailed('writeHead');
  unlessFailed('write');
  unlessFailed('end');
  return failure;
}

/**
 * Makes the headers of an answer the guards' own, however the page sets them. Policies for content add up: a browser
 * applies each of them. Text names its encoding, which Astro leaves to the page's meta element.
 */
function guardHead(response: ServerResponse, guards: Record<string, string>): void {
  const writeHead = response.writeHead.bind(response);
  const guarded = (status: number, headers: OutgoingHttpHeaders = {}) => {
    const {
      'content-security-policy': own,
      'content-type': type,
      ...rest
    } = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const policies = [own, guards['Content-Security-Policy']].flat().filter((each) => typeof each === 'string');
    // The page says "OK" whatever its status.
    response.statusMessage = STATUS_CODES[status] ?? '';
    for (const name of Object.keys(guards)) delete rest[name.toLowerCase()];
    return writeHead(status, {
      ...rest,
      ...(type !== undefined && { 'Content-Type': withCharset(String(type)) }),
      ...guards,
      'Content-Security-Policy': policies,
    });
  };
  response.writeHead = guarded as typeof response.writeHead;
}

const withCharset = (type: string) =>
  /^text\//i.test(type) && !/;\s*charset=/i.test(type) ? `${type}; charset=utf-8` : type;
