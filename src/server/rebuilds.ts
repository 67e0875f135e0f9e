import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/** Builds the site when that is due: for an entry, or for comments. */
export interface Rebuilds {
  /** Why the last build failed, in words. */
  readonly failure: string | undefined;
  /** Begins a build if one is due, and none is under way. */
  check(): void;
  /** Ends a build that is under way. */
  stop(): void;
}

export interface RebuildOptions {
  /** What the site is to be built for next. */
  due(): readonly Due[];
  /** Builds the site; rejects with what went wrong. */
  build(signal: AbortSignal): Promise<void>;
  now(): number;
  log(line: string): void;
}

export interface Due {
  /** In milliseconds since 1970; undefined where it is not to be. */
  at: number | undefined;
  /** "An entry is due". */
  why: string;
}

/** How long after the end of a build the next one may begin, in milliseconds: after one that failed, and one that did not. */
const patience = { failed: 10 * 60_000, succeeded: 15_000 };

export function rebuilds({ due, build, now, log }: RebuildOptions): Rebuilds {
  const stopping = new AbortController();
  let isBuilding = false;
  let notBefore = -Infinity;
  let failure: string | undefined;

  async function run(why: string): Promise<void> {
    log(`${why}: the site is built anew`);
    try {
      await build(stopping.signal);
      failure = undefined;
      notBefore = now() + patience.succeeded;
    } catch (error) {
      if (stopping.signal.aborted) return;
      failure = 'The site could not be built when that was due';
      notBefore = now() + patience.failed;
      const why = error instanceof Error ? error.message : String(error);
      log(`The site could not be built; again in ${patience.failed / 60_000} minutes. ${why}`);
    }
  }

  return {
    get failure() {
      return failure;
    },
    check() {
      const next = due().find(({ at = Infinity }) => now() >= Math.max(at, notBefore));
      if (isBuilding || stopping.signal.aborted || !next) return;
      isBuilding = true;
      void run(next.why).finally(() => (isBuilding = false));
    },
    stop: () => stopping.abort(),
  };
}

/** Builds the site into `folder` as `npm run build` does, with what readers wait for going first. */
export function buildSite(
  folder: string,
  builder = 'node_modules/astro/bin/astro.mjs',
): (signal: AbortSignal) => Promise<void> {
  return (signal) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [builder, 'build', '--outDir', folder], {
        env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
        signal,
      });
      let end = '';
      const read = (chunk: Buffer) => (end = (end + chunk.toString()).slice(-longestReport));
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('spawn', () => child.pid !== undefined && setPriority(child.pid, constants.priority.PRIORITY_LOW));
      child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(end.trim()))));
    });
}

/** As much of what a build prints at its end as the log takes, in characters. */
const longestReport = 2000;
