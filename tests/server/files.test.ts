import { rm, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ask, type Asking, built, film, recording, send, serve } from './served.ts';

describe('a file', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/rss.xml', 'application/rss+xml; charset=utf-8', 'public, max-age=300'],
    ['/episodes/one/audio.mp3', 'audio/mpeg', 'public, max-age=3600'],
    ['/posts/one/the%20film.webm', 'video/webm', 'public, max-age=3600'],
    ['/_astro/site.Ab3x.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/pagefind/fragment/en_1a2b.pf_fragment', 'application/octet-stream', 'public, max-age=31536000, immutable'],
    ['/episodes/one/a%20film%20%26%20more.mp4', 'video/mp4', 'public, max-age=3600'],
    ['/episodes/one/TALK%20%231%3F.MP3', 'audio/mpeg', 'public, max-age=3600'],
    ['/about/index.md', 'text/markdown; charset=utf-8', 'no-cache'],
    ['/llms.txt', 'text/plain; charset=utf-8', 'no-cache'],
    ['/.well-known/security.txt', 'text/plain; charset=utf-8', 'no-cache'],
  ])('%s is %s, kept as %s', async (path, type, keeping) => {
    const { status, headers } = await ask(await serve(), path);
    expect({ status, type: headers['content-type'], keeping: headers['cache-control'] }).toEqual({
      ...{ status: 200, type, keeping },
    });
    expect(headers['accept-ranges']).toBe('bytes');
  });

  test('is described by HEAD as it would be sent', async () => {
    const served = await serve();
    const [get, head] = [await ask(served, '/about/'), await ask(served, '/about/', { method: 'HEAD' })];
    const { date: _one, ...told } = head.headers;
    const { date: _other, ...sent } = get.headers;
    expect(told).toEqual(sent);
    expect(head.body).toHaveLength(0);
  });

  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['identity', undefined, (body: Buffer) => body],
  ])('is sent to who accepts %s as %s, each with a tag of its own', async (accepted, encoding, decoded) => {
    const served = await serve();
    const { headers, body } = await ask(served, '/about/', { headers: { 'Accept-Encoding': accepted } });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(decoded(body).toString()).toBe('<h1>About</h1>');
    const plain = await ask(served, '/about/', { headers: { 'Accept-Encoding': 'br;q=0, gzip;q=0' } });
    expect(plain.headers.etag === headers.etag).toBe(encoding === undefined);
  });

  test('keeps its tag from build to build while it stays the same', async () => {
    const tags = [await serve(), await serve()].map(async (served) => {
      await utimes(join(served.folder, 'client/rss.xml'), new Date(), built);
      return (await ask(served, '/rss.xml')).headers.etag;
    });
    expect(await tags[0]).toBe(await tags[1]);
    expect(await tags[0]).toMatch(/^"[\w-]{22}"$/);
  });

  test.each([
    ['its tag', (etag: string) => ({ 'If-None-Match': etag })],
    ['its tag among others, as a weak one', (etag: string) => ({ 'If-None-Match': `"other", W/${etag}` })],
    ['any tag', () => ({ 'If-None-Match': '*' })],
    ['its date', () => ({ 'If-Modified-Since': built.toUTCString() })],
  ])('is not sent again to who has it, known by %s', async (_how, condition) => {
    const served = await serve();
    const { headers } = await ask(served, '/about/');
    const again = await ask(served, '/about/', { headers: condition(headers.etag ?? '') });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    const { etag, vary, 'cache-control': keeping, 'content-type': type } = again.headers;
    expect({ etag, vary, keeping, type }).toEqual({
      ...{ etag: headers.etag, vary: 'Accept-Encoding', keeping: 'no-cache', type: undefined },
    });
  });

  test.each([
    ['another tag', { 'If-None-Match': '"other"' }],
    ['another tag, whatever the date', { 'If-None-Match': '"other"', 'If-Modified-Since': built.toUTCString() }],
    ['an older date', { 'If-Modified-Since': new Date(built.getTime() - 2000).toUTCString() }],
    ['what is no date', { 'If-Modified-Since': 'yesterday' }],
  ])('is sent again to who has %s', async (_what, headers) => {
    expect((await ask(await serve(), '/about/', { headers })).status).toBe(200);
  });

  test('is not sent to who asks for another one alone', async () => {
    const served = await serve();
    const asking = (tag: string) => ask(served, '/about/', { headers: { 'If-Match': tag } });
    expect((await asking('"other"')).status).toBe(412);
    expect((await asking((await ask(served, '/about/')).headers.etag ?? '')).status).toBe(200);
  });

  test.each([
    ['its date', 200, { 'If-Unmodified-Since': built.toUTCString() }],
    ['a later date', 200, { 'If-Unmodified-Since': new Date(built.getTime() + 60_000).toUTCString() }],
    ['an older date', 412, { 'If-Unmodified-Since': new Date(built.getTime() - 2000).toUTCString() }],
    ['an older date, for a part', 412, { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT', Range: 'bytes=0-1' }],
    ['what is no date', 200, { 'If-Unmodified-Since': 'yesterday' }],
    ['any tag, whatever the date', 200, { 'If-Match': '*', 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' }],
    ['another tag, whatever the date', 412, { 'If-Match': '"other"', 'If-Unmodified-Since': built.toUTCString() }],
    [
      'an older date than that of a copy',
      412,
      { 'If-None-Match': '*', 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    ],
  ])('is for who asks for it as of %s: %i', async (_what, status, headers) => {
    expect((await ask(await serve(), '/about/', { headers })).status).toBe(status);
  });

  test.each<[string, string, Record<string, string>?]>([
    ['a page', '/about/'],
    ['the front page', '/'],
    ['a page in Brotli', '/about/', { 'Accept-Encoding': 'gzip, br' }],
    ['a page in gzip', '/about/', { 'Accept-Encoding': 'gzip' }],
    ['a page as it is', '/about/', { 'Accept-Encoding': 'br;q=0, identity' }],
    ['a page that the reader has', '/about/', { 'If-None-Match': '*' }],
    ['a page that the reader has in Brotli', '/about/', { 'If-None-Match': '*', 'Accept-Encoding': 'br' }],
    ['a page that a frame may show', '/episodes/one/embed/'],
    ['a feed', '/rss.xml'],
    ['a recording', '/episodes/one/TALK%20%231%3F.MP3'],
    ['a hashed file', '/_astro/site.Ab3x.css'],
  ])('is the same the first time and later, when it is in memory: %s', async (_what, path, headers = {}) => {
    const served = await serve();
    for (const method of ['GET', 'HEAD']) {
      // A query is of no matter to a file, and such a request is answered step by step.
      const [first, ...later] = [
        await ask(served, `${path}?step=by-step`, { method, headers }),
        await ask(served, path, { method, headers }),
        await ask(served, path, { method, headers }),
      ].map(({ status, headers: { date: _date, ...others }, body }) => ({
        status,
        headers: others,
        body: String(body),
      }));
      expect(later).toEqual([first, first]);
    }
    expect(served.lines).toHaveLength(6);
  });

  test('is told by its tag and sent from memory alone, once it was asked for', async () => {
    const served = await serve();
    const { headers } = await ask(served, '/about/');
    await rm(join(served.folder, 'client/about'), { recursive: true });
    expect((await ask(served, '/about/')).body.toString()).toBe('<h1>About</h1>');
    const condition = { 'If-None-Match': headers.etag ?? '' };
    expect((await ask(served, '/about/', { headers: condition })).status).toBe(304);
  });

  test('that is in memory is for no one who would not have got it otherwise', async () => {
    const served = await serve({ redirects: [{ from: '/about/?p=1', to: '/rss.xml' }] });
    const status = async (asking: Asking, path = '/about/') => (await ask(served, path, asking)).status;
    expect([await status({}), await status({})]).toEqual([200, 200]);
    expect(await status({ headers: { Host: 'evil.example' } })).toBe(421);
    expect(await status({ headers: { 'If-Match': '"other"' } })).toBe(412);
    expect(await status({ headers: { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' } })).toBe(412);
    expect(await status({ headers: { Range: 'bytes=0-1' } })).toBe(206);
    expect(await status({ method: 'POST' })).toBe(405);
    expect(await status({ method: 'OPTIONS' })).toBe(204);
    expect(await status({}, '/about/?p=1')).toBe(301);
    expect(await status({ headers: { 'If-None-Match': '*', 'Cache-Control': 'no-cache' } })).toBe(200);
    const twoHosts = 'GET /about/ HTTP/1.1\r\nHost: lighthouse.example.com\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect(await send(served, twoHosts)).toMatch(/^HTTP\/1.1 400 /);
  });

  test('at an old address leads on, in memory or not', async () => {
    const served = await serve({ redirects: [{ from: '/about/', to: '/rss.xml' }] });
    for (let times = 0; times < 3; times += 1) expect((await ask(served, '/about/')).status).toBe(301);
  });

  test('that is a recording is told by its tag without a look at it', async () => {
    const served = await serve();
    const { headers } = await ask(served, '/episodes/one/video.mp4', { method: 'HEAD' });
    await rm(join(served.folder, 'client/episodes/one/video.mp4'));
    const condition = { 'If-None-Match': headers.etag ?? '' };
    expect((await ask(served, '/episodes/one/video.mp4', { headers: condition })).status).toBe(304);
    expect((await ask(served, '/episodes/one/video.mp4')).status).toBe(503);
  });

  test('that was changed while it was open is not sent by halves', async () => {
    const served = await serve();
    const part = { headers: { Range: 'bytes=10-19' } };
    expect((await ask(served, '/episodes/one/video.mp4', part)).status).toBe(206);
    await writeFile(join(served.folder, 'client/episodes/one/video.mp4'), 'A new one');
    for (let times = 0; times < 2; times += 1)
      expect((await ask(served, '/episodes/one/video.mp4', part)).status).toBe(503);
  });

  test('that is long comes whole to many at once, and to who asks after others went away', async () => {
    const served = await serve();
    const leave = async () => {
      const socket = connect(served.port, '127.0.0.1');
      socket.write('GET /episodes/one/video.mp4 HTTP/1.1\r\nHost: lighthouse.example.com\r\n\r\n');
      await new Promise((resolve) => socket.once('data', resolve));
      socket.destroy();
    };
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 4 }, leave));
      const answers = await Promise.all(Array.from({ length: 4 }, () => ask(served, '/episodes/one/video.mp4')));
      for (const { body } of answers) expect(body.equals(film)).toBe(true);
    }
  });

  test('that is not what it was when the server started is not sent by halves', async () => {
    const served = await serve();
    await writeFile(join(served.folder, 'client/episodes/one/video.mp4'), 'A new one');
    const { status, headers } = await ask(served, '/episodes/one/video.mp4');
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('10');
    expect(headers['content-range'] ?? headers['accept-ranges']).toBeUndefined();
  });
});

describe.each([
  ['/episodes/one/audio.mp3', recording],
  ['/episodes/one/video.mp4', film],
  ['/posts/one/the%20film.webm', film],
])('a part of %s', (path, whole) => {
  const { length } = whole;
  test.each([
    ['bytes=0-', 0, length - 1],
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=-10', length - 10, length - 1],
    ['bytes=-999999', 0, length - 1],
    ['bytes=10-999999', 10, length - 1],
  ])('is sent for %s', async (range, first, last) => {
    const { status, headers, body } = await ask(await serve(), path, { headers: { Range: range } });
    expect(status).toBe(206);
    expect(headers['content-range']).toBe(`bytes ${first}-${last}/${length}`);
    expect(headers['content-length']).toBe(String(last - first + 1));
    expect(body.equals(whole.subarray(first, last + 1))).toBe(true);
  });

  test.each([`bytes=${length}-`, 'bytes=-0', 'bytes=9999999-'])('does not exist for %s', async (range) => {
    const { status, headers, body } = await ask(await serve(), path, { headers: { Range: range } });
    expect(status).toBe(416);
    expect(headers['content-range']).toBe(`bytes */${length}`);
    expect(body).toHaveLength(0);
  });

  test.each(['bytes=5-1', 'bytes=-', 'bytes=a-b', 'items=0-1', 'bytes=0-1,5-6'])(
    'is not what %s asks for: it is sent whole',
    async (range) => {
      const { status, body } = await ask(await serve(), path, { headers: { Range: range } });
      expect(status).toBe(200);
      expect(body.equals(whole)).toBe(true);
    },
  );

  test('is one of the file as it is, whatever its reader accepts', async () => {
    const headers = { Range: 'bytes=0-3', 'Accept-Encoding': 'br, gzip' };
    const { status, headers: sent, body } = await ask(await serve(), '/rss.xml', { headers });
    expect([status, sent['content-encoding'], body.toString()]).toEqual([206, undefined, '<rss']);
  });

  test('goes on only with the parts of the same file', async () => {
    const served = await serve();
    const { etag = '', 'last-modified': modified = '' } = (await ask(served, path)).headers;
    const part = async (condition: string) =>
      (await ask(served, path, { headers: { Range: 'bytes=1-2', 'If-Range': condition } })).status;
    expect([await part(etag), await part(modified), await part(` ${etag} `)]).toEqual([206, 206, 206]);
    expect([await part('"other"'), await part(`W/${etag}`), await part(new Date(0).toUTCString())]).toEqual([
      ...[200, 200, 200],
    ]);
  });
});

describe('what is not there', () => {
  test.each(['/nope', '/nope/', '/404.html', '/404/', '//about/', '/about//', '/healthz/', '/index.html.br'])(
    '%s is answered with the page that says so',
    async (path) => {
      const { status, headers, body } = await ask(await serve(), path, { headers: { 'If-None-Match': '*' } });
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body.toString()).toBe('<h1>No such page</h1>');
    },
  );

  test.each<[string, Record<string, string>]>([
    ['a part', { Range: 'bytes=0-1' }],
    ['what goes on with a part', { Range: 'bytes=0-1', 'If-Range': '"other"' }],
    ['another file alone', { 'If-Match': '"other"' }],
  ])('is answered with all of that page to who asks for %s', async (_what, asking) => {
    const { status, headers, body } = await ask(await serve(), '/nope', { headers: asking });
    expect([status, body.toString()]).toEqual([404, '<h1>No such page</h1>']);
    expect([headers['content-range'], headers['accept-ranges']]).toEqual([undefined, undefined]);
    expect(headers['content-length']).toBe(String(body.length));
  });

  test('is answered with a notice where the site has no page for it', async () => {
    const served = await serve({ without: ['404.html'] });
    const { status, headers, body } = await ask(served, '/nope');
    expect([status, headers['x-robots-tag']]).toEqual([404, 'noindex']);
    expect(body.toString()).toContain('There is no such page.');
  });

  test('is what a build has no page for, at an address of forms too', async () => {
    const served = await serve({ pages: (_request, _response, next) => next() });
    for (const path of ['/confirm/?token=x', '/download/file/?token=bad']) {
      const { status, headers, body } = await ask(served, path);
      expect([status, body.toString()]).toEqual([404, '<h1>No such page</h1>']);
      expect([headers['cache-control'], headers['content-type']]).toEqual(['no-cache', 'text/html; charset=utf-8']);
    }
  });

  test.each([
    '/../secret.txt',
    '/about/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/about/..%2f..%2fsecret.txt',
    '/../gated/a-paper.pdf',
    '/gated/a-paper.pdf',
    '/.env',
    '/client/index.html',
    '/about%2F',
    '/about%2f',
    '/about%2Findex.html',
    '/episodes%2Fone/',
    '/confirm%2F?token=x',
    '/forms%2Flink%2F',
    '/old%2Fpage',
    '/%2Fevil.example',
  ])('%s leads out of nowhere', async (path) => {
    const { status, headers, body } = await ask(
      await serve({ redirects: [{ from: '/old/page/', to: '/about/' }] }),
      path,
    );
    expect([status, headers.location]).toEqual([404, undefined]);
    expect(body.toString()).toBe('<h1>No such page</h1>');
  });

  test.each(['/%', '/%E0%A4%A', '/about%00/', '/%c0%ae%c0%ae/secret.txt'])('%s is no address', async (path) => {
    expect((await ask(await serve(), path)).status).toBe(400);
  });
});

describe('another address of a page', () => {
  test.each([
    ['/about', '/about/'],
    ['/about?from=x&y=%2F', '/about/?from=x&y=%2F'],
    ['/about/index.html', '/about/'],
    ['/index.html', '/'],
    ['/confirm?token=x', '/confirm/?token=x'],
    ['/About', '/about/'],
    ['/ABOUT/index.html?from=x', '/about/?from=x'],
    ['/RSS.xml', '/rss.xml'],
    ['/rss.xml/', '/rss.xml'],
    ['/sitemap.xml', '/sitemap-index.xml'],
    ['/Sitemap.xml', '/sitemap-index.xml'],
    ['/Confirm/?token=x', '/confirm/?token=x'],
  ])('%s leads to %s', async (path, to) => {
    const { status, headers } = await ask(await serve(), path);
    expect(status).toBe(301);
    expect(headers.location).toBe(to);
    // It is an address of the site as good as the other one.
    expect([headers['content-security-policy'], headers['x-robots-tag'], headers['cache-control']]).toEqual([
      "frame-ancestors 'none'",
      ...[undefined, 'no-cache'],
    ]);
  });

  test.each(['//evil.example', '//evil.example/', '/\\evil.example', '/https://evil.example'])(
    '%s leads nowhere else',
    async (path) => {
      const { status, headers } = await ask(await serve(), path);
      expect(status).toBe(404);
      expect(headers.location).toBeUndefined();
    },
  );

  test('keeps a form that was sent to it a form', async () => {
    const { status, headers } = await ask(await serve(), '/confirm', { method: 'POST', body: 'token=x' });
    expect([status, headers.location]).toEqual([308, '/confirm/']);
  });
});

describe('an old address', () => {
  const redirects = [
    { from: '/old/', to: '/about/' },
    { from: '/old/?p=1', to: '/whitepapers/a-paper/' },
    { from: '/old/?p=1&lang=de', to: '/rss.xml' },
    { from: '/?p=123', to: '/about/' },
    { from: '/Old/Page.html', to: '/about/' },
    { from: '/caf%C3%A9%20%25/', to: '/about/' },
    { from: '/episodes/before/audio.mp3', to: '/episodes/one/audio.mp3' },
    { from: '/about/old/', to: '/about/' },
  ];

  test.each([
    ['/old/', '/about/'],
    ['/old', '/about/'],
    ['/OLD/index.html', '/about/'],
    ['/old?from=x&y=%2F', '/about/?from=x&y=%2F'],
    ['/old?p=2', '/about/?p=2'],
    ['/old?p=1', '/whitepapers/a-paper/'],
    ['/old/?utm_source=a&p=1', '/whitepapers/a-paper/'],
    ['/old/?lang=de&p=1', '/rss.xml'],
    ['/?p=123', '/about/'],
    ['/index.html?p=123', '/about/'],
    ['/old/page.html', '/about/'],
    ['/Old/Page.html/', '/about/'],
    ['/cafe%CC%81%20%25', '/about/'],
    ['/CAF%C3%89%20%25/', '/about/'],
    ['/episodes/before/audio.mp3', '/episodes/one/audio.mp3'],
  ])('%s leads to %s', async (path, to) => {
    const served = await serve({ redirects });
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await ask(served, path, { method });
      expect([status, headers.location]).toEqual([301, to]);
    }
  });

  test.each(['/?p=124', '/?p=12', '/?q=123', '/'])('that is another one is the page that it was: %s', async (path) => {
    expect((await ask(await serve({ redirects }), path)).status).toBe(200);
  });

  test('of a recording may be asked by players on other sites, each step of the way', async () => {
    const served = await serve({ redirects });
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await ask(served, '/episodes/before/audio.mp3', { method });
      expect([method, headers['access-control-allow-origin']]).toEqual([method, '*']);
    }
    expect((await ask(served, '/old')).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a method', () => {
  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('that a page does not take is refused: %s', async (method) => {
    const served = await serve();
    for (const path of ['/', '/about/', '/rss.xml', '/whitepapers/a-paper/']) {
      const { status, headers } = await ask(served, path, { method, body: 'email=a%40example.com' });
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    }
    const { body } = await ask(served, '/about/', { method });
    expect(body.toString()).toContain('This address only takes GET and HEAD.');
    expect(served.asked).toEqual([]);
  });

  test.each([
    ['/forms/newsletter/', 'PUT', 'GET, HEAD, POST'],
    ['/download/', 'POST', 'GET, HEAD'],
    ['/download/file/', 'POST', 'GET, HEAD'],
    ['/confirm/', 'PUT', 'GET, HEAD, POST'],
    ['/healthz', 'POST', 'GET, HEAD'],
  ])('that %s does not take is refused: %s', async (path, method, allowed) => {
    const served = await serve();
    const { status, headers } = await ask(served, path, { method });
    expect([status, headers.allow]).toEqual([405, allowed]);
    expect(served.asked).toEqual([]);
  });

  test.each([
    ['/about/', 'GET, HEAD, OPTIONS', undefined],
    ['/episodes/one/audio.mp3', 'GET, HEAD, OPTIONS', '*'],
    ['/forms/newsletter/', 'GET, HEAD, POST, OPTIONS', undefined],
  ])('is described by OPTIONS for %s: %s', async (path, allowed, origins) => {
    const { status, headers } = await ask(await serve(), path, { method: 'OPTIONS' });
    expect([status, headers.allow, headers['access-control-allow-origin']]).toEqual([204, allowed, origins]);
    // What a player on another site asks before it asks for a part.
    expect(headers['access-control-allow-methods']).toBe(origins && 'GET, HEAD');
    expect([headers['content-security-policy'], headers['x-robots-tag']]).toEqual([
      "frame-ancestors 'none'",
      undefined,
    ]);
  });
});

test('a target that names its host is read as one without', async () => {
  const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: lighthouse.example.com\r\nConnection: close\r\n\r\n`;
  const served = await serve();
  expect(await send(served, get('http://lighthouse.example.com/about/'))).toContain('<h1>About</h1>');
  expect(await send(served, get('HTTP://lighthouse.example.com/about'))).toMatch(/\r\nLocation: \/about\/\r\n/);
  for (const rest of ['', '?from=x'])
    expect(await send(served, get(`http://lighthouse.example.com${rest}`))).toContain('<h1>Home</h1>');
  expect(await send(served, get('http://evil.example/about/'))).toMatch(/^HTTP\/1.1 421 /);
});
