import { routes } from './routes.ts';
import { url } from '#site/url.ts';

/** How many requests were answered, how, and in which time, since the process began. Nothing of a reader is in it. */
export class RequestCounts {
  readonly answers = new Map<string, { kind: RequestKind; status: number; n: number }>();
  readonly seconds = new Map<RequestKind, { buckets: number[]; sum: number; count: number }>();

  /** `path` is undefined where the request named none that could be read. */
  add(path: string | undefined, status: number, milliseconds: number): void {
    const kind = kindOf(path);
    const key = `${kind} ${status}`;
    const answer = this.answers.get(key);
    if (answer) answer.n += 1;
    else this.answers.set(key, { kind, status, n: 1 });

    let times = this.seconds.get(kind);
    if (!times) this.seconds.set(kind, (times = { buckets: bounds.map(() => 0), sum: 0, count: 0 }));
    times.sum += milliseconds / 1000;
    times.count += 1;
    const bucket = bounds.findIndex((bound) => milliseconds <= bound * 1000);
    if (bucket !== -1) times.buckets[bucket] = (times.buckets[bucket] ?? 0) + 1;
  }
}

/** The upper bounds of the buckets of the histogram, in seconds. */
export const bounds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

/** What was asked for: `form`, `token`, `desk` and `public` are pages made on demand, `file` is all that the build made. */
export type RequestKind = 'file' | 'form' | 'token' | 'desk' | 'public' | 'health' | 'malformed';

function kindOf(path: string | undefined): RequestKind {
  if (path === undefined) return 'malformed';
  if (path === url.alive || path === url.ready) return 'health';
  return routes.get(path)?.kind ?? 'file';
}
