import { onTestFinished } from 'vitest';
import type { Capture } from '#capture/capture.ts';
import type { Site } from '#server/answer.ts';
import { openEditions, type Editions, type EditionOptions } from '#server/edition.ts';
import { LaterParts } from '#server/later-parts.ts';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/server.ts';
import { site as described } from '../fakes/site.ts';

/**
 * The editions in a folder, of the site that the fakes describe; `taken` gets the titles of those that are taken up, and
 * `pause` is called between two tries.
 */
export function editionsOf(
  folder: string,
  {
    taken = [],
    lines = [],
    now = () => Date.now(),
    pause = async () => {},
  }: { taken?: string[]; lines?: string[]; now?: () => number; pause?: () => Promise<void> } = {},
): Promise<Editions> {
  const options: EditionOptions = {
    folder,
    prepare: async ({ built }) => {
      if (built.url !== described.url) throw new Error(`it was built for ${built.url}`);
      taken.push(built.title);
    },
    log: (line) => lines.push(line),
    pause,
    now,
  };
  return openEditions(options);
}

/** A server of whatever is in a folder, as the owner's is put together. It goes with the test. */
export async function serveEditions(folder: string, { now = () => Date.now() } = {}) {
  const [taken, lines]: [string[], string[]] = [[], []];
  const editions = await editionsOf(folder, { taken, lines, now });
  const address = new URL(described.url);
  const services = {
    capture: { admit: async () => undefined, countView: () => {} } as Partial<Capture> as Capture,
    check: async () => {},
    oldestDue: async () => undefined,
    deadLetters: async () => 0,
    stale: () => editions.failure,
  };
  const current = (): Site => ({
    ...editions.current,
    environment: {
      site: address,
      production: false,
      trustedProxies: 0,
      connectionsPerAddress: 512,
      hosts: [address.hostname],
    },
    services,
    laterParts: new LaterParts(),
    bodyLimits: { bytes: 64 * 1024, milliseconds: 5000 },
    log: createLog(
      'json',
      (line) => lines.push(line),
      () => new Date(0),
    ),
    now,
    requestId: () => 'd5d5d5d5d5d5',
    renew: async () => {
      await editions.readAgain();
      return current();
    },
  });
  const running = await startServer(current, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => running.stop());
  return { origin: `http://127.0.0.1:${running.port}`, editions, taken, lines };
}
