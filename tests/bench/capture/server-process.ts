import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** A server as an owner runs it, in a process of its own. */
export interface ServerProcess {
  origin: string;
  /** What it printed, its log too; of a very long one the end. */
  printed(): string;
  /** How much memory it holds, in bytes; NaN where the system does not tell. */
  memory(): Promise<number>;
  /** SIGTERM: resolves when it has ended by itself. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Starts `script` with `env` and waits for the address that it prints. */
export async function startServer(
  script: string,
  env: Record<string, string>,
  { args = [], cwd }: { args?: readonly string[]; cwd?: string } = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
  });
  let printed = '';
  const read = (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-longestPrint));
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    origin: await listening(child, () => printed),
    printed: () => printed,
    memory: () => residentMemory(child.pid),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** In characters. */
const longestPrint = 4_000_000;

function listening(child: ChildProcess, printed: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed())?.[0];
      if (!address) return;
      child.stdout?.off('data', look);
      child.stderr?.off('data', look);
      resolve(address);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened:\n${printed()}`)));
  });
}

async function residentMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) * 1024;
}
