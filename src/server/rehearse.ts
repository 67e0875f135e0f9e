import { request } from 'node:http';
import type { Capture } from '#capture/capture.ts';
import { url } from '#site/url.ts';
import type { Site } from './answer.ts';
import { Contents } from './contents.ts';
import { startServer } from './server.ts';

/**
 * Answers forms of its own on a port of this machine, so that the first readers find code that is compiled. Nothing of them
 * is kept, counted or logged.
 */
export async function rehearse(current: () => Site, requests: number): Promise<void> {
  const silent = () => {};
  const accepting: Pick<Capture, 'admit' | 'requestWhitepaper'> = {
    admit: async () => undefined,
    requestWhitepaper: async () => ({ kind: 'accepted' }),
  };
  const running = await startServer(
    () => {
      const site = current();
      return {
        ...site,
        contents: new Contents(),
        requests: undefined,
        log: { info: silent, warn: silent, error: silent },
        services: { ...site.services, capture: { ...site.services.capture, ...accepting } },
      };
    },
    { host: '127.0.0.1', port: 0 },
  );
  const { site: address } = current().environment;
  const headers = {
    Host: address.host,
    Origin: address.origin,
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  try {
    for (let sent = 0; sent < requests; sent += 1) await sendForm(running.port, headers);
  } finally {
    await running.stop();
  }
}

function sendForm(port: number, headers: Record<string, string>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const sent = request({ host: '127.0.0.1', port, method: 'POST', path: url.askWhitepaper, headers }, (response) => {
    response.resume().once('close', resolve);
  });
  sent.once('error', reject).end('email=rehearsal%40example.com&whitepaper=rehearsal');
  return promise;
}
