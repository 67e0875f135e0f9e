import type { IncomingMessage } from 'node:http';
import type { ReadCount } from '#capture/compose.ts';
import { url } from '#site/url.ts';

/**
 * Whether an answer is a view of a page by a person. A copy that was still right (304) is seen as much as a new one;
 * what a browser fetches ahead of time (`Sec-Purpose`) or beside a page, and machines that say so, is not.
 */
export function isView({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>, status: number): boolean {
  return (
    method === 'GET' &&
    (status === 200 || status === 304) &&
    headers['sec-purpose'] === undefined &&
    headers['purpose'] !== 'prefetch' &&
    (headers['sec-fetch-dest'] ?? 'document') === 'document' &&
    !/bot[/-]|crawl|spider|preview/i.test(headers['user-agent'] ?? '')
  );
}

/** A landing page, of the newsletter, of a whitepaper or of a partner: its views are counted. */
export const isLanding = (path: string): boolean => path === url.subscribe || landing.test(path);

const landing = new RegExp(`^(?:${url.whitepaper('[^/]+')}|${url.partner('[^/]+')})$`);

/** How often pages of entries were opened, added up in memory. Of readers nothing is kept. */
export class Reads {
  #counted = new Map<string, number>();

  add(entry: string): void {
    this.#counted.set(entry, (this.#counted.get(entry) ?? 0) + 1);
  }

  /** What was counted since the last time. */
  take(): ReadCount[] {
    const counted = [...this.#counted].map(([entry, n]) => ({ entry, n }));
    this.#counted = new Map();
    return counted;
  }
}
