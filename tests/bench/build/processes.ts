import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** What is run, and where. */
export interface Run {
  command: string;
  args: readonly string[];
  folder: string;
  env?: Readonly<Record<string, string>>;
}

export interface Measured {
  code: number | null;
  /** All that was printed. */
  output: string;
  /** Seconds of user and system CPU of the process and of all that it started. */
  cpu: number;
  /** The most memory that they had resident at one moment together, in bytes. */
  memory: number;
}

/** Why nothing can be measured on a machine of this kind; undefined where it can. */
export const unmeasurable = (platform: NodeJS.Platform): string | undefined =>
  platform === 'linux'
    ? undefined
    : `CPU and memory of a process and its children are read from /proc, which ${platform} has not: run it on Linux, a container will do.`;

/**
 * Runs a command and measures it with all its children, in a session of their own. Linux counts for each process the CPU
 * of those of its children that it has waited for (proc_pid_stat(5): cutime, cstime), so what this process gained is
 * what the command took; what still runs when the command has ended is added and ended. Memory is sampled.
 */
export async function measure({ command, args, folder, env }: Run): Promise<Measured> {
  const before = waitedFor();
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...ownEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const endAll = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of them have ended.
    }
  };
  // They are out of reach of the terminal's Ctrl+C.
  const interrupted = () => process.exit(130);
  process.on('exit', endAll).on('SIGINT', interrupted).on('SIGTERM', interrupted);

  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  let memory = 0;
  const sampling = setInterval(() => {
    memory = Math.max(memory, resident(session(child.pid).map(({ pid }) => pid)));
  }, sampleEvery);
  try {
    const closed = once(child, 'close');
    const [code] = (await once(child, 'exit')) as [number | null];
    const left = session(child.pid).reduce((sum, { cpu }) => sum + cpu, 0);
    const cpu = waitedFor() - before + left;
    endAll();
    await closed;
    return { code, output, cpu, memory };
  } finally {
    clearInterval(sampling);
    endAll();
    process.off('exit', endAll).off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

/** The seconds of user and system CPU of `leader`, which began a session (`detached`), and of all that it started. */
export const cpuOfSession = (leader: number): number => session(leader).reduce((sum, { cpu }) => sum + cpu, 0);

/** In milliseconds. */
const sampleEvery = 25;
/** USER_HZ: what Linux shows times in, on every architecture that Node runs on. */
const ticks = 100;

/** The seconds of CPU of all children that this process has waited for, theirs included. */
function waitedFor(): number {
  const { waited } = processOf('self') ?? { waited: 0 };
  return waited;
}

/** The processes of the session that `leader` began, and that still run. */
function session(leader: number | undefined): { pid: string; cpu: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const found = processOf(pid);
      return found && found.session === leader && found.state !== 'Z' ? { pid, cpu: found.cpu } : [];
    });
}

function processOf(pid: string) {
  const stat = readProc(`/proc/${pid}/stat`);
  // The name of the program before it may have anything in it, spaces and brackets included.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 15) return undefined;
  const seconds = (first: number) => (Number(fields[first]) + Number(fields[first + 1])) / ticks;
  return { state: fields[0], session: Number(fields[3]), cpu: seconds(11) + seconds(13), waited: seconds(13) };
}

/** What processes have in memory together. Files that they have in it, programs above all, they mostly share. */
function resident(pids: readonly string[]): number {
  const each = pids.map((pid) => {
    const status = readProc(`/proc/${pid}/status`);
    const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return { own: bytes('RssAnon') + bytes('RssShmem'), files: bytes('RssFile') };
  });
  return each.reduce((sum, { own }) => sum + own, Math.max(0, ...each.map(({ files }) => files)));
}

/** Nothing, where the process has just ended. */
function readProc(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** As a person's shell has it: without what npm sets for its scripts, by which an npm inside would find another folder. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const isOwn = ([name]: [string, unknown]) => !/^npm_|^INIT_CWD$|^NODE_ENV$/.test(name);
  return { ...Object.fromEntries(Object.entries(process.env).filter(isOwn)), NO_COLOR: '1', FORCE_COLOR: '0' };
}
