import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from '../free-port.ts';

/** Whether a program is installed. */
export const isInstalled = (name: string) => spawnSync(name, ['-v'], { stdio: 'ignore' }).error === undefined;

/** A web server before the site's, over TLS with a certificate of its own. */
export interface WebServer {
  ask(path: string, options?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answered>;
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Before {
  /** The file of `src/server/deploy/`. */
  file: string;
  /** The name of the site. */
  name: string;
  /** Where the site's server listens. */
  port: number;
  /** What the build made. */
  client: string;
  /** What `npm run redirects` prints. */
  redirects: string;
}

/** Starts nginx with a configuration of the project, in which names, ports and folders are those of a test. */
export async function startNginx({ file, name, port, client, redirects }: Before): Promise<WebServer> {
  const folder = await temporary();
  const listens = await freePort();
  await certificateIn(folder, name);
  await writeFile(join(folder, 'redirects.conf'), redirects);
  const written = await readFile(join('src/server/deploy', file), 'utf8');
  const site = written
    .replaceAll('your.site', name)
    .replaceAll('listen 80;', `listen 127.0.0.1:${await freePort()};`)
    .replaceAll('listen 443 ssl http2;', `listen 127.0.0.1:${listens} ssl http2;`)
    .replaceAll(/^ *listen \[::\].*\n/gm, '')
    .replaceAll('127.0.0.1:4321', `127.0.0.1:${port}`)
    .replaceAll('/srv/d-files/dist/client', resolve(client))
    .replaceAll('/etc/nginx/d-files-redirects.conf', join(folder, 'redirects.conf'))
    .replaceAll(/\/etc\/letsencrypt\/live\/[^/]+\/(\w+)\.pem/g, join(folder, '$1.pem'))
    .replaceAll('/var/log/nginx/', `${folder}/`);
  const temporaries = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    join(folder, 'nginx.conf'),
    `pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 1; daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http { ${temporaries.map((each) => `${each}_temp_path ${folder}/${each};`).join(' ')}
${site}
}`,
  );
  await start(
    'nginx',
    ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')],
    folder,
    listens,
  );
  return askOver(listens, name, join(folder, 'fullchain.pem'));
}

/** The same with Caddy. */
export async function startCaddy({ file, name, port, client, redirects }: Before): Promise<WebServer> {
  const folder = await temporary();
  const listens = await freePort();
  await certificateIn(folder, name);
  await writeFile(join(folder, 'd-files-redirects.caddy'), redirects);
  const written = await readFile(join('src/server/deploy', file), 'utf8');
  const site = written
    .replace('your.site {', `https://${name}:${listens} {\n\ttls ${folder}/fullchain.pem ${folder}/privkey.pem`)
    .replaceAll('127.0.0.1:4321', `127.0.0.1:${port}`)
    .replaceAll('/srv/d-files/dist/client', resolve(client));
  await writeFile(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  await start('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], folder, listens);
  return askOver(listens, name, join(folder, 'fullchain.pem'));
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'd-files-web-server-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function certificateIn(folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const made = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')],
      ...['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`],
    ],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`No certificate could be made: ${made.error?.message ?? made.stderr}`);
}

async function start(program: string, args: string[], folder: string, port: number): Promise<void> {
  const child = spawn(program, args, {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${program} did not start:\n${said}`);
    if (await listens(port)) return;
    await sleep(50);
  }
  throw new Error(`${program} does not listen:\n${said}`);
}

const listens = (port: number) =>
  new Promise<boolean>((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), done(true)));
    socket.once('error', () => done(false));
  });

async function askOver(port: number, name: string, certificate: string): Promise<WebServer> {
  const ca = await readFile(certificate);
  return {
    ask: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((done, fail) => {
        const sent = request(
          {
            ...{ host: '127.0.0.1', port, path, method, ca, servername: name },
            headers: {
              Host: name,
              ...(body !== undefined && {
                'Content-Type': 'application/x-www-form-urlencoded',
                'Content-Length': Buffer.byteLength(body),
              }),
              ...headers,
            },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', fail);
            response.on('end', () =>
              done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
            );
          },
        );
        sent.on('error', fail);
        sent.end(body);
      }),
  };
}
