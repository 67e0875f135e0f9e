import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ask, type Asking, send, serve, type Wanted } from './served.ts';

const form = 'email=a%40example.com';

/** Of a file, of a page that is made on demand, or of a notice. */
const policy =
  /^(default-src 'none', |default-src 'none'; base-uri 'none'; form-action 'none'; )?frame-ancestors 'none'$/;

describe('every answer', () => {
  const unready: Wanted = { services: { check: () => Promise.reject(new Error('down')) } };
  const failing: Wanted = {
    pages: () => {
      throw new Error('unforeseen');
    },
  };
  test.each<[string, number, string, Asking, Wanted?]>([
    ['a page', 200, '/about/', {}],
    ['one that the reader has', 304, '/about/', { headers: { 'If-None-Match': '*' } }],
    ['a part', 206, '/episodes/one/audio.mp3', { headers: { Range: 'bytes=0-1' } }],
    ['a part that is not there', 416, '/episodes/one/audio.mp3', { headers: { Range: 'bytes=9999-' } }],
    ['another file than the one that is asked for', 412, '/about/', { headers: { 'If-Match': '"other"' } }],
    ['a way to another address', 301, '/about', {}],
    ['what may be asked', 204, '/about/', { method: 'OPTIONS' }],
    ['no such page', 404, '/nope', {}],
    ['no such method', 405, '/about/', { method: 'POST' }],
    ['a malformed address', 400, '/%', {}],
    ['a foreign host', 421, '/', { headers: { Host: 'evil.example' } }],
    [
      'a foreign form',
      403,
      '/forms/newsletter/',
      { method: 'POST', headers: { Origin: 'https://evil.example' }, body: form },
    ],
    ['a form', 200, '/forms/newsletter/', { method: 'POST', body: form }],
    ['too large a form', 413, '/forms/newsletter/', { method: 'POST', body: 'x'.repeat(70_000) }],
    ['a page with a token', 200, '/confirm/?token=x', {}],
    ['a paper', 200, '/download/file/?token=good', {}],
    ['a part of a paper', 206, '/download/file/?token=good', { headers: { Range: 'bytes=0-1' } }],
    ['a paper that is gone', 410, '/download/file/?token=bad', {}],
    ['a paper that cannot be had now', 503, '/download/file/?token=busy', {}],
    ['a sign of life', 200, '/healthz', {}],
    ['a sign of trouble', 503, '/readyz', {}, unready],
    ['a failure', 500, '/confirm/', {}, failing],
  ])('has its guards: %s (%i)', async (_what, status, path, asking, wanted) => {
    const { headers, status: answered } = await ask(await serve(wanted), path, asking);
    expect(answered).toBe(status);
    expect(headers['content-security-policy']).toMatch(policy);
    expect(headers['x-content-type-options']).toBe('nosniff');
    const isPublic =
      (/^\/(about|episodes|nope)/.test(path) && status !== 405) || (path.startsWith('/forms/') && status === 200);
    expect(headers['referrer-policy']).toBe(isPublic ? 'strict-origin-when-cross-origin' : 'no-referrer');
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers['x-powered-by'] ?? headers.server).toBeUndefined();
  });

  test.each([
    ['that is not HTTP', 400, 'HELLO\r\n\r\n'],
    ['whose head is too long', 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['that names no host', 400, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['of an older HTTP', 421, 'GET / HTTP/1.0\r\n\r\n'],
    [
      'with two lengths',
      400,
      'POST /confirm/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    [
      'that expects what nobody does',
      200,
      'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\nConnection: close\r\n\r\n',
    ],
  ])('to a request %s has its guards (%i)', async (_what, status, text) => {
    const answer = await send(await serve(), text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const [, sent] = /\r\nContent-Security-Policy: (.*)\r\n/.exec(answer) ?? [];
    expect(sent).toMatch(policy);
    expect(answer).toMatch(/\r\nReferrer-Policy: no-referrer\r\n/);
    expect(answer).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/);
    expect(answer).toMatch(/\r\nStrict-Transport-Security: /);
  });

  test.each([
    ['that is no HTTP', 'HELLO\r\n\r\n', 'This address is not written as an address is.'],
    ['that is too long', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 'longer than this server takes'],
  ])('to a request %s says so, to the log too', async (_what, text, notice) => {
    const served = await serve();
    expect(await send(served, text)).toContain(notice);
    expect(served.lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 'info', message: 'A request could not be read' },
    ]);
  });

  test('is none for a reader who broke off, whom the log does not name either', async () => {
    const served = await serve();
    const socket = connect(served.port, '127.0.0.1');
    socket.write('GET /about/ HTTP/1.1\r\nHost: lighthouse.example.com\r\n\r\nGET /abou');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.resetAndDestroy();
    await ask(served, '/rss.xml');
    await served.running.stop();
    expect(served.lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
      'GET /about/',
      'GET /rss.xml',
    ]);
  });

  test('promises no https where the site has none', async () => {
    const served = await serve({ environment: { site: new URL('http://lighthouse.example.com/') } });
    expect((await ask(served, '/')).headers['strict-transport-security']).toBeUndefined();
  });
});

test('other sites can frame the player of an episode', async () => {
  const { headers } = await ask(await serve(), '/episodes/one/embed/');
  expect(headers['content-security-policy']).toBe('frame-ancestors *');
});

test('the editor keeps hold of the window in which its author signs in at another host', async () => {
  const { headers } = await ask(await serve({ files: { 'edit/index.html': '<h1>Edit</h1>' } }), '/edit/');
  expect(headers).toMatchObject({
    'content-security-policy': "frame-ancestors 'none'",
    'cross-origin-opener-policy': 'unsafe-none',
    'x-robots-tag': 'noindex',
  });
});

test.each([
  ['/forms/newsletter/', 'POST'],
  ['/confirm/?token=x', 'GET'],
  ['/confirm/', 'POST'],
  ['/download/?token=x', 'GET'],
  ['/unsubscribe/?token=x', 'GET'],
  ['/preferences/?token=x', 'POST'],
  ['/erase/?token=x', 'GET'],
  ['/%63onfirm/?token=x', 'GET'],
  ['/download/file/?token=good', 'GET'],
])('what is of one reader is kept nowhere: %s', async (path, method) => {
  const { headers } = await ask(await serve(), path, { method, ...(method === 'POST' && { body: form }) });
  expect(headers['cache-control']).toBe('private, no-store');
  expect(headers['x-robots-tag']).toBe('noindex');
});

test.each([
  ['text/html', 'text/html; charset=utf-8'],
  ['text/plain', 'text/plain; charset=utf-8'],
  ['text/html;charset=UTF-8', 'text/html;charset=UTF-8'],
  ['application/json', 'application/json'],
  [undefined, undefined],
])('what is made on demand as %s is sent as %s', async (made, sent) => {
  const served = await serve({
    pages: (_request, response) => {
      response.writeHead(200, made === undefined ? {} : { 'content-type': made }).end('é');
    },
  });
  expect((await ask(served, '/confirm/?token=x')).headers['content-type']).toBe(sent);
});

test('a page that is made on demand keeps its own policy beside that of the server', async () => {
  const { headers } = await ask(await serve(), '/confirm/?token=x');
  expect(headers['content-security-policy']).toBe("default-src 'none', frame-ancestors 'none'");
});

test('what guards an answer is the server’s own, however a page writes the names of its headers', async () => {
  const served = await serve({
    pages: (_request, response) => {
      response.writeHead(200, {
        'Content-Security-Policy': "default-src 'none'",
        'CONTENT-TYPE': 'text/html',
        'Cache-Control': 'public',
        'Referrer-policy': 'unsafe-url',
        'Content-Language': 'en',
      });
      response.end();
    },
  });
  const { headers } = await ask(served, '/confirm/?token=x');
  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none', frame-ancestors 'none'",
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'content-language': 'en',
  });
});

describe('a host', () => {
  const known = 'lighthouse.example.com';
  test.each([
    ['lighthouse.example.com', 200],
    ['LIGHTHOUSE.example.com', 200],
    ['lighthouse.example.com:443', 200],
    ['www.example.com', 200],
    ['evil.example', 421],
    ['lighthouse.example.com.evil.example', 421],
    ['evil-lighthouse.example.com', 421],
    ['lighthouse.example.com:8080', 421],
    ['localhost', 421],
    ['127.0.0.1', 421],
  ])('%s is answered with %i where the site is public', async (host, status) => {
    const hosts = ['lighthouse.example.com', 'www.example.com'];
    const served = await serve({ environment: { hosts } });
    expect((await ask(served, '/', { headers: { Host: host } })).status).toBe(status);
    expect((await ask(served, '/confirm/?token=x', { headers: { Host: host } })).status).toBe(status);
  });

  test.each([
    ['localhost:4321', 200],
    ['127.0.0.1:9', 200],
    ['[::1]:4321', 200],
    ['evil.example', 421],
    ['localhost.evil.example', 421],
  ])('%s is answered with %i on the machine of a developer', async (host, status) => {
    const served = await serve({ environment: { production: false } });
    expect((await ask(served, '/', { headers: { Host: host } })).status).toBe(status);
  });

  test.each([
    ['not at all', ''],
    ['twice', `Host: ${known}\r\nHost: ${known}\r\n`],
    ['twice, as another one first', `Host: evil.example\r\nhost: ${known}\r\n`],
    ['twice, as another one last', `HOST: ${known}\r\nHost: evil.example\r\n`],
    ['as two names', `Host: ${known}, evil.example\r\n`],
    ['with a path', `Host: ${known}/about/\r\n`],
    ['with a user', `Host: reader@${known}\r\n`],
    ['with a port that is none', `Host: ${known}:http\r\n`],
  ])('that is named %s makes a request malformed, whatever it asks for', async (_how, lines) => {
    const served = await serve();
    for (const target of ['/about/', '/healthz', '/forms/link/', `http://${known}/about/`]) {
      const answer = await send(served, `GET ${target} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
    }
    expect(served.asked).toEqual([]);
  });

  test('is nothing that HTTP/1.0 has to name for a sign of life', async () => {
    expect(await send(await serve(), 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
  });

  test('does not matter to what looks after the server', async () => {
    const served = await serve();
    for (const path of ['/healthz', '/readyz'])
      expect((await ask(served, path, { headers: { Host: '10.0.0.7' } })).status).toBe(200);
  });
});

describe('a form', () => {
  const own = 'https://lighthouse.example.com';
  test.each<[string, number, Record<string, string>]>([
    ['of this site', 200, { 'Sec-Fetch-Site': 'same-origin', Origin: own }],
    ['of a page that sends no referrer', 200, { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }],
    ['that the reader sends again', 200, { 'Sec-Fetch-Site': 'none' }],
    ['of this site, behind a proxy that ends TLS', 200, { Origin: own, Referer: `${own}/about/` }],
    ['of this site, by a browser that tells little', 200, { Referer: `${own}/about/` }],
    ['of a page without referrer, by an old browser', 200, { Origin: 'null' }],
    ['of another site', 403, { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    ['of another site that hides', 403, { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' }],
    [
      'of another site under the same domain',
      403,
      { 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.example.com' },
    ],
    ['of another site, over http', 403, { Origin: 'http://evil.example' }],
    ['of another site, by an old browser', 403, { Origin: 'null', Referer: 'http://evil.example/' }],
    ['of a site that is named like this one', 403, { Origin: `${own}.evil.example` }],
    ['of nothing that is a site', 403, { Origin: 'nonsense' }],
  ])('%s is answered with %i', async (_whose, status, headers) => {
    const served = await serve();
    for (const path of ['/forms/whitepaper/', '/forms/newsletter/', '/forms/link/', '/confirm/', '/preferences/'])
      expect((await ask(served, path, { method: 'POST', headers, body: form })).status).toBe(status);
    expect(served.asked).toHaveLength(status === 200 ? 5 : 0);
  });

  test('to unsubscribe comes from wherever a mail service is', async () => {
    const served = await serve();
    const boundary = 'b';
    const multipart = `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`;
    for (const headers of [{}, { Origin: 'https://mail.example' }, { 'Sec-Fetch-Site': 'cross-site' }])
      for (const [type, body] of [
        ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
        [`multipart/form-data; boundary=${boundary}`, multipart],
      ] as const) {
        const asking = { method: 'POST', headers: { ...headers, 'Content-Type': type }, body };
        const { status, headers: answered } = await ask(served, '/unsubscribe/?token=x', asking);
        expect([status, answered.location]).toEqual([200, undefined]);
        expect(served.asked.at(-1)).toMatchObject({ method: 'POST', url: '/unsubscribe/?token=x', body });
      }
  });

  test.each([
    ['in one piece', form],
    ['in pieces', ['email=', 'a%40', 'example.com']],
    ['with nothing in it', ''],
    ['as long as it may be', 'x'.repeat(64 * 1024)],
  ])('reaches its page whole: %s', async (_how, body) => {
    const served = await serve();
    expect((await ask(served, '/forms/newsletter/', { method: 'POST', body })).status).toBe(200);
    expect(served.asked).toMatchObject([{ body: [body].flat().join('') }]);
  });

  test.each([
    ['in one piece', 'x'.repeat(64 * 1024 + 1)],
    ['in pieces', Array.from({ length: 65 }, () => 'x'.repeat(1024))],
  ])('that is too long reaches nothing: %s', async (_how, body) => {
    const served = await serve();
    const { status } = await ask(served, '/forms/newsletter/', { method: 'POST', body });
    expect(status).toBe(413);
    expect(served.asked).toEqual([]);
  });

  test('that the store could not count reaches its page, which is told so', async () => {
    const visits: [boolean | undefined, number | undefined][] = [];
    const served = await serve({
      capture: { admit: async () => 'uncounted' },
      pages: (_request, response, _next, { visit, limited }) => {
        visits.push([visit.isUncounted, limited]);
        response.end();
      },
    });
    await ask(served, '/forms/newsletter/', { method: 'POST', body: form });
    await ask(served, '/confirm/', { method: 'POST', body: form });
    expect(visits).toEqual([
      [true, undefined],
      [undefined, undefined],
    ]);
  });

  describe('of a network that has sent enough', () => {
    const limited = (asked: { limited: unknown; body: string }[] = []): Wanted => ({
      capture: { admit: async () => 600 },
      pages: (request, response, _next, locals) => {
        const { body } = request as typeof request & { body?: Buffer };
        asked.push({ limited: locals.limited, body: String(body) });
        response.writeHead(429, { 'Retry-After': String(locals.limited), 'Content-Length': 0 }).end();
      },
    });
    const head = (length: number) =>
      `POST /forms/link/ HTTP/1.1\r\nHost: lighthouse.example.com\r\nContent-Length: ${length}\r\n\r\n`;

    test.each(['/forms/whitepaper/', '/forms/newsletter/', '/forms/link/'])(
      'is not read, whatever it is: %s',
      async (path) => {
        const asked: { limited: unknown; body: string }[] = [];
        const served = await serve(limited(asked));
        for (const body of [form, 'x'.repeat(64 * 1024), ['email=', 'a'], 'x'.repeat(70_000)]) {
          const { status, headers } = await ask(served, path, { method: 'POST', body });
          expect([status, headers['retry-after']]).toEqual([429, '600']);
        }
        expect(asked).toEqual(Array.from({ length: 4 }, () => ({ limited: 600, body: '' })));
      },
    );

    test('is answered before it comes', async () => {
      const served = await serve({ ...limited(), patience: { headers: 50, request: 50, every: 10 } });
      expect(await send(served, head(60_000))).toMatch(/^HTTP\/1.1 429 /);
    });

    test('leaves its connection to the next request', async () => {
      const served = await serve(limited());
      const next = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
      const answers = await send(served, head(60_000) + 'x'.repeat(60_000) + next);
      expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 429', 'HTTP/1.1 200']);
    });

    test('counts after what says where it comes from, and links in mails do not count', async () => {
      const admitted: string[] = [];
      const served = await serve({
        environment: { trustedProxies: 1 },
        capture: { admit: async ({ ip }) => void admitted.push(ip) },
      });
      const send = (path: string, headers: Record<string, string> = {}) =>
        ask(served, path, { method: 'POST', headers: { 'X-Forwarded-For': '203.0.113.9', ...headers }, body: form });
      await send('/forms/newsletter/', { Origin: 'https://evil.example' });
      for (const path of ['/confirm/', '/preferences/?token=x', '/unsubscribe/?token=x']) await send(path);
      expect(admitted).toEqual([]);
      await send('/forms/newsletter/');
      expect(admitted).toEqual(['203.0.113.9']);
    });
  });

  test('has no longer address for the page that it comes from than a browser sends', async () => {
    const referers: (string | undefined)[] = [];
    const served = await serve({
      pages: (_request, response, _next, { visit }) => {
        referers.push(visit.referer);
        response.end();
      },
    });
    const own = 'https://lighthouse.example.com/about/';
    const marks = `https://a${'%CC%81%CC%A3'.repeat(700)}/`;
    const send = (headers: Record<string, string>) =>
      ask(served, '/forms/link/', {
        method: 'POST',
        headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
        body: form,
      });
    await send({ Referer: own });
    await send({ Referer: marks });
    const longest = own.padEnd(4096, 'x');
    await send({ Referer: longest });
    await send({ Referer: `${longest}x` });
    expect(referers).toEqual([own, undefined, longest, undefined]);
    for (const headers of [{ Origin: marks }, { Origin: 'null', Referer: marks }])
      expect((await ask(served, '/forms/link/', { method: 'POST', headers, body: form })).status).toBe(403);
  });

  test.each([
    ['Content-Length: 5000000', (chunk: string) => chunk],
    ['Transfer-Encoding: chunked', (chunk: string) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`],
  ])('of 5 MB is refused as soon as it is too long: %s', async (header, framed) => {
    const served = await serve();
    const socket = connect(served.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const answered = new Promise<string>((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));
    socket.write(`POST /forms/link/ HTTP/1.1\r\nHost: lighthouse.example.com\r\n${header}\r\n\r\n`);
    socket.write(framed('x'.repeat(64 * 1024)));
    socket.write(framed('x'));
    expect(await answered).toMatch(/^HTTP\/1.1 413 /);
    expect(served.asked).toEqual([]);
  });

  test('that says itself that it is too long is refused before any of it comes', async () => {
    const served = await serve({ patience: { headers: 50, request: 50, every: 10 } });
    const head = 'POST /forms/link/ HTTP/1.1\r\nHost: lighthouse.example.com\r\nContent-Length: 5000000\r\n\r\n';
    expect(await send(served, head)).toMatch(/^HTTP\/1.1 413 /);
  });

  test.each(['Content-Length: 100', 'Transfer-Encoding: chunked'])(
    'that comes too slowly is given up, and so is its connection: %s',
    async (header) => {
      const served = await serve({ bodyLimits: { milliseconds: 20 } });
      const answer = await send(
        served,
        `POST /forms/link/ HTTP/1.1\r\nHost: lighthouse.example.com\r\n${header}\r\n\r\n${header.includes('chunked') ? '1\r\nx\r\n' : 'x'}`,
      );
      expect(answer).toMatch(/^HTTP\/1.1 408 /);
      expect(answer).toContain("frame-ancestors 'none'");
      expect(served.asked).toEqual([]);
    },
  );

  test('whose head comes too slowly is given up', async () => {
    const served = await serve({ patience: { headers: 20, request: 20, every: 10 } });
    const answer = await send(served, 'POST /forms/link/ HTTP/1.1\r\nHost: lighthouse');
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(answer).toContain('X-Content-Type-Options: nosniff');
    expect(answer).toContain('The form took too long to arrive.');
  });

  test('that breaks off reaches nothing, and the server goes on', async () => {
    const served = await serve();
    const socket = connect(served.port, '127.0.0.1');
    socket.write('POST /forms/link/ HTTP/1.1\r\nHost: lighthouse.example.com\r\nContent-Length: 9\r\n\r\nx');
    await new Promise((resolve) => socket.once('ready', resolve));
    socket.resetAndDestroy();
    expect((await ask(served, '/about/')).status).toBe(200);
    await served.running.stop();
    expect(served.asked).toEqual([]);
    expect(served.lines.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ level: 'info', message: 'POST /forms/link/', aborted: true }),
    );
  });
});

describe("the reader's address", () => {
  test.each<[string, number, string | string[] | undefined, string]>([
    ['without proxies, whatever is claimed', 0, '203.0.113.9', '127.0.0.1'],
    ['behind one', 1, '203.0.113.9', '203.0.113.9'],
    ['behind one, with inventions before it', 1, '1.1.1.1, 2.2.2.2, 203.0.113.9', '203.0.113.9'],
    ['behind one, with inventions in a header of their own', 1, ['1.1.1.1', '203.0.113.9'], '203.0.113.9'],
    ['behind two', 2, '1.1.1.1, 203.0.113.9, 10.0.0.1', '203.0.113.9'],
    ['past the proxy', 1, undefined, '127.0.0.1'],
    ['as IPv6', 1, '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['as IPv4 in IPv6', 1, '::ffff:203.0.113.9', '203.0.113.9'],
    ['as IPv4 in IPv6, in hexadecimal', 1, '::FFFF:cb00:7109', '203.0.113.9'],
    ['with a port', 1, '203.0.113.9:4711', '203.0.113.9'],
    ['as IPv6 with a port', 1, '[2001:db8::1]:4711', '2001:db8::1'],
    ['with a zone', 1, 'fe80::1%eth0', 'fe80::1'],
    ['where it is nonsense', 1, 'unknown', '127.0.0.1'],
  ])('is the one that the last trusted proxy saw: %s', async (_how, trustedProxies, forwarded, ip) => {
    const served = await serve({ environment: { trustedProxies } });
    await ask(served, '/forms/link/', {
      ...{ method: 'POST', body: form },
      headers: forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded },
    });
    expect(served.asked).toMatchObject([{ ip }]);
  });
});

describe('the log', () => {
  test('has a line for each answer, with nothing of its reader', async () => {
    const served = await serve({ environment: { trustedProxies: 1 } });
    const token = '0199a3f2-aaaa.k1.c2lnbmF0dXJlLXNpZ25hdHVyZQ';
    const headers = {
      'X-Forwarded-For': '203.0.113.9',
      Referer: `https://lighthouse.example.com/confirm/?token=${token}`,
    };
    await ask(served, `/confirm/?token=${token}`, { headers });
    await ask(served, `/confirm/${token}`, { headers });
    await ask(served, '/unsubscribe/ada%40example.com/ben@example.com', { headers });
    await ask(served, '/forms/link/', { method: 'POST', headers, body: 'email=ada%40example.com' });
    await ask(served, '/healthz');
    await ask(served, `/${'long'.repeat(100)}`);
    await ask(served, '/%');
    const lines = served.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ message, status }) => [message, status])).toEqual([
      ['GET /confirm/', 200],
      ['GET /confirm/[token]', 404],
      ['GET /unsubscribe/[address]/[address]', 404],
      ['POST /forms/link/', 200],
      [`GET /${'long'.repeat(50).slice(0, 199)}`, 404],
      ['GET (malformed)', 400],
    ]);
    expect(lines[0]).toMatchObject({ level: 'info', ms: 0, id: expect.stringMatching(/^[\da-f]{12}$/) as string });
    expect(lines.every(({ aborted }) => aborted === undefined)).toBe(true);
    const all = served.lines.join('\n');
    for (const secret of ['example.com', token, 'c2lnbmF0dXJl', '203.0.113.9', '127.0.0.1'])
      expect(all).not.toContain(secret);
  });

  test('has what each answer of a connection took by itself', async () => {
    const served = await serve();
    const socket = connect(served.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    let received = 0;
    socket.on('data', (chunk: Buffer) => (received += chunk.length));
    for (let times = 1; times <= 2; times += 1) {
      socket.write('GET /about/ HTTP/1.1\r\nHost: lighthouse.example.com\r\n\r\n');
      await vi.waitFor(() => expect(served.lines).toHaveLength(times));
    }
    await vi.waitFor(() => {
      const bytes = served.lines.map((line) => (JSON.parse(line) as { bytes: number }).bytes);
      expect(bytes).toEqual([received / 2, received / 2]);
    });
    expect(received).toBeGreaterThan(0);
  });

  test('reports a failure without what was in it of a person', async () => {
    const served = await serve({
      pages: () => {
        throw new Error('No row for ada@example.com at /confirm/?token=0199a3f2-aaaa.k1.c2lnbmF0dXJlLXNpZ25hdHVyZQ');
      },
    });
    await ask(served, '/confirm/?token=x');
    expect(served.lines[0]).toContain('No row for [address] at /confirm/?token=[token]');
    expect(served.lines.join('\n')).not.toMatch(/ada@|c2lnb/);
  });
});
