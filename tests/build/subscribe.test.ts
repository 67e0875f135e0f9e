import { brotliCompressSync } from 'node:zlib';
import { parseOpml } from 'feedsmith';
import { expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { files, page, pages, text } from './built-site.ts';

const subscribe = page('/subscribe/');
const offeredOn = (address: string) =>
  [...page(address).querySelectorAll('copy-address input')].map((input) => input.getAttribute('value') ?? '');

/** The first document of each feed in the built site; the later ones are found from it (RFC 5005). */
const feeds = files
  .filter((file) => /\/(?:rss|podcast)\.xml$|^\/feed\.json$|^\/podcast\/season-\d+\.xml$/.test(file))
  .map((file) => fixtureSite + file);

test('the feeds of the whole series are on the page, and those of a part on the page of that part', () => {
  expect(offeredOn('/subscribe/').toSorted()).toEqual(
    ['/episodes/rss.xml', '/feed.json', '/podcast.xml', '/posts/rss.xml', '/rss.xml'].map((path) => fixtureSite + path),
  );
  const own = {
    '/topics/pricing/': ['/topics/pricing/rss.xml', '/topics/pricing/podcast.xml'],
    '/people/odile-fathom/': ['/people/odile-fathom/rss.xml'],
    '/episodes/season-1/': ['/podcast/season-1.xml'],
    '/topics/ships-and-leads/page/2/': [],
  };
  for (const [address, paths] of Object.entries(own))
    expect(offeredOn(address), address).toEqual(paths.map((path) => fixtureSite + path));
});

test('each feed of the site is on one page, and all are in the OPML file', () => {
  expect(feeds.length).toBeGreaterThan(10);
  expect(pages.flatMap(offeredOn).toSorted()).toEqual(feeds.toSorted());
  const { body } = parseOpml(text('/opml.xml'));
  const listed = body?.outlines?.flatMap(({ xmlUrl }) => xmlUrl ?? []) ?? [];
  expect(listed.toSorted()).toEqual(feeds.toSorted());
});

test('the way to the parts is on the page', () => {
  const links = [...subscribe.querySelectorAll('main a')].map((link) => link.getAttribute('href'));
  expect(links).toEqual(expect.arrayContaining(['/topics/', '/hosts/', '/episodes/']));
});

test('the apps of the series stand beside those that take the feed', () => {
  const links = [...subscribe.querySelectorAll('main a')].map((link) => link.getAttribute('href'));
  expect(links).toContain('https://barnacast.example.com/shows/lighthouse-to-let');
  expect(links).toContain('podcast://lighthouse.example.com/podcast.xml');
  expect(links).toContain('/opml.xml');
});

test('a code is drawn of the address that each way is for', () => {
  const codes = [...subscribe.querySelectorAll('[role=img][aria-label^="QR code"] svg')];
  expect(codes).toHaveLength(2);
});

test('the script that copies is smaller than 400 bytes', () => {
  const scripts = [...subscribe.querySelectorAll('script:not([src]):not([type="application/ld+json"])')].map(
    (script) => script.textContent ?? '',
  );
  const own = scripts.find((script) => script.includes('copy-address')) ?? '';
  expect(own).not.toBe('');
  expect(brotliCompressSync(own).length).toBeLessThan(400);
});
