import { cp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folder } from '#importing/folder/reader.ts';
import { importArchive } from '#importing/import.ts';
import { sourceAt } from '#importing/source.ts';
import { build } from '../fixture-site.ts';

// Astro keeps a cache for each content folder: one name, one cache.
const content = join(tmpdir(), 'imported-hugo-content');
const output = 'node_modules/.cache/imported-hugo-site';
const now = '2026-01-15T12:00:00Z';

afterAll(() => rm(content, { recursive: true, force: true }));

describe('a folder of Hugo, imported and built', () => {
  beforeAll(async () => {
    await rm(content, { recursive: true, force: true });
    const network = {
      fetch: () => Promise.reject(new Error('is asked for')),
      ...{ timeout: 1000, now: new Date(now), isOffline: true, progress: () => {} },
    };
    const archive = await folder.read(await sourceAt('tests/fixtures/archives/hugo'), network);
    await importArchive(archive, { ...network, content, isDry: false });
    // An owner writes what the law asks them to.
    const others = (path: string) => !path.endsWith('about.mdx');
    await cp('tests/fixtures/invalid/base/pages', join(content, 'pages'), { recursive: true, filter: others });
    const built = await build({ SITE_URL: 'https://keepers.example.com', NOW: now, CONTENT_DIR: content }, output);
    expect(built.code, built.output).toBe(0);
  }, 180_000);

  const file = (path: string) => readFile(join(output, 'client', path), 'utf8');

  test('a page has its text, note, picture, film and code, and shortcodes only where they are shown', async () => {
    const page = await file('posts/the-first-lamp/index.html');
    expect(page).toContain('As <em>cold</em> as the sea.');
    expect(page).toMatch(/<img[^>]+alt="A brass lamp"/);
    expect(page).toContain('Keep the light');
    expect(page.replaceAll(/<[^>]+>/g, '')).toContain('{{&lt; tide_gauge port=&quot;Shown&quot; &gt;}}');
    expect(page).not.toContain('port="Nowhere"');
    expect(page).not.toMatch(/\ssrc(?:set)?="https?:\/\/keepers\.example\.org/);
  });

  test('links lead to the new pages', async () => {
    expect(await file('posts/the-first-lamp/index.html')).toContain('href="/episodes/fog/"');
    expect(await file('about/index.html')).toContain('href="/posts/the-first-lamp/"');
  });

  test('old addresses lead on', async () => {
    for (const old of ['light/2019/05/the-first-lamp', 'light/lamp', 'light/posts/old-lamp'])
      expect.soft(await file(`${old}/index.html`)).toContain('/posts/the-first-lamp/');
    expect(await file('light/7/index.html')).toContain('/episodes/fog/');
  });

  test('the feed has the guids and recordings of the old one to the letter', async () => {
    const feed = await file('podcast.xml');
    expect(feed).toContain('<guid isPermaLink="false">https://media.example.com/keepers/fog.mp3</guid>');
    expect(feed).toContain(
      '<enclosure url="https://media.example.com/keepers/fog.mp3" length="1234567" type="audio/mpeg"/>',
    );
  });

  test('a draft, and what the old site had taken back, is not published', async () => {
    await expect(stat(join(output, 'client/posts/draft'))).rejects.toThrow('ENOENT');
    expect(await readdir(join(output, 'client/posts'))).not.toContain('fog-bell');
  });
});
