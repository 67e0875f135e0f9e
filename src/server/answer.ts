import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Visit } from '#capture/capture.ts';
import type { Environment } from '#capture/environment.ts';
import type { ServedRoute } from '#site/routes.ts';
import type { FindRedirect } from '#site/redirects.ts';
import { addressKey, encodedPath, url } from '#site/url.ts';
import { type BodyLimits, readBody, unread } from './body.ts';
import { clientAddress } from './client-address.ts';
import type { Contents } from './contents.ts';
import { FileChanged } from './open-files.ts';
import { sendPaper } from './download.ts';
import { sendFailure } from './failure.ts';
import { headersFor } from './headers.ts';
import { readiness } from './health.ts';
import type { Listening, Recording } from './heard.ts';
import { type Hosts, isHostWellFormed, isKnownHost } from './hosts.ts';
import type { LaterParts } from './later-parts.ts';
import { type Log, traceOf } from './log.ts';
import { type Notice, notAllowed, notices, sendNotice } from './notice.ts';
import { isOwnForm, shortEnough } from './origin.ts';
import { addressOfVisit } from './partner-visits.ts';
import { answerHook } from './hook.ts';
import { answerPage, PageFailed, type PageHandler, type PageRequest } from './page-handler.ts';
import type { RequestCounts } from './request-counts.ts';
import { routes } from './routes.ts';
import { type AnswerKind, securityHeaders } from './security.ts';
import { sendFile } from './send-file.ts';
import type { Services } from './services.ts';
import type { SiteFile, SiteFiles } from './site-files.ts';
import { readTarget, type Target } from './target.ts';
import { isLanding, isView, type Reads } from './views.ts';

/** All that answering takes. */
export interface Site {
  environment: Pick<Environment, 'site' | 'production' | 'hosts' | 'trustedProxies' | 'connectionsPerAddress'>;
  files: SiteFiles;
  /** Where old addresses lead; they go before files, of which some stand there for other hosts. */
  redirects: FindRedirect;
  /** The slugs of partners, whose readers are counted for them. */
  partners: ReadonlySet<string>;
  contents: Contents;
  laterParts: LaterParts;
  pages: PageHandler;
  services: Services;
  bodyLimits: BodyLimits;
  log: Log;
  /** The recordings by their addresses, and who counts who heard them. */
  recordings?: ReadonlyMap<string, Recording> | undefined;
  listening?: Listening | undefined;
  /** The entries by the addresses of their pages, and who counts how often these are opened. */
  entries?: ReadonlyMap<string, string> | undefined;
  reads?: Reads | undefined;
  /** Counts what is answered, where somebody asks for that. */
  requests?: RequestCounts | undefined;
  now(): number;
  /** The site as it is in its folder, where a file of it is not what it was: this one, if it is not built anew. */
  renew(): Promise<Site>;
  /** Another one each time, for the log, and for readers where something failed. */
  requestId(): string;
}

/** Answers a request, whatever it is; never throws. `id` is what the log knows it by. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  id: string,
): Promise<void> {
  try {
    try {
      await route(request, response, site, id);
    } catch (error) {
      if (!(error instanceof FileChanged)) throw error;
      const renewed = await site.renew();
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      await route(request, response, renewed, id);
    }
  } catch (error) {
    // The reader went away, or was given up on.
    if (response.destroyed) return;
    if (error instanceof FileChanged)
      site.log.warn(`A file is not what its build made of it: ${error.message}`, { id });
    else if (!(error instanceof PageFailed)) site.log.error(`An answer failed: ${traceOf(error)}`, { id });
    if (response.headersSent) response.destroy();
    else if (error instanceof FileChanged) refuse(response, site, notices.changed);
    else await answerFailure(request, response, site, id);
  }
}

/** The headers of a page with a token: the address may hold one, and the answer is of one reader. */
async function answerFailure(
  { headers }: IncomingMessage,
  response: ServerResponse,
  site: Site,
  reference: string,
): Promise<void> {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  guard(response, 'token', '', site);
  await sendFailure(response, { headers, page: site.files.failed, contents: site.contents, reference });
}

async function route(request: IncomingMessage, response: ServerResponse, site: Site, id: string): Promise<void> {
  if (!isHostWellFormed(request)) return refuse(response, site, notices.noHost);
  const target = readTarget(request.url);
  if (!target) return refuse(response, site, notices.malformed);
  if (target.path === url.alive || target.path === url.ready) return answerHealth(request, response, target, site);
  const hosts = hostsOf(site);
  if (!isKnownHost(target.host ?? request.headers.host, hosts)) return refuse(response, site, notices.foreignHost);

  // A slash that is coded is part of a name (RFC 3986, section 2.2), and no name here has one.
  if (target.hasCodedSlash) return answerNotFound(request, response, target, site);
  const route = routes.get(target.path);
  if (route) return answerRoute(route, request, response, target, site, hosts, id);
  const moved = site.redirects(target.path, target.query);
  if (moved) return leadTo(moved.to + (moved.keepsQuery ? target.search : ''), request, response, target, site);
  const file = site.files.at.get(target.path);
  if (file) {
    const visit = addressOfVisit(request, target, site.partners, hosts);
    if (visit !== undefined) return leadAlong(visit, response, target, site);
    return answerFile(file, request, response, target, site);
  }
  const other = otherAddress(target.path, site.files);
  if (other === undefined || isShutDesk(other, site)) return answerNotFound(request, response, target, site);
  return leadTo(encodedPath(other) + target.search, request, response, target, site);
}

function leadTo(
  location: string,
  request: IncomingMessage,
  response: ServerResponse,
  { path }: Target,
  site: Site,
): void {
  const headers = headersFor(path);
  if (request.method === 'OPTIONS') return allow(response, site, path, ['GET', 'HEAD'], headers);
  guard(response, 'file', path, site);
  // A player on another site may read what is at the end only if it may read each step of the way.
  const open = headers['Access-Control-Allow-Origin'];
  response.setHeader('Location', location);
  response.setHeader('Content-Length', 0);
  if (open !== undefined) response.setHeader('Access-Control-Allow-Origin', open);
  // 308 keeps the method, for a form that was sent without the slash.
  response.writeHead(isRead(request) ? 301 : 308, { 'Cache-Control': 'no-cache' }).end();
}

/** Leads the reader of a partner to the same page, under the address that says so. */
function leadAlong(location: string, response: ServerResponse, { path }: Target, site: Site): void {
  guard(response, 'file', path, site);
  // For this reader, and this time.
  response.writeHead(302, { Location: location, 'Content-Length': 0, 'Cache-Control': 'private, no-store' }).end();
}

async function answerFile(
  file: SiteFile,
  request: IncomingMessage,
  response: ServerResponse,
  { path, query }: Target,
  site: Site,
): Promise<void> {
  const headers = headersFor(path);
  if (request.method === 'OPTIONS') return allow(response, site, path, ['GET', 'HEAD'], headers);
  // A form that is sent to a page would be lost, and its sender would see the page as if all were well.
  if (!isRead(request)) return refuse(response, site, notAllowed(['GET', 'HEAD']));
  guard(response, 'file', path, site);
  await sendFile(request, response, file, site.contents, { headers, encoded: file.encoded });
  if (isLanding(path) && isView(request, response.statusCode)) site.services.capture.countView(path, query.toString());
}

async function answerRoute(
  route: ServedRoute,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  site: Site,
  hosts: Hosts,
  id: string,
): Promise<void> {
  const { path, search, query } = target;
  // Without owners there is no desk, and nothing says that there could be one.
  if (isShutDesk(path, site)) return answerNotFound(request, response, target, site);
  if (request.method === 'OPTIONS') return allow(response, site, path, route.methods);
  if (!route.methods.some((method) => method === request.method))
    return refuse(response, site, notAllowed(route.methods));
  const { services, environment } = site;
  const guards = securityHeaders(route.kind, path, isHttps(site));
  const visit: Visit = {
    ip: clientAddress(request, environment.trustedProxies),
    userAgent: request.headers['user-agent'],
    referer: shortEnough(request.headers.referer),
  };
  const desk = path.startsWith(url.desk) && services.desk && { door: services.desk, isHttps: isHttps(site) };
  const locals: PageRequest['locals'] = { capture: services.capture, ...(desk && { desk }), visit, reference: id };
  const page = { guards, locals };

  if (route.by === 'download') {
    guard(response, route.kind, path, site);
    const token = query.get('token') ?? '';
    const outcome = await sendPaper(request, response, token, services.capture, site.contents, site.laterParts);
    if (outcome === 'sent') return;
    if (outcome === 'unavailable') return refuse(response, site, notices.unavailable);
    // Without its token the page says that the link is gone, whatever became of it in the meantime.
    const isThere = await answerPage(site.pages, request, response, { ...page, url: `${url.download('')}?token=` });
    return isThere ? undefined : answerNotFound(request, response, target, site);
  }
  let body: Buffer | undefined;
  if (request.method === 'POST') {
    if (!route.isOpen && !isOwnForm(request.headers, hosts, route.kind === 'desk'))
      return refuse(response, site, notices.foreignForm);
    // A limited network is answered without its form being read; Node reads that away.
    const admitted = route.kind === 'form' ? await services.capture.admit(visit) : undefined;
    if (admitted === 'uncounted') visit.isUncounted = true;
    else locals.limited = admitted;
    const read = locals.limited === undefined ? await readBody(request, site.bodyLimits) : unread;
    if (read.kind === 'too-large') return refuse(response, site, notices.tooLarge);
    if (read.kind === 'too-slow') return refuse(response, site, notices.tooSlow);
    if (read.kind === 'aborted') return;
    body = read.bytes;
  }
  if (route.by === 'hook') {
    guard(response, route.kind, path, site);
    return answerHook(request, response, services.capture, body ?? Buffer.alloc(0));
  }
  // The decoded path is the page's own, however the reader wrote it.
  const isThere = await answerPage(site.pages, request, response, { ...page, url: path + search, body });
  if (!isThere) await answerNotFound(request, response, target, site);
}

async function answerNotFound(
  request: IncomingMessage,
  response: ServerResponse,
  { path }: Target,
  site: Site,
): Promise<void> {
  const { notFound } = site.files;
  if (!notFound) return refuse(response, site, notices.notFound);
  guard(response, 'file', path, site);
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' };
  await sendFile(request, response, notFound, site.contents, { headers, encoded: notFound.encoded, status: 404 });
}

async function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  { path }: Target,
  site: Site,
): Promise<void> {
  if (!isRead(request)) return refuse(response, site, notAllowed(['GET', 'HEAD']));
  const { status, body } =
    path === url.alive ? { status: 200, body: { status: 'up' } } : await readiness(site.services, site.now());
  const text = JSON.stringify(body);
  guard(response, 'notice', path, site);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

/** The address at which the site has what was asked for, as it was written otherwise. */
function otherAddress(path: string, { byKey }: SiteFiles): string | undefined {
  const key = addressKey(encodedPath(path));
  return byKey.get(key) ?? routesByKey.get(key) ?? (key === usualSitemap ? byKey.get(url.sitemap) : undefined);
}

/** Where search engines look for a sitemap that nothing told them of. */
const usualSitemap = '/sitemap.xml';

const routesByKey = new Map([...routes.keys()].map((path) => [addressKey(path), path]));

function allow(
  response: ServerResponse,
  site: Pick<Site, 'environment'>,
  path: string,
  methods: readonly string[],
  headers: Record<string, string> = {},
): void {
  const open = headers['Access-Control-Allow-Origin'];
  guard(response, 'file', path, site);
  response.writeHead(204, {
    Allow: [...methods, 'OPTIONS'].join(', '),
    ...(open && {
      'Access-Control-Allow-Origin': open,
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers': 'Range, If-Range, If-None-Match, If-Modified-Since',
      'Access-Control-Max-Age': '86400',
    }),
  });
  response.end();
}

function refuse(response: ServerResponse, site: Pick<Site, 'environment'>, notice: Notice): void {
  guard(response, 'notice', '', site);
  sendNotice(response, notice);
}

function guard(response: ServerResponse, kind: AnswerKind, path: string, site: Pick<Site, 'environment'>): void {
  for (const [name, value] of Object.entries(securityHeaders(kind, path, isHttps(site))))
    response.setHeader(name, value);
}

/** Whether a path is one of the desk, and there is none. */
const isShutDesk = (path: string, { services }: Pick<Site, 'services'>) => path.startsWith(url.desk) && !services.desk;

const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD';

export const hostsOf = ({ environment }: Pick<Site, 'environment'>): Hosts => ({
  names: environment.hosts,
  local: !environment.production,
});

export const isHttps = ({ environment }: Pick<Site, 'environment'>) => environment.site.protocol === 'https:';
