import { readdirSync, readFileSync } from 'node:fs';
import { parseRssFeed } from 'feedsmith';
import partytime from 'podcast-partytime';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { fixtureSite } from '../fixture-site.ts';
import { bytes, files, text } from './built-site.ts';

const pathOf = (url: string | undefined) => new URL(url ?? '').pathname;
const podcasts = files.filter((file) => /podcast.*\.xml$/.test(file));
const podcast = parseRssFeed(text('/podcast.xml'));

interface FrontMatter {
  title: string;
  number: number;
  season?: number;
  episodeType?: string;
  explicit?: boolean;
  hosts: string[];
  guests?: string[];
  transcript?: string;
  chapters?: unknown;
  audio?: unknown;
  video?: unknown;
}
const series = 'tests/fixtures/series';
const frontMatter = <T>(file: string) => parseYaml(readFileSync(file, 'utf8').split(/^---$/m)[1] ?? '') as T;
const written = new Map(
  readdirSync(`${series}/episodes`).map((slug) => [
    slug,
    frontMatter<FrontMatter>(`${series}/episodes/${slug}/index.mdx`),
  ]),
);
const nameOf = (slug: string) => frontMatter<{ name: string }>(`${series}/people/${slug}/index.mdx`).name;

describe.each(podcasts)('%s', (path) => {
  const { itunes, podcast, items = [] } = parseRssFeed(text(path));

  test('has what Apple requires of a channel and of each item', () => {
    expect(itunes).toMatchObject({ explicit: false, type: 'episodic', author: 'Wick & Daughters Lighthouse Hire' });
    expect(itunes?.categories?.[0]).toEqual({ text: 'Business', categories: [{ text: 'Marketing' }] });
    for (const { enclosures = [], itunes, description = '' } of items) {
      expect(enclosures).toHaveLength(1);
      expect(itunes?.duration).toBeGreaterThan(0);
      expect(Buffer.byteLength(description)).toBeLessThanOrEqual(4000);
      expect(description.replaceAll(/<\/?(p|ol|ul|li|a)\b[^>]*>/g, '')).not.toMatch(/<\w/);
    }
  });

  test('has artwork as Apple takes it, under a name that changes with it', async () => {
    expect(pathOf(itunes?.image)).toMatch(/cover\.[\w-]{8,}\.jpg$/);
    expect(await sharp(bytes(pathOf(itunes?.image))).metadata()).toMatchObject({
      ...{ format: 'jpeg', width: 1400, height: 1400, space: 'srgb', hasAlpha: false },
    });
  });

  test('has enclosures of the type and length that their files have, each once', () => {
    const all = items.flatMap(({ enclosures = [] }) => enclosures);
    expect(new Set(all.map(({ url }) => url)).size).toBe(all.length);
    const types: Record<string, string> = { mp3: 'audio/mpeg', m4a: 'audio/x-m4a', mp4: 'video/mp4' };
    for (const { url = '', length, type } of all) {
      expect(type).toBe(types[url.split('.').at(-1) ?? '']);
      if (url.startsWith(fixtureSite)) expect(length).toBe(bytes(pathOf(url)).length);
    }
  });

  test('has a guid of its own', () => {
    const others = podcasts.filter((other) => other !== path).map((other) => parseRssFeed(text(other)).podcast?.guid);
    expect(others).not.toContain(podcast?.guid);
  });
});

describe('the podcast', () => {
  test('has every episode with a recording file, and those alone', () => {
    const isFile = (field: unknown) =>
      typeof field === 'string' || (typeof field === 'object' && field && 'bytes' in field);
    const played = [...written].filter(([, { audio, video }]) => isFile(audio) || isFile(video));
    expect(podcast.items?.map(({ guid }) => guid?.value).toSorted()).toEqual(
      played.map(([slug]) => `d-files:episodes/${slug}`).toSorted(),
    );
  });

  test.each(podcast.items ?? [])('says of $title what its author wrote', ({ title, guid, itunes, podcast }) => {
    const slug = guid?.value?.split('/').at(-1) ?? '';
    const { season, number, episodeType = 'full', explicit = false, ...entry } = written.get(slug) as FrontMatter;
    expect(title).toBe(entry.title);
    expect(itunes).toMatchObject({ season, episodeType, explicit });
    expect(podcast?.season?.number).toBe(season);
    expect(itunes?.episode).toBe(episodeType === 'trailer' ? undefined : number);
    expect(podcast?.persons?.map(({ display, role }) => [display, role])).toEqual([
      ...entry.hosts.map((host) => [nameOf(host), 'host']),
      ...(entry.guests ?? []).map((guest) => [nameOf(guest), 'guest']),
    ]);
    expect(podcast?.transcripts?.map(({ url }) => pathOf(url))).toEqual(
      entry.transcript && [`/episodes/${slug}/${entry.transcript.replace('./', '')}`],
    );
    expect(podcast?.chapters !== undefined).toBe(entry.chapters !== undefined);
    if (podcast?.chapters) {
      const { version, chapters } = JSON.parse(text(pathOf(podcast.chapters.url))) as {
        version: string;
        chapters: { startTime: number; title: string }[];
      };
      expect(version).toMatch(/^1\.\d\.0$/);
      expect(chapters).toEqual(chapters.toSorted((a, b) => a.startTime - b.startTime));
    }
  });

  test('the picture of a chapter is one that the site serves, upright and in colours for screens', async () => {
    const { chapters } = JSON.parse(text('/episodes/number-seven-is-inland/chapters.json')) as {
      chapters: { img?: string }[];
    };
    const [img = '', ...others] = chapters.flatMap(({ img }) => img ?? []);
    expect([img, others]).toEqual([expect.stringMatching(/^https:\/\/lighthouse\.example\.com\/_astro\/.*\.jpg$/), []]);
    const { width, height, space, orientation, exif } = await sharp(bytes(pathOf(img))).metadata();
    expect([width, height, space, orientation, exif]).toEqual([700, 364, 'srgb', undefined, undefined]);
  });

  test("is read by Podcast Index's parser with all that the series says of itself", () => {
    const read = partytime.parseFeed(text('/podcast.xml'));
    expect(read).toMatchObject({
      guid: '5a0c1b52-2f0e-5b4c-9a70-6f1b3f6d2c11',
      medium: 'podcast',
      locked: true,
      podcastOwner: 'keeper@example.com',
      pubsub: { self: `${fixtureSite}/podcast.xml`, hub: 'https://hub.example.com/' },
      license: { identifier: 'wick-and-daughters-tidal-licence' },
      podcastFunding: [{ message: 'Buy us a candle', url: 'https://shop.example.com/candles' }],
      podcastTxt: [{ purpose: 'verify', value: 'eleven-lighthouses-no-daughters' }],
      podcastLocation: { name: 'The Sprat Coast' },
      trailers: [{ title: 'Welcome to the rock', season: 1 }],
      podcastSeasons: { 1: { name: 'The year of the bottle' }, 2: { number: 2 } },
    });
    const odile = read?.items.find(({ guid }) => guid.endsWith('/the-customer-who-came-too-close'));
    expect(odile).toMatchObject({
      enclosure: { length: 24_691_357, type: 'audio/mpeg' },
      podcastSoundbites: [
        { startTime: 260, duration: 45 },
        { startTime: 900.5, duration: 15 },
      ],
    });
  });

  test('links to films on other hosts', () => {
    expect(text('/podcast.xml')).toContain('<podcast:contentLink href="https://vimeo.com/999999999999">');
  });
});
