import { type ChildProcess, spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuOfSession } from '../build/processes.ts';
import { freePort } from '../../free-port.ts';

/** A server that is measured. */
export interface Measurable {
  origin: string;
  /** Seconds of user and system CPU until now, with all its processes. */
  cpu(): number;
  stop(): Promise<void>;
}

/** Starts a script of Node that prints the address at which it listens; its log goes to a file, as that of a service does. */
export async function startNode(script: string, folder: string, env: Record<string, string>): Promise<Measurable> {
  const log = join(folder, 'log');
  const child = run(process.execPath, [script], log, { HOST: '127.0.0.1', PORT: '0', ...env });
  for (;;) {
    const said = await readFile(log, 'utf8');
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (origin) return measurable(child, origin);
    if (child.exitCode !== null) throw new Error(`The server ended before it listened:\n${said}`);
    await sleep(20);
  }
}

/** What nginx says that it is, on its standard error; undefined where there is none. */
export function nginxVersion(): string | undefined {
  const { status, stderr } = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
  return status === 0 ? /nginx\/\S+/.exec(stderr)?.[0] : undefined;
}

/** Starts nginx with one worker over a folder of files, those compressed beside them included. */
export async function startNginx(files: string, folder: string): Promise<Measurable> {
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  await writeFile(
    config,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
  types { text/html html; audio/mpeg mp3; video/mp4 mp4; }
  access_log ${folder}/access.log; sendfile on; tcp_nopush on; gzip_static on; gzip_vary on;
  open_file_cache max=1000;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${folder}/${each};`).join(' ')}
  server { listen 127.0.0.1:${port}; root ${files}; keepalive_requests 1000000; }
}
`,
  );
  const child = run('nginx', ['-c', config, '-p', folder], join(folder, 'log'), {});
  const origin = `http://127.0.0.1:${port}`;
  for (;;) {
    if (await fetch(origin).catch(() => undefined)) return measurable(child, origin);
    if (child.exitCode !== null) throw new Error(`nginx ended:\n${await readFile(join(folder, 'log'), 'utf8')}`);
    await sleep(20);
  }
}

function run(command: string, args: string[], log: string, env: Record<string, string>): ChildProcess {
  const file = openSync(log, 'w');
  const child: ChildProcess = spawn(command, args, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', file, file] as StdioOptions,
    detached: true,
  });
  process.on('exit', () => void child.kill('SIGKILL'));
  return child;
}

function measurable(child: ChildProcess, origin: string): Measurable {
  return {
    origin,
    cpu: () => cpuOfSession(child.pid ?? 0),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
