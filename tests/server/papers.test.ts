import { rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { site as described } from '../fakes/site.ts';
import { ask, built, recording, serve, type Served } from './served.ts';

describe('a paper', () => {
  test('is sent whole, to be saved under its name', async () => {
    const served = await serve();
    const { status, headers, body } = await ask(served, '/download/file/?token=good');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/pdf');
    expect(headers['content-disposition']).toBe(
      `attachment; filename="Uber _alles_.pdf"; filename*=UTF-8''%C3%9Cber%20%E2%80%9Ealles%E2%80%9C.pdf`,
    );
    expect(body.equals(recording)).toBe(true);
    expect(served.downloads).toEqual([{ token: 'good', sent: 'beginning' }]);
    // The page of a link that is gone is made for nobody who was sent the paper.
    expect(served.asked).toEqual([]);
  });

  test.each([
    ['plain-name (2).pdf', 'attachment; filename="plain-name (2).pdf"'],
    [
      `"It's" 100% \\ (final)*.pdf`,
      `attachment; filename="_It's_ 100_ _ (final)*.pdf"; filename*=UTF-8''%22It%27s%22%20100%25%20%5C%20%28final%29%2A.pdf`,
    ],
    ['a\nb.pdf', `attachment; filename="a_b.pdf"; filename*=UTF-8''a%0Ab.pdf`],
  ])('is saved under its name, whatever is in that: %s', async (filename, disposition) => {
    const [paper] = described.whitepapers;
    if (!paper) throw new Error('The fake site has no whitepaper');
    const served: Served = await serve({
      capture: {
        download: async () => ({
          kind: 'file',
          paper: { ...paper, filename },
          path: join(served.folder, 'gated/a-paper.pdf'),
        }),
      },
    });
    const { headers } = await ask(served, '/download/file/?token=good');
    expect(headers['content-disposition']).toBe(disposition);
  });

  test('that cannot be read is a failure, and not for later', async () => {
    const [paper] = described.whitepapers;
    if (!paper) throw new Error('The fake site has no whitepaper');
    const path = `/${'too-long'.repeat(1000)}`;
    const served = await serve({ capture: { download: async () => ({ kind: 'file', paper, path }) } });
    expect((await ask(served, '/download/file/?token=good')).status).toBe(500);
    expect(served.lines[0]).toContain('ENAMETOOLONG');
  });

  test.each<[number, string | undefined, Record<string, string>?]>([
    [200, undefined],
    [206, 'bytes=0-'],
    [206, 'bytes=0-99'],
    [206, 'bytes=000-0'],
    [206, 'BYTES= 0-99 '],
    [206, 'bytes=-99999999'],
    [206, 'bytes=-1000'],
    [206, `bytes=-${'9'.repeat(400)}`],
    [200, 'bytes=foo'],
    [200, 'foo=0-'],
    [200, 'foo=100-'],
    [200, 'bytes=100-99'],
    [200, 'bytes=-'],
    [200, 'bytes=100 -'],
    [200, 'bytes 100-'],
    [200, ''],
    [200, 'bytes=0-0,1-'],
    [200, 'bytes=1-,0-0'],
    [200, 'bytes=100-199,200-'],
    [200, 'bytes=100-', { 'If-Range': '"another"' }],
    [200, 'bytes=100-', { 'If-Range': 'W/"another"' }],
    [200, 'bytes=100-', { 'If-Range': 'Thu, 01 Jan 1970 00:00:00 GMT' }],
    [200, 'bytes=100-', { 'If-Range': 'nonsense' }],
  ])('is a new download where its beginning is sent (%i): %s %o', async (status, range, conditions = {}) => {
    const served = await serve();
    const headers = { ...conditions, ...(range !== undefined && { Range: range }) };
    const answer = await ask(served, '/download/file/?token=good', { headers });
    expect(answer.status).toBe(status);
    expect(answer.body.equals(recording.subarray(0, answer.body.length)) && answer.body.length).toBeGreaterThan(0);
    expect(served.downloads).toEqual([{ token: 'good', sent: 'beginning' }]);
  });

  test.each(['bytes=1-', 'bytes=100-', 'bytes=999-9999', 'bytes=-999', 'bytes=-1'])(
    'is no new download where only a later part is sent: %s',
    async (range) => {
      const served = await serve();
      const { status, body } = await ask(served, '/download/file/?token=good', { headers: { Range: range } });
      expect(status).toBe(206);
      expect(body.equals(recording.subarray(-body.length))).toBe(true);
      expect(served.downloads).toEqual([{ token: 'good', sent: 'later part' }]);
    },
  );

  test.each<[number, string, Record<string, string>]>([
    [200, 'HEAD', {}],
    [200, 'HEAD', { Range: 'bytes=0-' }],
    [416, 'GET', { Range: 'bytes=1000-' }],
    [416, 'GET', { Range: 'bytes=-0' }],
    [416, 'GET', { Range: `bytes=${'9'.repeat(400)}-` }],
    [304, 'GET', { 'If-None-Match': '*' }],
    [304, 'GET', { 'If-None-Match': '*', Range: 'bytes=0-' }],
    [412, 'GET', { 'If-Match': '"another"' }],
  ])('is no download where nothing of it is sent (%i): %s %o', async (status, method, headers) => {
    const served = await serve();
    const answer = await ask(served, '/download/file/?token=good', { method, headers });
    expect([answer.status, answer.body.length]).toEqual([status, 0]);
    expect(served.downloads).toEqual([]);
  });

  test('that was downloaded as often as it may be is gone, but goes on where it broke off', async () => {
    const [paper] = described.whitepapers;
    const served = await serve({
      capture: {
        download: async (_token, sent) =>
          sent === 'beginning' || !paper
            ? { kind: 'gone' }
            : { kind: 'file', paper, path: join(served.folder, 'gated/a-paper.pdf') },
      },
    });
    const status = async (range: string) =>
      (await ask(served, '/download/file/?token=good', { headers: { Range: range } })).status;
    expect([await status('bytes=-1000'), await status('foo=1-'), await status('bytes=500-')]).toEqual([410, 410, 206]);
  });

  describe('of which later parts are asked again and again', () => {
    const sentParts = async (ranges: string[]) => {
      const served = await serve();
      for (const range of ranges)
        expect((await ask(served, '/download/file/?token=good', { headers: { Range: range } })).status).toBe(206);
      return served.downloads.map(({ sent }) => sent);
    };
    const [use, part] = ['beginning', 'later part'];

    test('is a new download where they are more than one that broke off would need', async () => {
      expect(await sentParts(Array(6).fill('bytes=1-'))).toEqual([part, part, use, part, part, use]);
      expect(await sentParts(['bytes=0-0', ...Array(3).fill('bytes=1-')])).toEqual([use, part, part, use]);
      expect(await sentParts(['bytes=0-0', ...Array(3).fill('bytes=-999')])).toEqual([use, part, part, use]);
    });

    test('is one download where its parts are those of one, however many', async () => {
      const parts = Array.from({ length: 100 }, (_, tenth) => `bytes=${tenth * 10}-${tenth * 10 + 9}`);
      expect(await sentParts(parts)).toEqual([use, ...Array(99).fill(part)]);
      expect(await sentParts(['bytes=0-', 'bytes=300-', 'bytes=600-', 'bytes=900-'])).toEqual([use, part, part, part]);
    });

    test('begins anew with each download that is counted', async () => {
      const twice = ['bytes=1-', 'bytes=1-'];
      expect(await sentParts([...twice, 'bytes=0-', ...twice])).toEqual([part, part, use, part, part]);
    });

    test('is another one where they are asked for at once', async () => {
      const served = await serve();
      const asking = { headers: { Range: 'bytes=1-' } };
      await Promise.all(Array.from({ length: 9 }, () => ask(served, '/download/file/?token=good', asking)));
      expect(served.downloads.filter(({ sent }) => sent === use).length).toBeGreaterThanOrEqual(2);
    });

    test('is one for each link', async () => {
      const links: string[] = [];
      const [paper] = described.whitepapers;
      const served = await serve({
        capture: {
          download: async (token, sent) => {
            if (sent === 'beginning') links.push(token);
            if (!paper) return { kind: 'gone' };
            return { kind: 'file', paper, path: join(served.folder, 'gated/a-paper.pdf') };
          },
        },
      });
      for (const token of ['a', 'b', 'a', 'b', 'c', 'a'])
        await ask(served, `/download/file/?token=${token}`, { headers: { Range: 'bytes=1-' } });
      expect(links).toEqual(['a']);
    });

    test('does not count what its reader went away from', async () => {
      const long = await serve();
      await writeFile(join(long.folder, 'gated/a-paper.pdf'), Buffer.alloc(40_000_000));
      for (let times = 0; times < 8; times += 1) {
        const socket = connect(long.port, '127.0.0.1');
        socket.write(
          'GET /download/file/?token=good HTTP/1.1\r\nHost: lighthouse.example.com\r\nRange: bytes=1-\r\n\r\n',
        );
        await new Promise((resolve) => socket.once('data', resolve));
        socket.destroy();
        await vi.waitFor(() => expect(long.lines).toHaveLength(times + 1));
      }
      expect(long.downloads.map(({ sent }) => sent)).toEqual(Array(8).fill(part));
    });
  });

  test('counts what was sent before its reader went away', async () => {
    const long = await serve();
    const size = 40_000_000;
    await writeFile(join(long.folder, 'gated/a-paper.pdf'), Buffer.alloc(size));
    for (let times = 0; times < 4; times += 1) {
      const socket = connect(long.port, '127.0.0.1');
      socket.write(
        'GET /download/file/?token=good HTTP/1.1\r\nHost: lighthouse.example.com\r\nRange: bytes=1-\r\n\r\n',
      );
      let taken = 0;
      for await (const chunk of socket) if ((taken += (chunk as Buffer).length) > 0.75 * size) break;
      await vi.waitFor(() => expect(long.lines).toHaveLength(times + 1));
    }
    expect(long.downloads.map(({ sent }) => sent)).toEqual([...Array(2).fill('later part'), 'beginning', 'later part']);
  });

  test('goes on where it broke off', async () => {
    const served = await serve();
    const first = await ask(served, '/download/file/?token=good', { headers: { Range: 'bytes=0-499' } });
    const headers = { Range: 'bytes=500-', 'If-Range': first.headers.etag ?? '' };
    const rest = await ask(served, '/download/file/?token=good', { headers });
    expect(rest.headers['content-range']).toBe('bytes 500-999/1000');
    expect(Buffer.concat([first.body, rest.body]).equals(recording)).toBe(true);
  });

  test.each(['bad', '', '../../secret.txt'])(
    'behind the link "%s" is gone, and the page of its link says so',
    async (token) => {
      const served = await serve();
      const { status, headers, body } = await ask(served, `/download/file/?token=${token}`);
      expect(status).toBe(410);
      expect(headers['content-disposition']).toBeUndefined();
      expect(body.toString()).toBe('<h1>Made on demand</h1>');
      expect(served.asked).toMatchObject([{ method: 'GET', url: '/download/?token=' }]);
    },
  );

  test('that the store cannot report is for later', async () => {
    const { status, headers } = await ask(await serve(), '/download/file/?token=busy');
    expect([status, headers['retry-after']]).toEqual([503, '60']);
  });

  test('whose file is not there is for later', async () => {
    const served = await serve();
    await rm(join(served.folder, 'gated/a-paper.pdf'));
    expect((await ask(served, '/download/file/?token=good')).status).toBe(503);
  });
});

describe('a view of a landing page', () => {
  const landing = '/whitepapers/a-paper/';
  test('is counted with what sent its reader', async () => {
    const served = await serve();
    await ask(served, landing);
    await ask(served, `${landing}?from=one&utm_source=x`);
    await ask(served, landing);
    expect(served.views).toEqual([
      [landing, ''],
      [landing, 'from=one&utm_source=x'],
      [landing, ''],
    ]);
  });

  test('is counted for the newsletter’s as for a whitepaper’s, in memory or not', async () => {
    const served = await serve();
    await ask(served, '/subscribe/?from=one');
    await ask(served, '/subscribe/');
    await ask(served, '/subscribe/');
    expect(served.views).toEqual([
      ['/subscribe/', 'from=one'],
      ['/subscribe/', ''],
      ['/subscribe/', ''],
    ]);
  });

  test('is counted for a copy that was still right', async () => {
    const served = await serve();
    expect((await ask(served, landing, { headers: { 'If-None-Match': '*' } })).status).toBe(304);
    expect(served.views).toHaveLength(1);
  });

  test.each([
    ['HEAD', {}],
    ['POST', {}],
    ['GET', { 'Sec-Purpose': 'prefetch;prerender' }],
    ['GET', { Purpose: 'prefetch' }],
    ['GET', { 'Sec-Fetch-Dest': 'empty' }],
    ['GET', { 'User-Agent': 'Mozilla/5.0 (compatible; Somebot/2.1; +https://bot.example)' }],
    ['GET', { 'If-Match': '"other"' }],
    ['GET', { Host: 'evil.example' }],
  ])('is not what %s with %o is', async (method, headers) => {
    const served = await serve();
    await ask(served, landing, { method, headers: headers as Record<string, string> });
    expect(served.views).toEqual([]);
  });

  test.each(['/about/', '/whitepapers/', '/whitepapers/none/', '/whitepapers/a-paper'])(
    'is not one of %s',
    async (path) => {
      const served = await serve();
      await ask(served, path);
      expect(served.views).toEqual([]);
    },
  );
});

describe('readiness', () => {
  test.each([
    ['while the store answers and nothing waits', {}, 200, []],
    ['while what waits is young', { oldestDue: async () => Date.parse('2026-01-15T11:50:00Z') }, 200, []],
    ['while it has waited for a quarter of an hour', { oldestDue: async () => built.getTime() - 900_000 }, 200, []],
    [
      'when a mail waits for long',
      { oldestDue: async () => Date.parse('2026-01-15T11:00:00Z') },
      ...[503, ['The oldest mail or webhook that is due has waited for 3601 s']],
    ],
    ['when a build cannot be served', { stale: () => 'The new build is broken' }, 200, ['The new build is broken']],
    ['when a letter is dead', { deadLetters: async () => 1 }, 200, ['1 dead letter waits for the owner']],
    ['when letters are dead', { deadLetters: async () => 12 }, 200, ['12 dead letters wait for the owner']],
    [
      'when the store is away',
      { check: () => Promise.reject(new Error('x')) },
      503,
      ['The store cannot be read or written'],
    ],
  ] as [string, object, number, string[]][])('%s', async (_when, services, status, reasons) => {
    const answer = await ask(await serve({ services }), '/readyz');
    expect(answer.status).toBe(status);
    const word = status === 503 ? 'unready' : reasons.length > 0 ? 'degraded' : 'ready';
    expect(JSON.parse(answer.body.toString())).toEqual({ status: word, reasons });
  });

  test('is in the log where it fails, and nowhere else, so that an alarm does not fill it', async () => {
    let isDown = false;
    const check = async () => {
      if (isDown) throw new Error('x');
    };
    const served = await serve({ services: { check } });
    for (const path of ['/readyz', '/healthz', '/readyz?from=balancer', '/%72eadyz']) await ask(served, path);
    await ask(served, '/readyz', { method: 'HEAD' });
    expect(served.lines).toEqual([]);
    isDown = true;
    await ask(served, '/readyz');
    await ask(served, '/healthz');
    await ask(served, '/readyz', { method: 'POST' });
    expect(served.lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 'error', message: 'GET /readyz', status: 503 },
      { level: 'info', message: 'POST /readyz', status: 405 },
    ]);
  });

  test('is not what being alive is', async () => {
    const served = await serve({ services: { check: () => Promise.reject(new Error('x')) } });
    const { status, body } = await ask(served, '/healthz');
    expect([status, body.toString()]).toEqual([200, '{"status":"up"}']);
  });
});

describe('a server that is stopped', () => {
  test('answers what is under way, takes nothing more, and ends', async () => {
    let answered = () => {};
    const asked = new Promise<void>((resolve) => (answered = resolve));
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const served = await serve({
      pages: async (_request, response) => {
        answered();
        await held;
        response.end('kept');
      },
    });
    const underWay = ask(served, '/forms/link/', { method: 'POST', body: 'email=a' });
    await asked;
    const stopped = served.running.stop();
    await expect(ask(served, '/about/')).rejects.toThrow('ECONNREFUSED');
    release();
    expect((await underWay).body.toString()).toBe('kept');
    await stopped;
  });

  test('does not wait for readers who keep their connection', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let answered = () => {};
    const asked = new Promise<void>((resolve) => (answered = resolve));
    const served = await serve({
      patience: { stop: 60_000 },
      pages: async (_request, response) => {
        answered();
        await held;
        response.end('kept');
      },
    });
    const socket = connect(served.port, '127.0.0.1');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.on('data', () => {});
    socket.write('GET /confirm/?token=x HTTP/1.1\r\nHost: lighthouse.example.com\r\n\r\n');
    await asked;
    const stopped = served.running.stop();
    release();
    await Promise.all([stopped, ended]);
  });

  test('gives up what takes too long', async () => {
    let answered = () => {};
    const asked = new Promise<void>((resolve) => (answered = resolve));
    const served = await serve({ patience: { stop: 20 }, pages: () => answered() });
    const underWay = ask(served, '/confirm/?token=x').catch((error: Error) => error);
    await asked;
    await served.running.stop();
    expect(await underWay).toBeInstanceOf(Error);
  });
});
