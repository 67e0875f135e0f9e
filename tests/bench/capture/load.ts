import autocannon from 'autocannon';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Load {
  /**
   * Requests a second, evenly spread and each sent when it is due, whatever became of the others (open). Without it each
   * connection sends when it has its answer (closed).
   */
  rate?: number;
  connections: number;
  seconds: number;
}

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  mean: number;
  p50: number;
  p99: number;
  p999: number;
  accepted: number;
  /** Answered with another status. */
  refused: number;
  failed: number;
}

/** What is sent, and the status that is expected. */
export interface Sent {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  /** Asked for each request. */
  body?: () => string;
  status: number;
}

/** Sends forms, each for an address of its own, to all origins in turn. */
export const sendForms = (origins: readonly string[], fields: Readonly<Record<string, string>>, load: Load) =>
  send(
    origins,
    (origin) => ({
      method: 'POST',
      path: '/forms/whitepaper/',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin },
      body: () => form(fields),
      status: 303,
    }),
    load,
  );

/** Sends the same to all origins in turn. */
export async function send(
  origins: readonly string[],
  sentTo: (origin: string) => Sent,
  { rate, connections, seconds }: Load,
): Promise<Measured> {
  // Autocannon sends what is due in a second as fast as it can: one connection for each request spreads them.
  const [lines, pause] = rate ? [rate, 1000 / rate] : [connections, 0];
  const times: number[] = [];
  let [accepted, refused, failed] = [0, 0, 0];
  const runs: Promise<unknown>[] = [];
  for (let line = 0; line < lines; line += 1) {
    const origin = origins[line % origins.length] ?? '';
    const done = Promise.withResolvers<void>();
    const { body, status: expected, ...request } = sentTo(origin);
    const options = {
      url: origin,
      connections: 1,
      duration: seconds,
      ...(rate && { overallRate: 1 }),
      requests: [
        {
          ...request,
          ...(body && { setupRequest: (each: autocannon.Request) => ({ ...each, body: body() }) }),
        },
      ],
    } satisfies autocannon.Options;
    const run = autocannon(options, (error: unknown) => (error ? done.reject(error) : done.resolve()));
    run.on('response', (_client, status, _bytes, milliseconds) => {
      times.push(milliseconds);
      if (status === expected) accepted += 1;
      else refused += 1;
    });
    run.on('reqError', () => (failed += 1));
    runs.push(done.promise);
    if (pause > 0) await sleep(pause);
  }
  await Promise.all(runs);
  const sorted = times.toSorted((a, b) => a - b);
  const percentile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return {
    perSecond: accepted / seconds,
    mean: times.reduce((sum, time) => sum + time, 0) / times.length,
    ...{ p50: percentile(0.5), p99: percentile(0.99), p999: percentile(0.999) },
    ...{ accepted, refused, failed },
  };
}

let sent = 0;

function form(fields: Readonly<Record<string, string>>): string {
  sent += 1;
  return new URLSearchParams({ ...fields, email: `reader-${process.pid}-${sent}@example.com` }).toString();
}
