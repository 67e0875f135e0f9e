import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request of a load, and the status that is right for it. */
export interface Due {
  path: string;
  status: number;
  /** The fields of a form; without them the path is read. */
  form?: Record<string, string>;
}

export interface Loaded {
  asked: number;
  /** The first of those that were not answered as they have to be, in words. */
  failures: string[];
  failed: number;
  /** Milliseconds from the moment at which each was due. */
  times: number[];
}

/**
 * Sends `rate` requests a second, each when it is due, whatever became of the others, until the signal aborts; resolves
 * when all are answered. `seen` is given each answer's body.
 */
export async function openLoad(
  origin: () => string,
  rate: number,
  next: (n: number) => Due,
  signal: AbortSignal,
  seen: (path: string, body: string) => void = () => {},
): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true });
  const loaded: Loaded = { asked: 0, failures: [], failed: 0, times: [] };
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  for (let n = 0; !signal.aborted; n += 1) {
    const due = began + (n * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const one = send(next(n), due);
    underWay.add(one);
    void one.finally(() => underWay.delete(one));
  }
  await Promise.all(underWay);
  agent.destroy();
  return loaded;

  async function send({ path, status, form }: Due, due: number): Promise<void> {
    const got = await new Promise<{ status: number; body: string } | string>((resolve) => {
      const sent = request(`${origin()}${path}`, {
        agent,
        method: form ? 'POST' : 'GET',
        timeout: 30_000,
        headers: form ? { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin() } : {},
      });
      sent.on('response', (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', (error) => resolve(error.message));
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in 30 s')));
      sent.on('error', (error) => resolve(error.message));
      sent.end(form && new URLSearchParams(form).toString());
    });
    loaded.asked += 1;
    loaded.times.push(performance.now() - due);
    if (typeof got !== 'string' && got.status === status) return seen(path, got.body);
    loaded.failed += 1;
    if (loaded.failures.length < 5) loaded.failures.push(`${path}: ${typeof got === 'string' ? got : got.status}`);
  }
}

/** So much of them are not above it. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
