import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { PageHandler } from '#server/page-handler.ts';
import { ask, film, reference, serve, type Wanted } from './served.ts';

const unforeseen = (): never => {
  throw new Error('No row for ada@example.com in /home/owner/store.ts');
};
/** As Astro does with a page that fails: it says so to the console, and answers with nothing. */
const astroFails: PageHandler = (_request, response) => {
  console.error('Could not render the page');
  response.writeHead(500, { 'content-type': 'text/html', 'x-made-by': 'a page' });
  response.write('half');
  response.end('Internal Server Error');
};
const adapterFails: PageHandler = (_request, response) => {
  response.statusCode = 500;
  response.end('Internal Server Error');
};
const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('a failure that nobody foresaw', () => {
  test.each<[string, string, Wanted]>([
    ['of a page', '/confirm/?token=x', { pages: unforeseen }],
    ['of a page, later', '/confirm/?token=x', { pages: async () => unforeseen() }],
    ['that the page answers itself', '/confirm/?token=x', { pages: astroFails }],
    ['that what makes pages answers', '/preferences/?token=x', { pages: adapterFails }],
    ['of a page that was sent a form', '/forms/newsletter/', { pages: unforeseen }],
    ['of the limits', '/forms/link/', { capture: { admit: async () => unforeseen() } }],
    ['of the store, at a download', '/download/file/?token=good', { capture: { download: async () => unforeseen() } }],
  ])('%s is told by a page of the site, with a reference and nothing of what failed', async (_whose, path, wanted) => {
    const served = await serve(wanted);
    const sent = path.startsWith('/forms/') ? { method: 'POST', body: 'email=a' } : {};
    const { status, headers, body } = await ask(served, path, { ...sent, headers: { ...html } });
    expect(status).toBe(500);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body.toString()).toBe(`<h1>It failed</h1><code data-reference data-x>${reference}</code>`);
    expect([headers['cache-control'], headers['content-encoding'], headers['x-made-by']]).toEqual([
      'private, no-store',
      ...[undefined, undefined],
    ]);
    const lines = served.lines.map((line) => JSON.parse(line) as { level: string; id: string });
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatchObject({ level: 'error', id: reference });
  });

  test('has its reference in the log beside the error, without what was in it of a person', async () => {
    const served = await serve({ pages: unforeseen });
    await ask(served, '/confirm/?token=x', { headers: html });
    const errors = served.lines.filter((line) => line.includes('No row for [address]'));
    expect(errors.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([reference]);
    expect(served.lines.join()).not.toContain('ada@');
  });

  test.each<[string, Record<string, string>]>([
    ['a picture', { Accept: 'image/avif,image/webp' }],
    ['JSON', { Accept: 'application/json' }],
    ['no HTML', { Accept: 'text/html;q=0, */*' }],
    ['plain text before HTML', { Accept: 'text/plain, text/html;q=0.5' }],
  ])('is told in plain text to who wants %s', async (_what, headers) => {
    const answer = await ask(await serve({ pages: unforeseen }), '/confirm/?token=x', { headers });
    expect([answer.status, answer.headers['content-type']]).toEqual([500, 'text/plain; charset=utf-8']);
    expect(answer.body.toString()).toMatch(/^Something went wrong here.*\n\nReference: (d5){6}\n$/);
  });

  test.each([
    ['whatever it is', { Accept: '*/*' }],
    ['any text', { Accept: 'text/*' }],
    ['nothing in particular', {}],
  ])('is told by the page to who takes %s', async (_what, headers) => {
    const answer = await ask(await serve({ pages: unforeseen }), '/confirm/?token=x', { headers });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('is told in plain text where its page is gone too', async () => {
    const served = await serve({ pages: unforeseen });
    await rm(join(served.folder, 'client/forms/failed/index.html'));
    const { status, body } = await ask(served, '/confirm/?token=x', { headers: html });
    expect(status).toBe(500);
    expect(body.toString()).toContain(`Reference: ${reference}`);
  });

  test('is told in plain text where its page is longer than any', async () => {
    const served = await serve({ pages: unforeseen, files: { 'forms/failed/index.html': film } });
    const { status, body } = await ask(served, '/confirm/?token=x', { headers: html });
    expect(status).toBe(500);
    expect(body.toString()).toContain(`Reference: ${reference}`);
  });

  test('does not have the site read again', async () => {
    let renewals = 0;
    const served = await serve({ pages: unforeseen, renewed: () => (renewals += 1) });
    await ask(served, '/confirm/?token=x');
    expect(renewals).toBe(0);
    await rm(join(served.folder, 'client/about'), { recursive: true });
    expect((await ask(served, '/about/')).status).toBe(503);
    expect(renewals).toBe(1);
  });

  test('ends the connection where the answer had begun, and is in the log', async () => {
    const served = await serve({
      pages: (_request, response) => {
        response.writeHead(200);
        response.write('half');
        unforeseen();
      },
    });
    await expect(ask(served, '/confirm/?token=x')).rejects.toThrow('aborted');
    expect(served.lines[0]).toContain('An answer failed: Error: No row');
  });

  test('is none where its reader has gone away', async () => {
    let fail = () => {};
    const failing = new Promise<never>((_, reject) => (fail = () => reject(new Error('Nobody reads it'))));
    const served = await serve({ pages: () => failing });
    const socket = connect(served.port, '127.0.0.1');
    socket.write('GET /confirm/?token=x HTTP/1.1\r\nHost: lighthouse.example.com\r\n\r\n');
    await new Promise((resolve) => socket.once('ready', resolve));
    await ask(served, '/about/');
    socket.destroy();
    await vi.waitFor(() => expect(served.lines).toHaveLength(2));
    fail();
    await served.running.stop();
    expect(served.lines.join()).not.toContain('An answer failed');
  });

  test('leaves the connection to the next request', async () => {
    const served = await serve({ pages: unforeseen });
    for (let times = 0; times < 3; times += 1)
      expect((await ask(served, '/confirm/?token=x', { method: 'HEAD' })).body).toHaveLength(0);
    expect((await ask(served, '/about/')).status).toBe(200);
  });
});

test('the page of a failure has no address of its own', async () => {
  const served = await serve();
  for (const path of ['/forms/failed/', '/forms/failed', '/forms/failed/index.html'])
    expect((await ask(served, path)).status).toBe(404);
});

test('a page is given the reference by which the log knows its request', async () => {
  const given: string[] = [];
  const served = await serve({
    pages: (_request, response, _next, locals) => {
      given.push(locals.reference);
      response.end();
    },
  });
  await ask(served, '/confirm/?token=x');
  expect(given).toEqual([reference]);
  expect(served.lines[0]).toContain(`"id":"${reference}"`);
});
