import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Fetch } from '#publishing/redirect-chain.ts';
import { checkMedia } from '#publishing/media-check.ts';
import type { RemoteRecording } from '#publishing/remote-recording.ts';

const url = 'https://cdn.example/one.mp3';
const one: RemoteRecording = { slug: 'one', field: 'audio', url, bytes: 1000, type: 'audio/mpeg', duration: 60 };

/** What a host answers, in what it differs from one that does everything right. */
interface Host {
  head?: { status?: number; headers?: Record<string, string> };
  range?: { status?: number; headers?: Record<string, string> };
  /** Where an address leads on to. */
  redirects?: Record<string, string>;
}

const right = { 'Content-Type': 'audio/mpeg', 'Content-Length': '1000' };

const hosted =
  ({ head, range, redirects = {} }: Host): Fetch =>
  (address, { method = 'GET' }) => {
    const location = redirects[address];
    if (location) return Promise.resolve(new Response(null, { status: 302, headers: { location } }));
    const { status, headers } =
      method === 'HEAD'
        ? { status: 200, headers: right, ...head }
        : { status: 206, headers: { 'Content-Range': 'bytes 0-1/1000' }, ...range };
    return Promise.resolve(new Response(null, { status, headers }));
  };

async function finding(host: Host, recording = one) {
  const [found] = await checkMedia([recording], { fetch: hosted(host), timeout: 1000 });
  if (!found) throw new Error('Nothing was found out');
  return found;
}

test('a recording that is as its episode says has no mismatch', async () => {
  expect(await finding({})).toEqual({ recording: one, redirects: [], mismatches: [], advice: [] });
});

describe('a mismatch is told as such:', () => {
  test.each<[string, Host, object]>([
    ['nothing there', { head: { status: 404 } }, { fact: 'url', what: `${url} answers 404` }],
    ['no HEAD', { head: { status: 405 } }, { fact: 'url', what: expect.stringContaining('HEAD') as string }],
    [
      'another length',
      {
        head: { headers: { ...right, 'Content-Length': '999' } },
        range: { headers: { 'Content-Range': 'bytes 0-1/999' } },
      },
      { fact: 'bytes', what: `${url} has 999 bytes, and not 1000`, right: 999 },
    ],
    [
      'another length, which only the range tells',
      { head: { headers: { 'Content-Type': 'audio/mpeg' } }, range: { headers: { 'Content-Range': 'bytes 0-1/999' } } },
      { fact: 'bytes', what: `${url} has 999 bytes, and not 1000`, right: 999 },
    ],
    [
      'another type',
      { head: { headers: { ...right, 'Content-Type': 'audio/mp4; codecs=x' } } },
      { fact: 'type', what: `${url} is served as audio/mp4, and not as audio/mpeg`, right: 'audio/x-m4a' },
    ],
    ['no type', { head: { headers: { 'Content-Length': '1000' } } }, { fact: 'type' }],
    ['no byte ranges', { range: { status: 200 } }, { fact: 'url', what: expect.stringContaining('200') as string }],
    ['another range', { range: { headers: { 'Content-Range': 'bytes 0-999/1000' } } }, { fact: 'url' }],
    ['a range without its place', { range: { headers: {} } }, { fact: 'url' }],
  ])('%s', async (_name, host, mismatch) => {
    expect((await finding(host)).mismatches).toMatchObject([mismatch]);
  });

  test('a host that cannot be reached', async () => {
    const fetch: Fetch = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }));
    const [found] = await checkMedia([one], { fetch, timeout: 1000 });
    expect(found?.mismatches).toEqual([{ fact: 'url', what: `${url} cannot be reached: ECONNREFUSED` }]);
  });

  test('a host that does not answer', async () => {
    const fetch: Fetch = (_address, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
    const [found] = await checkMedia([one], { fetch, timeout: 20 });
    expect(found?.mismatches[0]?.what).toBe(`${url} does not answer within 0.02 s`);
  });

  test('a redirect that goes in circles', async () => {
    const { mismatches } = await finding({ redirects: { [url]: url } });
    expect(mismatches).toEqual([{ fact: 'url', what: `${url} is redirected more than 5 times` }]);
  });
});

test('the type of M4A files has two names', async () => {
  const m4a = { ...one, type: 'audio/x-m4a' } as const;
  expect((await finding({ head: { headers: { ...right, 'Content-Type': 'audio/mp4' } } }, m4a)).mismatches).toEqual([]);
});

test('redirects are followed and told, five at most', async () => {
  const steps = [url, ...[1, 2, 3, 4, 5].map((n) => `https://cdn${n}.example/one.mp3`)];
  const redirects = Object.fromEntries(steps.slice(0, -1).map((step, i) => [step, steps[i + 1] ?? '']));
  const found = await finding({ redirects });
  expect(found.redirects).toEqual(steps.slice(1));
  expect(found.mismatches).toEqual([]);
});

test.each([200, 206, 400, 404])('an answer of %i leads nowhere, whatever address it names', async (status) => {
  const fetch: Fetch = (_address, { method }) =>
    Promise.resolve(
      new Response(null, {
        status: method === 'HEAD' ? status : 206,
        headers: { ...right, location: 'https://other.example/', 'Content-Range': 'bytes 0-1/1000' },
      }),
    );
  const [found] = await checkMedia([one], { fetch, timeout: 1000 });
  expect(found?.redirects).toEqual([]);
  expect(found?.mismatches.filter(({ what }) => what.includes('redirected'))).toEqual([]);
});

test('an address that is not encrypted is no mismatch, but advised against', async () => {
  const found = await finding({}, { ...one, url: 'http://cdn.example/one.mp3' });
  expect(found.mismatches).toEqual([]);
  expect(found.advice[0]).toContain('https is recommended');
});

test('four recordings are looked at together, and each is told as it is finished', async () => {
  let open = 0;
  let most = 0;
  const fetch: Fetch = async (address, init) => {
    most = Math.max(most, (open += 1));
    await new Promise((resolve) => setTimeout(resolve, 1));
    open -= 1;
    return hosted({})(address, init);
  };
  const recordings = Array.from({ length: 10 }, (_each, i) => ({ ...one, slug: `e${i}` }));
  const told: string[] = [];
  const found = await checkMedia(recordings, { fetch, timeout: 1000 }, ({ recording }) => told.push(recording.slug));
  expect(most).toBe(4);
  expect(told.toSorted()).toEqual(recordings.map(({ slug }) => slug).toSorted());
  expect(found.map(({ recording }) => recording.slug)).toEqual(recordings.map(({ slug }) => slug));
});

test('a real server is asked in real HTTP, and never for more than two bytes', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.range ?? ''}`.trim());
    if (request.url === '/old.mp3') return response.writeHead(301, { location: '/one.mp3' }).end();
    if (request.method === 'HEAD') return response.writeHead(200, right).end();
    return response.writeHead(206, { 'Content-Range': 'bytes 0-1/1000', 'Content-Length': '2' }).end('ID');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const [found] = await checkMedia([{ ...one, url: `${origin}/old.mp3` }], { fetch, timeout: 5000 });
  expect(found?.mismatches).toEqual([]);
  expect(found?.redirects).toEqual([`${origin}/one.mp3`]);
  expect(asked).toEqual(['HEAD /old.mp3', 'HEAD /one.mp3', 'GET /old.mp3 bytes=0-1', 'GET /one.mp3 bytes=0-1']);
});
