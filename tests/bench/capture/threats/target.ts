import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request, type RequestOptions } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import type { Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import type { Database } from '../databases.ts';
import { type ServerProcess, startServer } from '../server-process.ts';
import { formFor, newsletterForm, serverEnvironment } from '../setting.ts';
import { type SmtpSink, startSmtpSink } from '../smtp-sink.ts';

/** Something that could be done to the server from outside. */
export interface Threat {
  /** As the list of threats numbers it; `+` for what has no number there. */
  number: string;
  name: string;
  /** Variables of the server that the attempt is made on. */
  env?: Record<string, string>;
  /** Resolves to the fact that was measured; throws `Fell` where the server did not hold. */
  attempt(target: Target): Promise<string>;
}

/** The server did not hold: the message says what was seen. */
export class Fell extends Error {
  override name = 'Fell';
}

/** Throws `Fell` where something is not as it has to be. */
export function hold(isRight: boolean, seen: string): asserts isRight {
  if (!isRight) throw new Fell(seen);
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  milliseconds: number;
}

export interface Send extends Omit<RequestOptions, 'headers'> {
  headers?: Record<string, string> | undefined;
  body?: string | Buffer | undefined;
}

/** A server with its own store and mail server, and ways to reach them. */
export interface Target {
  database: Database;
  kept: string;
  env: Record<string, string>;
  server: ServerProcess;
  sink: SmtpSink;
  /** Sends a request as it is told to, the path unchanged. */
  ask(path: string, options?: Send): Promise<Answer>;
  /** Sends a form from a page of the site; `from` is the address of its reader. */
  form(path: string, fields: Record<string, string>, from?: string, headers?: Record<string, string>): Promise<Answer>;
  /** Asks for the whitepaper; `more` goes beside or in place of what a browser sends. */
  askPaper(email: string, more?: Record<string, string>, from?: string): Promise<Answer>;
  askNewsletter(email: string, from?: string): Promise<Answer>;
  /** Writes bytes to the server, and resolves to all that it answers until it hangs up or nothing comes any more. */
  wire(bytes: string | Buffer, patience?: number): Promise<string>;
  open(from?: string): Promise<Socket>;
  /** The mails to an address, once there are so many. */
  mails(to: string, count?: number): Promise<SentMail[]>;
  /** A link of the latest mail to an address, as a path of the server: `/confirm/?token=…`. */
  link(to: string, path: string, count?: number): Promise<string>;
  /** Confirms the address by its mail; resolves to the path of the download, or of the page that says so. */
  confirm(to: string, count?: number): Promise<string>;
  rows<Name extends keyof Tables>(table: Name): Promise<Tables[Name][]>;
  withStore<Result>(use: (store: Store) => Promise<Result>): Promise<Result>;
  /** Runs a command of the owner; resolves to its exit code and what it printed. */
  command(name: string, args: string[], env?: Record<string, string>): Promise<{ code: number | null; out: string }>;
  /** Ends the server, and starts another in its place; its variables are those of commands from then on. */
  restart(env?: Record<string, string>): Promise<void>;
  /** Another server beside it, ended with the attempt. */
  another(env?: Record<string, string>): Promise<ServerProcess>;
}

export interface SentMail {
  subject: string;
  text: string;
  html: string;
  headers: Map<string, unknown>;
  raw: string;
}

/** Opens a server for an attempt, and ends it after. */
export async function withTarget<Result>(
  database: Database,
  env: Record<string, string>,
  use: (target: Target) => Promise<Result>,
): Promise<Result> {
  const kept = await mkdtemp(join(tmpdir(), 'd-files-threat-'));
  await database.reset(kept);
  const sink = await startSmtpSink({ isWhole: true });
  const { FORMS_PER_NETWORK: _network, FORMS_PER_HOUR: _hour, ...setting } = serverEnvironment(kept);
  const whole = {
    ...{ ...setting, ...database.env, SMTP_URL: sink.url, MAIL_FROM: 'The series <hello@series.example>' },
    ...{ MAIL_PER_SECOND: '1000', TRUSTED_PROXIES: '1', ...env },
  };
  const others: ServerProcess[] = [];
  const target = targetOf(database, kept, whole, await startServer('src/server/main.ts', whole), sink, others);
  try {
    return await use(target);
  } finally {
    await Promise.all([target.server, ...others].map((server) => server.kill()));
    await sink.close();
    await rm(kept, { recursive: true });
  }
}

/** The address of a reader, another one each time: in a network of its own. */
export function newReader(): string {
  readers += 1;
  return `${20 + (readers >> 16)}.${(readers >> 8) & 255}.${readers & 255}.9`;
}

let readers = 0;

function targetOf(
  database: Database,
  kept: string,
  env: Record<string, string>,
  first: ServerProcess,
  sink: SmtpSink,
  others: ServerProcess[],
): Target {
  const address = () => new URL(target.server.origin);
  const target: Target = {
    ...{ database, kept, env, server: first, sink },
    ask: (path, { headers, body, ...options } = {}) =>
      new Promise((resolve, reject) => {
        const began = performance.now();
        const { hostname, port, host } = address();
        const sent = request({
          ...{ hostname, port, path, agent: false, setHost: false, ...options },
          headers: {
            Host: host,
            // Node adds it for some methods alone.
            ...(body !== undefined &&
              !headers?.['Transfer-Encoding'] && { 'Content-Length': String(Buffer.byteLength(body)) }),
            ...headers,
          },
        });
        sent.on('response', (response) => {
          text(response).then((body) => {
            const { statusCode: status = 0, headers } = response;
            resolve({ status, headers, body, milliseconds: performance.now() - began });
          }, reject);
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    form: (path, fields, from = newReader(), headers = {}) =>
      target.ask(path, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          ...{ Origin: target.server.origin, 'X-Forwarded-For': from, ...headers },
        },
        body: new URLSearchParams(fields).toString(),
      }),
    askPaper: (email, more = {}, from) =>
      target.form('/forms/whitepaper/', { ...formFor(env['DIST_DIR'] ?? ''), newsletter: '', email, ...more }, from),
    askNewsletter: (email, from) =>
      target.form('/forms/newsletter/', { ...newsletterForm(env['DIST_DIR'] ?? ''), email }, from),
    open: (from) =>
      new Promise((resolve, reject) => {
        const { hostname, port } = address();
        const socket = connect({ host: hostname, port: Number(port), ...(from && { localAddress: from }) });
        socket.once('connect', () => resolve(socket)).once('error', reject);
      }),
    async wire(bytes, patience = 1500) {
      const socket = await target.open();
      let answered = '';
      socket.on('data', (chunk: Buffer) => (answered += chunk.toString('latin1'))).on('error', () => {});
      socket.write(bytes);
      const ended = new Promise((resolve) => socket.once('close', resolve));
      // Over when it hangs up, or nothing more has come for a while.
      for (;;) {
        const { length } = answered;
        const isOver = await Promise.race([ended.then(() => true), sleep(patience, false)]);
        if (isOver || length === answered.length) break;
      }
      socket.destroy();
      return answered;
    },
    async mails(to, count = 1) {
      const found = () => sink.mails.filter((mail) => mail.to === to);
      await until(() => found().length >= count, `${count} mails to ${to}`);
      return Promise.all(found().map(({ raw }) => parsed(raw)));
    },
    async link(to, path, count) {
      const mail = (await target.mails(to, count)).at(-1);
      const found = new RegExp(`http://127\\.0\\.0\\.1(${path}\\S*)`).exec(mail?.text ?? '')?.[1];
      hold(found !== undefined, `the mail to ${to} has no link to ${path}`);
      return found;
    },
    async confirm(to, count) {
      const link = await target.link(to, '/confirm/', count);
      const answer = await target.form('/confirm/', { token: tokenIn(link) });
      hold(answer.status === 303, `a confirmation was answered ${answer.status}`);
      return answer.headers.location ?? '';
    },
    rows: (table) => target.withStore((store) => Array.fromAsync(store.reading.rows(table))),
    async withStore(use) {
      const store = await database.open(kept);
      try {
        return await use(store);
      } finally {
        await store.close();
      }
    },
    command: (name, args, more = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [`src/cli/${name}.ts`, ...args], {
          env: { PATH: process.env['PATH'], ...env, ...more },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let out = '';
        const read = (chunk: Buffer) => (out += chunk.toString());
        child.stdout.on('data', read);
        child.stderr.on('data', read);
        child.once('error', reject).once('close', (code) => resolve({ code, out }));
      }),
    async restart(more = {}) {
      await target.server.stop();
      Object.assign(env, more);
      target.server = await startServer('src/server/main.ts', env);
    },
    async another(more = {}) {
      const server = await startServer('src/server/main.ts', { ...env, ...more });
      others.push(server);
      return server;
    },
  };
  return target;
}

/** The token in a link. */
export const tokenIn = (link: string): string => new URL(link, 'http://x').searchParams.get('token') ?? '';

/** Waits until something is so; throws `Fell` after `patience` milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, patience = 20_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await isSo())) {
    hold(performance.now() < end, `after ${patience / 1000} s still not: ${what}`);
    await sleep(20);
  }
}

/** The middle one. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

export const ms = (milliseconds: number): string =>
  `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;

async function parsed(raw: string): Promise<SentMail> {
  const { subject = '', text = '', html, headers } = await simpleParser(raw);
  return { subject, text, html: html || '', headers, raw };
}
