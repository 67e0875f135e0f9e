import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { Capture, SentPart } from '#capture/capture.ts';
import type { Site } from '#server/answer.ts';
import { Contents } from '#server/contents.ts';
import { LaterParts } from '#server/later-parts.ts';
import { createLog } from '#server/log.ts';
import type { PageHandler } from '#server/page-handler.ts';
import { type Patience, type Running, startServer } from '#server/server.ts';
import { readSiteFiles } from '#server/site-files.ts';
import { redirectFinder, type Redirect } from '#site/redirects.ts';
import { site as described } from '../fakes/site.ts';

export const built = new Date('2026-01-15T12:00:00.700Z');
export const recording = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251));
/** Longer than what is kept in memory. */
export const film = Buffer.alloc(300_000, 'film ');

const files: Record<string, string | Buffer> = {
  'index.html': '<h1>Home</h1>',
  'about/index.html': '<h1>About</h1>',
  'about/index.md': '# About\n',
  'llms.txt': '# The series\n',
  'whitepapers/a-paper/index.html': '<h1>A paper</h1>',
  'subscribe/index.html': '<h1>Subscribe</h1>',
  'episodes/one/index.html': '<h1>One</h1>',
  'episodes/one/embed/index.html': '<h1>Player</h1>',
  'episodes/one/audio.mp3': recording,
  'episodes/one/video.mp4': film,
  'episodes/one/a film & more.mp4': film,
  'episodes/one/TALK #1?.MP3': recording,
  'posts/one/the film.webm': film,
  'forms/failed/index.html': '<h1>It failed</h1><code data-reference data-x>none</code>',
  '404.html': '<h1>No such page</h1>',
  'rss.xml': '<rss/>',
  'sitemap-index.xml': '<sitemapindex/>',
  '_astro/site.Ab3x.css': 'p{}',
  'pagefind/fragment/en_1a2b.pf_fragment': 'fragment',
  '.env': 'SECRET=1',
  '.well-known/security.txt': 'Contact: mailto:x@example.com',
};
const compressed = ['index.html', 'forms/failed/index.html', 'about/index.html', '404.html', 'rss.xml'];

/** Writes a small site as a build would, with `more` files and `without` some; resolves to its folder. It goes with the test. */
export async function writeSite(
  more: Record<string, string | Buffer> = {},
  without: readonly string[] = [],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const write = async (name: string, content: string | Buffer) => {
    const path = join(folder, 'client', name);
    await mkdir(dirname(path), { recursive: true });
    if (without.some((each) => name.startsWith(each))) return;
    await writeFile(path, content);
    await utimes(path, built, built);
  };
  for (const [name, content] of Object.entries({ ...files, ...more })) await write(name, content);
  for (const name of compressed) {
    const content = files[name] ?? '';
    await write(`${name}.br`, brotliCompressSync(content));
    await write(`${name}.gz`, gzipSync(content));
  }
  await writeFile(join(folder, 'secret.txt'), 'beside the site');
  await mkdir(join(folder, 'gated'));
  await writeFile(join(folder, 'gated/a-paper.pdf'), recording);
  return folder;
}

/** A running server of the small site, and what it was told and told others. */
export interface Served {
  port: number;
  folder: string;
  running: Running;
  site: Site;
  lines: string[];
  views: [string, string][];
  /** What was sent of papers, or of their parts. */
  downloads: { token: string; sent: SentPart }[];
  /** What the pages were asked: method, address, body, and the reader's address. */
  asked: { method: string; url: string; body: string; ip: string }[];
}

/** What a test wants otherwise. */
export interface Wanted {
  files?: Record<string, string | Buffer>;
  without?: readonly string[];
  environment?: Partial<Site['environment']>;
  redirects?: readonly Redirect[];
  partners?: readonly string[];
  capture?: Partial<Capture>;
  services?: Partial<Site['services']>;
  site?: Partial<Site>;
  pages?: PageHandler;
  bodyLimits?: Partial<Site['bodyLimits']>;
  patience?: Partial<Patience>;
  mostConnections?: number;
  /** Is called when the site is to be read again. */
  renewed?: () => void;
}

/** By what the log knows each request: the fake of randomness is always the same. */
export const reference = 'd5'.repeat(6);

export async function serve(wanted: Wanted = {}): Promise<Served> {
  const folder = await writeSite(wanted.files, wanted.without);
  const told: Pick<Served, 'lines' | 'views' | 'downloads' | 'asked'> = {
    lines: [],
    views: [],
    downloads: [],
    asked: [],
  };
  const capture = {
    admit: async () => undefined,
    countView: (path: string, query: string) => void told.views.push([path, query]),
    download: async (token: string, sent: SentPart) => {
      if (sent !== 'nothing') told.downloads.push({ token, sent });
      if (token === 'busy') return { kind: 'unavailable' as const };
      if (token !== 'good') return { kind: 'gone' as const };
      const [paper] = described.whitepapers;
      if (!paper) throw new Error('The fake site has no whitepaper');
      return {
        kind: 'file' as const,
        paper: { ...paper, filename: 'Über „alles“.pdf' },
        path: join(folder, 'gated/a-paper.pdf'),
      };
    },
    ...wanted.capture,
  } as Capture;
  const page: PageHandler = (request, response, _next, { visit }) => {
    const { body = Buffer.alloc(0) } = request as typeof request & { body?: Buffer };
    told.asked.push({
      ...{ method: request.method ?? '', url: request.url ?? '' },
      body: body.toString(),
      ip: visit.ip,
    });
    // As the adapter does: a policy of the page's own, and a wish to be kept.
    response.statusMessage = 'OK';
    response.writeHead(request.url === '/download/?token=' ? 410 : 200, {
      'content-type': 'text/html',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'public, max-age=600',
    });
    response.end('<h1>Made on demand</h1>');
  };
  const log = createLog(
    'json',
    (line) => told.lines.push(line),
    () => built,
  );
  const site: Site = {
    environment: {
      ...{ site: new URL('https://lighthouse.example.com/'), production: true },
      ...{ trustedProxies: 0, connectionsPerAddress: 512 },
      hosts: ['lighthouse.example.com'],
      ...wanted.environment,
    },
    files: await readSiteFiles(join(folder, 'client')),
    partners: new Set(wanted.partners),
    redirects: redirectFinder(wanted.redirects ?? []),
    contents: new Contents(),
    laterParts: new LaterParts(),
    pages: wanted.pages ?? page,
    services: {
      capture,
      check: async () => {},
      oldestDue: async () => undefined,
      deadLetters: async () => 0,
      stale: () => undefined,
      ...wanted.services,
    },
    bodyLimits: { bytes: 64 * 1024, milliseconds: 5000, ...wanted.bodyLimits },
    log,
    now: () => built.getTime(),
    requestId: () => reference,
    ...wanted.site,
    renew: async () => {
      wanted.renewed?.();
      return site;
    },
  };
  const running = await startServer(
    () => site,
    { host: '127.0.0.1', port: 0 },
    wanted.patience,
    wanted.mostConnections,
  );
  onTestFinished(() => running.stop());
  return { ...told, port: running.port, folder, running, site };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Asking {
  method?: string;
  headers?: Record<string, string | string[]>;
  /** Sent with its length, or in chunks where it is a list. */
  body?: string | Buffer | (string | Buffer)[];
}

/** Asks over a connection of its own. */
export function ask(
  { port }: Pick<Served, 'port'>,
  path: string,
  { method, headers = {}, body }: Asking = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const isForm = body !== undefined && typeof headers['Content-Type'] === 'undefined';
    const sent = request({
      ...{ host: '127.0.0.1', port, path, method: method ?? 'GET', agent: false },
      headers: {
        Host: 'lighthouse.example.com',
        ...(isForm && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...(body !== undefined && !Array.isArray(body) && { 'Content-Length': String(Buffer.byteLength(body)) }),
        ...headers,
      },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    for (const part of body === undefined ? [] : [body].flat()) sent.write(part);
    sent.end();
  });
}

/** Sends bytes as they are and resolves to all that comes back before the server ends the connection. */
export function send({ port }: Pick<Served, 'port'>, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
    socket.once('error', reject);
    socket.once('close', () => resolve(received));
  });
}
