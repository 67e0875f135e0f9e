import autocannon from 'autocannon';
import { request } from 'node:http';

/** What is asked for again and again. */
export interface Asked {
  name: 'a page' | 'unchanged' | 'a part';
  path: string;
  headers: Record<string, string>;
}

/** An answer, as a bare handler can give it: the body in Base64, the headers without those that Node adds itself. */
export interface Recorded {
  name: Asked['name'];
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Load {
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** The requests for a server, which has tags of its own. */
export async function requestsFor(
  origin: string,
  { page, recording }: { page: string; recording: string },
): Promise<Asked[]> {
  const browser = {
    'Accept-Encoding': 'gzip, deflate, br',
    Accept: 'text/html,*/*;q=0.8',
    'User-Agent': 'Mozilla/5.0',
  };
  const { headers } = await fetch(origin + page, { headers: browser });
  return [
    { name: 'a page', path: page, headers: browser },
    { name: 'unchanged', path: page, headers: { ...browser, 'If-None-Match': headers.get('etag') ?? '' } },
    { name: 'a part', path: recording, headers: { ...browser, Range: 'bytes=65536-131071' } },
  ];
}

/** Asks once, and resolves to what came, to the byte. Throws where it is not what is measured. */
export function record(origin: string, { name, path, headers }: Asked): Promise<Recorded> {
  const wanted = { 'a page': 200, unchanged: 304, 'a part': 206 }[name];
  const { promise, resolve, reject } = Promise.withResolvers<Recorded>();
  const asking = request(origin + path, { headers, agent: false }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('end', () => {
      const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...kept } = response.headers;
      if (response.statusCode !== wanted)
        reject(new Error(`${path} is answered with ${response.statusCode}, not ${wanted}`));
      resolve({
        ...{ name, status: wanted, headers: kept as Record<string, string> },
        body: Buffer.concat(chunks).toString('base64'),
      });
    });
  });
  asking.once('error', reject).end();
  return promise;
}

/** Asks for the same over some connections, each of which asks again when it has its answer. */
export async function load(
  origin: string,
  { path, headers }: Asked,
  connections: number,
  seconds: number,
): Promise<Load> {
  const times: number[] = [];
  const done = Promise.withResolvers<void>();
  const run = autocannon({ url: origin + path, headers, connections, duration: seconds }, (error: unknown) =>
    error ? done.reject(error) : done.resolve(),
  );
  run.on('response', (_client, _status, _bytes, milliseconds) => void times.push(milliseconds));
  await done.promise;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return { requests: times.length, perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}
