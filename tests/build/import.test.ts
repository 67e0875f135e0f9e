import { cp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importArchive } from '#importing/import.ts';
import { sourceAt } from '#importing/source.ts';
import { wordpress } from '#importing/wordpress/reader.ts';
import { build } from '../fixture-site.ts';

const fixture = 'tests/fixtures/archives/wordpress';
// Astro keeps a cache for each content folder: one name, one cache.
const content = join(tmpdir(), 'imported-content');
const output = 'node_modules/.cache/imported-site';
const now = '2026-01-15T12:00:00Z';

afterAll(() => rm(content, { recursive: true, force: true }));

describe('an export of WordPress, imported and built', () => {
  beforeAll(async () => {
    await rm(content, { recursive: true, force: true });
    const network = {
      fetch: () => Promise.reject(new Error('is asked for')),
      ...{ timeout: 1000, now: new Date(now), isOffline: true, progress: () => {} },
    };
    const archive = await wordpress.read(await sourceAt(`${fixture}/keepers.xml`), network);
    await importArchive(archive, { ...network, content, uploads: `${fixture}/uploads`, isDry: false });
    // An owner writes what the law asks them to.
    await cp('tests/fixtures/invalid/base/pages', join(content, 'pages'), { recursive: true });
    const built = await build({ SITE_URL: 'https://keepers.example.com', NOW: now, CONTENT_DIR: content }, output);
    expect(built.code, built.output).toBe(0);
  }, 180_000);

  const file = (path: string) => readFile(join(output, 'client', path), 'utf8');

  test('feeds have the guids and recordings of the old site to the letter', async () => {
    const feed = await file('podcast.xml');
    expect(feed).toContain('<guid isPermaLink="false">https://old.example.com/?p=11</guid>');
    expect(feed).toMatch(
      /<enclosure url="https:\/\/media\.example\.com\/fog\.mp3" length="1234567" type="audio\/mpeg"\/>/,
    );
  });

  test('a page shows its text and asks no other host for anything', async () => {
    const page = await file('posts/the-first-lamp/index.html');
    expect(page).toContain('The lamp {was} cold &lt; dark.');
    expect(page).toContain('href="/episodes/an-episode-of-fog/"');
    expect(page).not.toMatch(/src="https?:\/\/old\.example\.com/);
  });

  test('old addresses lead on', async () => {
    expect(await file('2019/05/the-first-lamp/index.html')).toContain('/posts/the-first-lamp/');
  });

  test('a draft is not published', async () => {
    await expect(stat(join(output, 'client/posts/a-draft-of-few-words'))).rejects.toThrow('ENOENT');
  });
});
