import { describe, expect, test } from 'vitest';
import type { Desk } from '#capture/desk.ts';
import { servedRoutes } from '#site/routes.ts';
import { ask, serve, type Wanted } from './served.ts';

/** A desk that no page of this site asks for anything: they are fakes as well. */
const door = { desk: {} as Desk };
const own = 'https://lighthouse.example.com';
const paths = servedRoutes.map(({ path }) => path).filter((path) => path.startsWith('/desk/'));
const withDesk = (more: Wanted = {}) => serve({ services: door, ...more });

describe('without owners', () => {
  test.each([...paths, '/desk', '/DESK/', '/desk/system', '/desk/leads/x/'])(
    'there is no page at %s, for any method, as at any other address',
    async (path) => {
      const served = await serve();
      const nowhere = await ask(served, '/nowhere/');
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'])
        for (const headers of [{}, { Origin: 'https://evil.example' }]) {
          const { status, body, headers: got } = await ask(served, path, { method, headers });
          expect([method, status]).toEqual([method, 404]);
          if (method === 'GET') expect([body, got['cache-control']]).toEqual([nowhere.body, 'no-cache']);
        }
      expect(served.asked).toEqual([]);
    },
  );
});

describe('with owners', () => {
  test.each(paths)('%s is kept by nobody, indexed by nobody, and shown in no frame', async (path) => {
    const served = await withDesk();
    const { status, headers } = await ask(served, path);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['x-robots-tag']).toBe('noindex');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['referrer-policy']).toMatch(/^(same-origin|no-referrer|strict-origin-when-cross-origin)$/);
  });

  test('pages of who is signed in tell no other site that they were open', async () => {
    const served = await withDesk();
    for (const { path } of servedRoutes.filter(({ kind }) => kind === 'desk'))
      expect((await ask(served, path)).headers['referrer-policy']).toBe('same-origin');
  });

  test.each<[string, number, Record<string, string>]>([
    ['of its own page', 200, { 'Sec-Fetch-Site': 'same-origin', Origin: own }],
    ['of its own page, behind a proxy that ends TLS', 200, { Origin: own }],
    ['of another site', 403, { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    ['of another site that hides', 403, { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' }],
    ['of a neighbour', 403, { 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.example.com' }],
    ['of no page at all', 403, { 'Sec-Fetch-Site': 'none' }],
    ['of an old browser that hides where it comes from', 403, { Origin: 'null' }],
    ['that says nothing of where it comes from', 403, {}],
    ['that names only a page of this site as its referrer', 403, { Referer: `${own}/desk/` }],
  ])('a form %s is answered by %i', async (_, status, headers) => {
    const served = await withDesk();
    for (const { path } of servedRoutes.filter(({ kind, methods }) => kind === 'desk' && methods.includes('POST')))
      expect((await ask(served, path, { method: 'POST', headers, body: 'act=x' })).status).toBe(status);
    expect(served.asked.length > 0).toBe(status === 200);
  });

  test('pages of the desk are given its door, and no others', async () => {
    const given: [string | undefined, unknown][] = [];
    const served = await withDesk({
      pages: (request, response, _next, locals) => {
        given.push([request.url, locals.desk]);
        response.end();
      },
    });
    for (const path of ['/desk/', '/preferences/']) await ask(served, path);
    expect(given).toEqual([
      ['/desk/', { door: door.desk, isHttps: true }],
      ['/preferences/', undefined],
    ]);
  });

  test('asking for a link counts for the limit of its network', async () => {
    const limited: unknown[] = [];
    const served = await withDesk({
      capture: { admit: async () => 600 },
      pages: (_request, response, _next, locals) => {
        limited.push(locals.limited);
        response.end();
      },
    });
    await ask(served, '/desk/sign-in/', { method: 'POST', body: 'email=ann%40example.com' });
    await ask(served, '/desk/passkey/', { method: 'POST', body: 'response=x' });
    expect(limited).toEqual([600, 600]);
  });
});
