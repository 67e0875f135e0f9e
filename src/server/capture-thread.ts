import { parentPort, workerData } from 'node:worker_threads';
import { type CaptureFacts, openCapture, type OpenCapture } from '#capture/compose.ts';
import { readEnvironment } from '#capture/environment.ts';
import type { Site } from '#site/contract.ts';
import { type Lag, measureLag } from './lag.ts';
import { type Log, sendConsoleTo } from './log.ts';

/** The thread that `openCaptureThread` starts: opens capture, and does what it is asked to. */

/** What the thread can be asked: all that these take and return can be cloned. */
function callsOf({
  capture,
  desk,
  store,
  commentsVersion,
  countHeard,
  watch,
  facts,
  takeUp,
  start,
  stopSending,
  close,
}: OpenCapture) {
  const lag = measureLag();
  const { consent: _, ...uses } = capture;
  return {
    ...uses,
    ...desk,
    check: () => store.check(),
    oldestDue: () => store.outbox.oldestDue(Date.now()),
    deadLetters: () => store.outbox.deadCount(),
    vitals: async (): Promise<Vitals> => ({ ...(await facts()), lag: lag() }),
    ...{ commentsVersion, countHeard, watch, takeUp, start, stopSending, close },
  };
}

/** What is measured of this thread. */
export interface Vitals extends CaptureFacts {
  lag: Lag;
}

export type Calls = ReturnType<typeof callsOf>;
export type CallName = keyof Calls;

export interface Call<Name extends CallName = CallName> {
  id: string;
  name: Name;
  values: Parameters<Calls[Name]>;
}

/** What the thread says: what became of a call, or of opening, which it does unasked; or a line for the log. */
export type Said =
  { id: Reported; value: unknown } | { id: Reported; error: ErrorData } | { level: keyof Log; message: string };
/** The id of a call, or `opening`. */
export type Reported = string;

/** An error as it crosses threads: cloned as it is, it would lose its name and what led to it. */
export interface ErrorData {
  name: string;
  message: string;
  stack: string | undefined;
  cause: ErrorData | undefined;
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
const say = (said: Said) => parentPort?.postMessage(said);
const line = (level: keyof Log) => (message: string) => say({ level, message });
const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };

/** Says what a piece of work returns, or what it throws. */
async function report(id: Reported, work: () => unknown): Promise<void> {
  try {
    say({ id, value: await work() });
  } catch (error) {
    say({ id, error: dataOf(error) });
  }
}

function dataOf(error: unknown): ErrorData {
  const { name, message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack, cause: cause === undefined ? undefined : dataOf(cause) };
}

sendConsoleTo(log);
await report('opening', async () => {
  const site = workerData as Site;
  const calls = callsOf(await openCapture(readEnvironment(process.env, site.url).environment, { site, log: log.info }));
  parentPort?.on('message', ({ id, name, values }: Call) => {
    const call = calls[name] as (...values: readonly unknown[]) => unknown;
    void report(id, () => call(...values));
  });
});
