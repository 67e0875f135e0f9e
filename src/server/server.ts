import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { url } from '#site/url.ts';
import { answer, hostsOf, isHttps, type Site } from './answer.ts';
import { clientAddress } from './client-address.ts';
import { boundConnections, mostConnections } from './connections.ts';
import type { Recording } from './heard.ts';
import { notices, noticePage } from './notice.ts';
import { PreparedFiles } from './prepared-files.ts';
import { securityHeaders } from './security.ts';
import { readTarget } from './target.ts';
import { isView } from './views.ts';

/** How patient the server is, in milliseconds. */
export interface Patience {
  /** For the head of a request. */
  headers: number;
  /** For all of a request. */
  request: number;
  /** For the next request on a connection: longer than the proxies before it, which would else reuse a closed one. */
  idle: number;
  /** For a reader who takes nothing of an answer. */
  stalled: number;
  /** How often the first two are looked at. */
  every: number;
  /** For answers under way when the server is stopped. */
  stop: number;
}

export const patience: Patience = {
  headers: 15_000,
  request: 60_000,
  idle: 65_000,
  stalled: 120_000,
  every: 5_000,
  stop: 5_000,
};

export interface Running {
  port: number;
  /** How many connections are open. */
  connections(): Promise<number>;
  /** Takes no more requests and resolves when those under way are answered, or given up. */
  stop(): Promise<void>;
}

/**
 * Serves a site over `most` connections at once; `current` is asked for each request, which is answered from the one site
 * that it gets. Rejects with the error of Node when the address cannot be listened on.
 */
export async function startServer(
  current: () => Site,
  { host, port }: { host: string; port: number },
  given: Partial<Patience> = {},
  most = mostConnections,
): Promise<Running> {
  const wait = { ...patience, ...given };
  const { environment, log, now } = current();
  let isStopping = false;
  const preparedFor = preparedFiles();
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const site = current();
    const id = site.requestId();
    const report = reportOf(request, response, site, id);
    response.once('close', () => {
      report();
      // Closing a server ends the connections that wait for a request then, not those that come to wait later.
      if (isStopping) setImmediate(() => server.closeIdleConnections());
    });
    if (!preparedFor(site).answer(request, response)) void answer(request, response, site, id);
  };
  const server = createServer(
    {
      headersTimeout: wait.headers,
      requestTimeout: wait.request,
      keepAliveTimeout: wait.idle,
      connectionsCheckingInterval: wait.every,
      // Answered here, with the headers of every answer.
      requireHostHeader: false,
    },
    take,
  );
  server.setTimeout(wait.stalled);
  boundConnections(
    server,
    { all: most, perAddress: environment.connectionsPerAddress },
    { log, now, isBehindProxy: environment.trustedProxies > 0 },
  );
  server.on('checkExpectation', take);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseMalformed(error, socket, current()));
  await once(server.listen(port, host), 'listening');
  const { port: listening } = server.address() as AddressInfo;
  return {
    port: listening,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    stop: () => {
      isStopping = true;
      return stop(server, wait.stop).finally(() => current().contents.close());
    },
  };
}

/** What has to be called when an answer is over, to log it. The id is of the log alone: answers do not differ by it. */
function reportOf(request: IncomingMessage, response: ServerResponse, site: Site, id: string): () => void {
  const { socket, method = '', url: asked } = request;
  const [began, written] = [site.now(), socket.bytesWritten];
  return () => {
    const target = readTarget(asked);
    const path = target?.path ?? '(malformed)';
    const status = response.statusCode;
    site.requests?.add(target?.path, status, site.now() - began);
    const recording = site.recordings?.get(path);
    if (recording && method === 'GET') countPart(recording, request, response, site, socket.bytesWritten - written);
    const entry = site.entries?.get(path);
    if (entry !== undefined && isView(request, status)) site.reads?.add(entry);
    if ((path === url.alive || path === url.ready) && status === 200) return;
    site.log[status >= 500 ? 'error' : 'info'](`${method} ${path.slice(0, 200)}`, {
      status,
      ms: site.now() - began,
      bytes: socket.bytesWritten - written,
      id,
      ...(!response.writableFinished && { aborted: true }),
    });
  };
}

/** Counts what a listener was sent of a recording; `sent` has the head of the answer as well, which is far less. */
function countPart(
  recording: Recording,
  request: IncomingMessage,
  response: ServerResponse,
  { listening, environment }: Site,
  sent: number,
): void {
  if (!listening || (response.statusCode !== 200 && response.statusCode !== 206)) return;
  const [, first = '0', last] = /^bytes (\d+)-(\d+)\//.exec(String(response.getHeader('content-range') ?? '')) ?? [];
  const asked = last === undefined ? recording.bytes : Number(last) - Number(first) + 1;
  listening.sent({
    ...{ recording, headers: request.headers, first: Number(first), bytes: Math.min(asked, sent) },
    address: () => clientAddress(request, environment.trustedProxies),
  });
}

/** What prepares the files of a site that comes again and again, until another one is in its place. */
function preparedFiles(): (site: Site) => PreparedFiles {
  let last: { files: Site['files']; prepared: PreparedFiles } | undefined;
  return (site) => {
    const { files, contents } = site;
    if (last?.files !== files)
      last = { files, prepared: new PreparedFiles(files, contents, hostsOf(site), isHttps(site)) };
    return last.prepared;
  };
}

/** Answers what Node could not read as a request: too slow, too long, or no HTTP. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex, site: Site): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ''] ?? 400;
  const text =
    status === 431
      ? 'The request is longer than this server takes.'
      : notices[status === 408 ? 'tooSlow' : 'malformed'].text;
  const page = noticePage(status, text);
  const headers = {
    ...securityHeaders('notice', '', isHttps(site)),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(page),
    Connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  site.requests?.add(undefined, status, 0);
  site.log.info('A request could not be read', { status });
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${page}`);
}

function stop(server: Server, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
