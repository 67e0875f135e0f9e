import { describe, expect, test } from 'vitest';
import { ask, serve, type Wanted } from './served.ts';

const own = 'https://lighthouse.example.com';
const wanted: Wanted = { partners: ['ferry'], files: { 'with/ferry/index.html': '<h1>Welcome</h1>' } };

/** Where a page leads a reader who comes from `referer`. */
async function led(path: string, referer: string, headers: Record<string, string> = {}, method = 'GET') {
  const served = await serve(wanted);
  // Once more, as what is in memory is answered in another way.
  await ask(served, path);
  const answer = await ask(served, path, { method, headers: { Referer: referer, ...headers } });
  return answer.headers.location;
}

describe('a reader whom a partner sent', () => {
  test.each([
    ['/about/', `${own}/with/ferry/`, '/about/?partner=ferry'],
    ['/about/', `${own}/episodes/one/?partner=ferry`, '/about/?partner=ferry'],
    [
      '/whitepapers/a-paper/?from=one',
      `${own}/episodes/one/?t=9&partner=ferry`,
      '/whitepapers/a-paper/?from=one&partner=ferry',
    ],
    ['/episodes/one/', `${own}/episodes/one/embed/?partner=ferry`, '/episodes/one/?partner=ferry'],
  ])('is led to %s, from %s, as %s', async (path, referer, to) => {
    expect(await led(path, referer)).toBe(to);
    expect(await led(path, referer, { 'Sec-Fetch-Dest': 'document' })).toBe(to);
  });

  test('has it noted nowhere: the answer is kept by nobody, and sets no cookie', async () => {
    const served = await serve(wanted);
    const { status, headers } = await ask(served, '/about/', { headers: { Referer: `${own}/with/ferry/` } });
    expect([status, headers['cache-control']]).toEqual([302, 'private, no-store']);
    expect(headers['set-cookie']).toBeUndefined();
  });

  test.each([
    ['who has the partner in the address already', '/about/?partner=ferry', `${own}/with/ferry/`],
    ['on the page of a partner', '/with/ferry/', `${own}/about/?partner=ferry`],
    ['of a partner whom the site does not know', '/about/', `${own}/about/?partner=nobody`],
    ['from another site', '/about/', 'https://evil.example/?partner=ferry'],
    ['who asks for a file', '/rss.xml', `${own}/with/ferry/`],
    ['who asks for a page that is not there', '/nowhere/', `${own}/with/ferry/`],
    ['from a page without a partner', '/about/', `${own}/whitepapers/a-paper/?from=partner`],
  ])('is led nowhere: one %s', async (_, path, referer) => {
    expect(await led(path, referer)).toBeUndefined();
  });

  test('is led nowhere by what a page takes for itself, or asks for without reading it', async () => {
    const referer = `${own}/with/ferry/`;
    expect(await led('/about/', referer, { 'Sec-Fetch-Dest': 'iframe' })).toBeUndefined();
    expect(await led('/about/', referer, {}, 'HEAD')).toBeUndefined();
  });

  test('is led by no line break of an address into a header of the answer', async () => {
    const location = await led('/about/?x=%0d%0aSet-Cookie:%20a', `${own}/with/ferry/`);
    expect(location).toBe('/about/?x=%0d%0aSet-Cookie:%20a&partner=ferry');
  });
});

test('views of landing pages are counted with the partner, those of its own page as well', async () => {
  const served = await serve(wanted);
  await ask(served, '/whitepapers/a-paper/?from=one&partner=ferry');
  await ask(served, '/with/ferry/');
  await ask(served, '/with/ferry/');
  expect(served.views).toEqual([
    ['/whitepapers/a-paper/', 'from=one&partner=ferry'],
    ['/with/ferry/', ''],
    ['/with/ferry/', ''],
  ]);
});
