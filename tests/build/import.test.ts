import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEdition } from '#authoring/edition.ts';
import { isPrivateAddress } from '#capture/webhook/private-address.ts';
import { guardedFetch } from '#importing/fetched.ts';
import { importArchive } from '#importing/import.ts';
import { readers } from '#importing/readers.ts';
import { sourceAt } from '#importing/source.ts';
import { checkEdition } from '#publishing/check.ts';
import type { Site } from '#site/contract.ts';
import { host, known, pagedFeed } from '../fakes/kettles.ts';
import { build } from '../fixture-site.ts';
import { brokenRules } from './feeds-rules.ts';
import { brokenPageRules, pageRules } from './page-rules.ts';
import { type BuiltSite, siteIn } from './site-in.ts';
import { addressesOfSite, unanswered } from './whole-site.ts';

const archives = 'tests/fixtures/archives';
// Astro keeps a cache for each content folder: one name, one cache.
const content = join(tmpdir(), 'imported-content');
const output = 'node_modules/.cache/imported-site';
const site = 'https://keepers.example.com';
const now = new Date('2026-01-15T12:00:00Z');

afterAll(() => rm(content, { recursive: true, force: true }));

/** Imports an archive into an empty folder, checks it, and builds it as it is. */
async function importAndBuild(location: string, uploads?: string): Promise<void> {
  await rm(content, { recursive: true, force: true });
  const network = { fetch: guardedFetch(fetch, location, isPrivateAddress), timeout: 1000, now, progress: () => {} };
  const isOffline = !location.startsWith('http');
  const source = await sourceAt(location);
  const recognizing = await Promise.all(readers.map((each) => each.recognizes(source)));
  const archive = await readers[recognizing.indexOf(true)]?.read(source, { ...network, isOffline });
  if (!archive) throw new Error(`No reader recognizes ${location}`);
  await importArchive(archive, { ...network, content, uploads, isDry: false, isOffline });
  const edition = await readEdition({
    ...{ path: content, clock: { now, preview: false }, publicFolder: resolve('public') },
  });
  expect((await checkEdition(edition)).problems).toEqual([]);
  const built = await build({ SITE_URL: site, NOW: now.toISOString(), CONTENT_DIR: content }, output);
  expect(built.code, built.output).toBe(0);
}

const file = (path: string) => readFile(join(output, 'client', path), 'utf8');

/** What holds for every site: each address that it names is there, and its feeds are right, but for what the archive lacks. */
function whole(lacking: readonly string[] = []) {
  let built: BuiltSite;
  let broken: Map<string, string[]>;
  beforeAll(async () => {
    built = siteIn(output, site);
    broken = await brokenPageRules(built);
  }, 300_000);

  test('every address that its pages and feeds name is there', async () => {
    expect(await unanswered(built, await addressesOfSite(built))).toEqual([]);
  });

  describe('every page', () => {
    test.each(pageRules)('$says', ({ says }) => {
      expect(broken.get(says)).toEqual([]);
    });
  });

  test.each(['/rss.xml', '/podcast.xml'])('%s keeps the rules of feeds', async (path) => {
    // Old items are there in short, so that apps read a feed of hundreds in time.
    const isInShort = (rule: string) => rule.startsWith('Missing: content:encoded');
    const broken = brokenRules(await file(path), site + path).filter((rule) => !isInShort(rule));
    expect(broken).toEqual(lacking);
  });
}

describe('an export of WordPress, imported and built', () => {
  beforeAll(() => importAndBuild(`${archives}/wordpress/keepers.xml`, `${archives}/wordpress/uploads`), 300_000);
  whole();

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

  test('old feeds lead on, and are there for hosts that redirect nothing', async () => {
    expect(await file('feed/podcast/index.html')).toBe(await file('podcast.xml'));
    const { redirects } = JSON.parse(await readFile(join(output, 'gated/site.json'), 'utf8')) as Site;
    expect(redirects).toContainEqual({ from: '/feed/', to: '/rss.xml' });
  });

  test('a draft is not published', async () => {
    await expect(stat(join(output, 'client/posts/a-draft-of-few-words'))).rejects.toThrow('ENOENT');
  });
});

describe('a podcast of three hundred episodes, imported by its feed and built', () => {
  const source = pagedFeed();

  beforeAll(async () => {
    let close = () => {};
    await importAndBuild(`${await host(source, (end) => (close = end))}/feed`);
    close();
  }, 600_000);
  whole();

  test('subscribers see nothing new: guid, date, recording, length and number of each item are the same', async () => {
    const after = new Map<string | undefined, unknown>();
    for (let path: string | undefined = '/podcast.xml'; path !== undefined;) {
      const xml = await file(path);
      for (const each of known(xml)) after.set(each.guid, each);
      const next: string | undefined = parseRssFeed(xml).atom?.links?.find(({ rel }) => rel === 'next')?.href;
      path = next?.replace(site, '');
    }
    const before = Object.values(source).flatMap((page) => (page.startsWith('<?xml') ? known(page) : []));
    expect(after.size).toBe(300);
    for (const each of before) expect(after.get(each.guid)).toEqual(each);
  });

  test('a page has the transcript and the chapters that the feed names', async () => {
    const page = await file('episodes/kettle-290/index.html');
    expect(page).toContain('The kettle is on.');
    expect(page).toContain('Warm');
    expect(page).toContain('/people/bo-buoy/');
  });
});

describe('a folder of Hugo, imported and built', () => {
  beforeAll(() => importAndBuild(`${archives}/hugo`), 300_000);
  // A length that the archive does not say is 0, until its host is asked.
  whole(['InvalidEnclosure: calm-1']);

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

  test('the list of episodes speaks of no seasons where there are none', async () => {
    const list = await file('episodes/index.html');
    expect(list).toContain('Every file in the drawer, the newest first.');
    expect(list).not.toContain('Outside the seasons');
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
