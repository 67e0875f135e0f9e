import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fixtureOutput } from '../fixture-site.ts';
import { useSite } from './site.ts';

const visit = useSite();

test.each([
  ['/', 'text/html; charset=utf-8', undefined],
  ['/rss.xml', 'application/rss+xml; charset=utf-8', '*'],
  ['/topics/pricing/rss.xml', 'application/rss+xml; charset=utf-8', '*'],
  ['/podcast.xml', 'application/rss+xml; charset=utf-8', '*'],
  ['/podcast/season-1.xml', 'application/rss+xml; charset=utf-8', '*'],
  ['/feed.json', 'application/feed+json; charset=utf-8', '*'],
  ['/opml.xml', 'text/x-opml; charset=utf-8', '*'],
  ['/episodes/number-seven-is-inland/audio.mp3', 'audio/mpeg', '*'],
  ['/episodes/number-seven-is-inland/transcript.vtt', 'text/vtt; charset=utf-8', '*'],
  ['/episodes/the-foghorn-is-not-a-strategy/transcript.srt', 'application/x-subrip; charset=utf-8', '*'],
  ['/episodes/pricing-by-the-candle/chapters.json', 'application/json+chapters', '*'],
  ['/episodes/pricing-by-the-candle/transcript.json', 'application/json; charset=utf-8', '*'],
])('%s is served as %s, open to the origins %s', async (path, type, origins) => {
  const page = await visit();
  const response = await page.request.head(path);
  expect(response.status()).toBe(200);
  expect(response.headers()['content-type']).toBe(type);
  expect(response.headers()['access-control-allow-origin']).toBe(origins);
});

test.each([
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['identity', undefined],
])('a page is sent to one who accepts %s in the encoding %s, the same to read', async (accepted, encoding) => {
  const page = await visit();
  const response = await page.request.get('/about/', { headers: { 'Accept-Encoding': accepted } });
  expect(response.headers()['content-encoding']).toBe(encoding);
  expect(response.headers()['content-type']).toBe('text/html; charset=utf-8');
  expect(await response.text()).toContain('<h1');
});

test('a part of a recording can be asked for', async () => {
  const page = await visit();
  const response = await page.request.get('/episodes/number-seven-is-inland/audio.mp3', {
    headers: { Range: 'bytes=100-199' },
  });
  expect(response.status()).toBe(206);
  expect(response.headers()['content-range']).toMatch(/^bytes 100-199\/\d+$/);
  expect(await response.body()).toHaveLength(100);
});

test('a server with nothing to serve says how to get it', () => {
  const { status, stderr } = serve({ DIST_DIR: 'node_modules/.cache/no-such-site' });
  expect(status).toBe(1);
  expect(stderr.toString()).toBe('There is nothing to serve yet. Build the site first:\n\n  npm run build\n');
});

test('a server whose port is taken names a free one', async () => {
  const kept = await mkdtemp(join(tmpdir(), 'd-files-'));
  onTestFinished(() => rm(kept, { recursive: true }));
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { status, stderr } = serve({
    ...{ DIST_DIR: fixtureOutput, VAR_DIR: kept, SITE_URL: 'http://localhost', PORT: String(port) },
  });
  other.close();
  expect(status).toBe(1);
  expect(stderr.toString()).toContain(`Port ${port} is taken. Name a free one:\n\n  PORT=${port + 1} npm run serve`);
});

const serve = (env: Record<string, string>) =>
  spawnSync(process.execPath, ['src/server/main.ts'], { env: { ...process.env, HOST: '127.0.0.1', ...env } });
