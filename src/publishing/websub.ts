import { z } from 'astro/zod';
import type { Network } from './redirect-chain.ts';

const withHub = z.object({ podcast: z.object({ hub: z.url({ protocol: /^https?$/ }) }) });

/** The WebSub hub that a show names, if it names one. */
export const hubOf = (show: unknown): string | undefined => withHub.safeParse(show).data?.podcast.hub;

/** What a hub answered to the news of one feed. */
export interface Ping {
  feed: string;
  accepted: boolean;
  /** The status, or why there is none. */
  answer: string;
}

/**
 * Tells a hub of each feed that has changed, by absolute address (W3C WebSub, section 7: the publisher tells its hub in
 * a way that the two agree on; hubs in use take a form with `hub.mode=publish` and `hub.url`). One after the other, as
 * hubs count requests; any 2xx is a yes.
 */
export async function ping(hub: string, feeds: readonly string[], { fetch, timeout }: Network): Promise<Ping[]> {
  const pings: Ping[] = [];
  for (const feed of feeds) {
    const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed });
    try {
      const response = await fetch(hub, { method: 'POST', body, signal: AbortSignal.timeout(timeout) });
      await response.body?.cancel();
      pings.push({ feed, accepted: response.ok, answer: `${response.status} ${response.statusText}`.trimEnd() });
    } catch (error) {
      pings.push({ feed, accepted: false, answer: (error as Error).message });
    }
  }
  return pings;
}
