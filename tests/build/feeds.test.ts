import { parseJsonFeed, parseOpml, parseRssFeed } from 'feedsmith';
import Reader from 'rss-parser';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { addresses, bytes, files, text } from './built-site.ts';
import { brokenRules } from './feeds-rules.ts';

const outlines = parseOpml(text('/opml.xml')).body?.outlines ?? [];
const pathOf = (url: string | undefined) => new URL(url ?? '').pathname;
const listed = outlines.map(({ xmlUrl }) => pathOf(xmlUrl));
const inXml = listed.filter((path) => path.endsWith('.xml'));
const podcast = parseRssFeed(text('/podcast.xml'));

test('the list of feeds names every feed that was built, and no other', () => {
  const built = files.filter((file) => /\/(rss|podcast|season-\d+|page-\d+)\.xml$|^\/feed.*\.json$/.test(file));
  expect(listed.toSorted()).toEqual(built.toSorted());
  for (const { htmlUrl } of outlines) expect(addresses).toContain(pathOf(htmlUrl));
});

describe.each(inXml)('%s', (path) => {
  const xml = text(path);

  test('breaks no rule of the W3C validator', () => {
    expect(brokenRules(xml, fixtureSite + path)).toEqual([]);
  });

  test('is read by a strict reader, and leads to pages that are there', async () => {
    const { items } = await new Reader().parseString(xml);
    expect(items.length).toBeGreaterThan(0);
    for (const { link, guid } of items) {
      expect(addresses).toContain(pathOf(link));
      expect(guid).toBe(`d-files:${pathOf(link).slice(1, -1)}`);
    }
  });

  test('names files of this site that are there', () => {
    const named = [...xml.matchAll(new RegExp(`"${fixtureSite}(/[^"]*\\.\\w+)"`, 'g'))].map(([, file = '']) => file);
    expect(files).toEqual(expect.arrayContaining(named));
  });

  test('is dated by what is in it', () => {
    const { lastBuildDate, items = [] } = parseRssFeed(xml);
    const dates = items.map(({ atom, pubDate }) => Date.parse(String(atom?.updated ?? pubDate)));
    expect(Date.parse(String(lastBuildDate))).toBe(Math.max(...dates));
  });
});

describe('the feed in JSON', () => {
  const { items = [], ...feed } = parseJsonFeed(text('/feed.json'));

  test('is of version 1.1, and has what the feed of everything has', async () => {
    expect(JSON.parse(text('/feed.json'))).toMatchObject({ version: 'https://jsonfeed.org/version/1.1' });
    expect(feed).toMatchObject({ feed_url: `${fixtureSite}/feed.json`, language: 'en-GB' });
    const rss = await new Reader().parseString(text('/rss.xml'));
    expect(items.map(({ id }) => id)).toEqual(rss.items.map(({ guid }) => guid));
    expect(items.map(({ content_html }) => content_html)).toEqual(rss.items.map((item) => item['content:encoded']));
  });

  test('has recordings as attachments with their size and length', () => {
    const attachments = items.flatMap(({ attachments = [] }) => attachments);
    expect(attachments.length).toBe(podcast.items?.length);
    for (const { size_in_bytes, duration_in_seconds } of attachments) {
      expect(size_in_bytes).toBeGreaterThan(0);
      expect(duration_in_seconds).toBeGreaterThan(0);
    }
  });
});

test('a film in the text is a link to where it is', () => {
  const { content = {} } =
    parseRssFeed(text('/rss.xml')).items?.find(({ link }) => link?.endsWith('/words-for-fog/')) ?? {};
  expect(content.encoded).toContain(
    '<a href="https://lighthouse.example.com/posts/words-for-fog/the%20beam.mp4">Watch: the beam.mp4</a>',
  );
});

test('pictures in the text have their size and their words', () => {
  const pictures = parseRssFeed(text('/rss.xml')).items?.flatMap(
    ({ content }) => content?.encoded?.match(/<img [^>]*>/g) ?? [],
  );
  expect(pictures?.length).toBeGreaterThan(1);
  for (const picture of pictures ?? []) expect(picture).toMatch(/ alt="[^"]+".* width="\d+" height="\d+"/);
});

test('a picture of the site is upright, in colours for screens, and tells nothing of its camera', async () => {
  const written = await sharp('tests/fixtures/series/posts/words-for-fog/cover.jpg').metadata();
  expect(written).toMatchObject({ space: 'cmyk', orientation: 6, width: 720, height: 1280 });
  const pictures = files.filter((file) => /\.(?:jpe?g|png|webp|avif)$/.test(file));
  for (const file of pictures) {
    const { space, orientation, exif } = await sharp(bytes(file)).metadata();
    expect([file, space, orientation, exif]).toEqual([file, 'srgb', undefined, undefined]);
  }
  const item = (JSON.parse(text('/feed.json')) as { items: { url: string; image?: string }[] }).items.find(({ url }) =>
    url.endsWith('/words-for-fog/'),
  );
  const shown = await sharp(bytes(new URL(item?.image ?? '').pathname)).metadata();
  expect([shown.width, shown.height]).toEqual([1280, 720]);
});
