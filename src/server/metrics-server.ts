import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { expositionType } from './exposition.ts';

/**
 * Answers `GET /metrics` on an address of its own, which is none of readers. Rejects with the error of Node when that cannot
 * be listened on.
 */
export async function serveMetrics(
  { host, port }: { host: string; port: number },
  text: () => Promise<string>,
): Promise<{ port: number; stop(): void }> {
  const server = createServer((request, response) => {
    const end = (status: number, body: string, type = 'text/plain; charset=utf-8') =>
      response
        .writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
        .end(request.method === 'HEAD' ? undefined : body);
    // A page that a browser on this machine shows may have its name lead here.
    if (!isOwnHost(request.headers.host, host)) end(421, 'Ask by an IP address, or by METRICS_HOST.\n');
    else if (request.url?.split('?')[0] !== '/metrics') end(404, 'There is only /metrics.\n');
    else if (request.method !== 'GET' && request.method !== 'HEAD') end(405, 'Only GET.\n');
    else
      void text().then(
        (body) => end(200, body, expositionType),
        () => end(503, 'The facts could not be gathered.\n'),
      );
  });
  await once(server.listen(port, host), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** An IP address, the name that is listened on, or a name without a domain, as containers have. */
function isOwnHost(header: string | undefined, own: string): boolean {
  const name = header?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') ?? '';
  return name !== '' && (isIP(name) !== 0 || name === own || !name.includes('.'));
}
