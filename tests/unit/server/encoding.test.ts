import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encoded } from '#server/encoding.ts';

let site = '';
beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), 'site-'));
  mkdirSync(join(site, 'a page'));
  for (const file of ['a page/index.html.br', 'a page/index.html.gz', 'rss.xml.gz', 'photo.jpg.br'])
    writeFileSync(join(site, file), '');
});
afterAll(() => rmSync(site, { recursive: true }));

describe('what a reader is sent', () => {
  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br;q=0.8', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.0, gzip;q=0', undefined],
    ['brotli', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('who accepts "%s" is encoded as %s', (accepted, encoding) => {
    expect(encoded(site, '/a%20page/', accepted)?.headers['Content-Encoding']).toBe(encoding);
  });

  test('keeps its own type, and says that it varies', () => {
    expect(encoded(site, '/rss.xml', 'br, gzip')).toEqual({
      path: '/rss.xml.gz',
      headers: {
        'Content-Encoding': 'gzip',
        'Content-Type': 'application/xml; charset=utf-8',
        Vary: 'Accept-Encoding',
      },
    });
  });

  test.each(['/photo.jpg', '/nope/', '/a%20page', '/../a%20page/../../etc/x.txt', '/%E0%A4%A'])(
    'is never compressed for %s',
    (path) => {
      expect(encoded(site, path, 'br')).toBeUndefined();
    },
  );
});
