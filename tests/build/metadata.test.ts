import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { bytes, files, graph, page, pages, text } from './built-site.ts';
import { tagsOf } from './page-rules.ts';

const said = (address: string, property: string) => tagsOf(page(address), property);

/** A file of the site by its absolute address. */
const fileOf = (address: string | null | undefined) => {
  expect(address).toMatch(new RegExp(`^${fixtureSite}/`));
  return new URL(address ?? '').pathname;
};

const ofType = (address: string, type: string) => graph(address).find((thing) => thing['@type'] === type);

describe('tags of the head', () => {
  test('every picture for sharing is used by a page and is light', () => {
    const pictures = files.filter((file) => file.startsWith('/social/'));
    expect(pictures.length).toBeGreaterThan(40);
    const offered = pages.flatMap((address) =>
      [...page(address).querySelectorAll('a[href^="/social/"]')].map((link) => link.getAttribute('href') ?? ''),
    );
    expect(pictures.toSorted()).toEqual(
      [...new Set([...pages.map((address) => fileOf(said(address, 'og:image')[0])), ...offered])].toSorted(),
    );
    for (const picture of pictures) expect(bytes(picture).length, picture).toBeLessThan(100_000);
  });

  test('an episode says when it came out, what it is about and where its recording is', () => {
    const address = '/episodes/number-seven-is-inland/';
    expect(said(address, 'og:type')).toEqual(['music.song']);
    expect(said(address, 'article:published_time')).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)]);
    expect(said(address, 'article:tag')).toContain('Customer advocacy');
    expect(files).toContain(fileOf(said(address, 'og:audio')[0]));
    expect(files).toContain(fileOf(said('/episodes/the-quarterly-tide-review/', 'og:video')[0]));
  });

  test('the pages of a list name each other', () => {
    const around = (address: string) =>
      ['prev', 'next'].map((rel) => page(address).querySelector(`link[rel=${rel}]`)?.getAttribute('href'));
    expect(around('/episodes/')).toEqual([undefined, '/episodes/page/2/']);
    expect(around('/episodes/page/2/')).toEqual(['/episodes/', undefined]);
    expect(around('/about/')).toEqual([undefined, undefined]);
  });
});

describe('linked data', () => {
  test.each([
    ['/', 'PodcastSeries', ['name', 'description', 'url', 'webFeed', 'image', 'author', 'actor', 'hasPart']],
    ['/', 'WebSite', ['name', 'url', 'potentialAction']],
    [
      '/episodes/number-seven-is-inland/',
      'PodcastEpisode',
      [
        'name',
        'url',
        'description',
        'datePublished',
        'episodeNumber',
        'partOfSeries',
        'partOfSeason',
        'timeRequired',
        'duration',
        'associatedMedia',
        'hasPart',
      ],
    ],
    [
      '/posts/words-for-fog/',
      'BlogPosting',
      ['headline', 'image', 'datePublished', 'dateModified', 'author', 'publisher'],
    ],
    ['/whitepapers/the-well-lit-pipeline/', 'Report', ['headline', 'datePublished', 'author', 'publisher']],
    ['/people/gus-barnacle/', 'Person', ['name', 'url', 'description', 'jobTitle', 'image']],
    ['/people/guild-of-part-time-keepers/', 'Organization', ['name', 'url', 'description']],
    ['/topics/foghorns/', 'ItemList', ['itemListElement', 'numberOfItems']],
    ['/episodes/page/2/', 'ItemList', ['itemListElement']],
    ['/hosts/', 'ItemList', ['itemListElement']],
  ])('%s has a %s with all that it needs', (address, type, properties) => {
    expect(Object.keys(ofType(address, type) ?? {})).toEqual(expect.arrayContaining(properties));
  });
});

describe('icons', () => {
  test('the favicon is an icon of 32 pixels with a PNG in it', async () => {
    const file = bytes('/favicon.ico');
    expect([file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([0, 1, 1]);
    const png = file.subarray(file.readUInt32LE(18), file.readUInt32LE(18) + file.readUInt32LE(14));
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 32, height: 32 });
    expect([file[6], file[7]]).toEqual([32, 32]);
  });

  test('every page names icons that are there', () => {
    for (const address of pages)
      for (const rel of ['icon', 'apple-touch-icon', 'manifest'])
        for (const link of page(address).querySelectorAll(`link[rel=${rel}]`))
          expect(files).toContain(link.getAttribute('href'));
  });

  test('the manifest is that of the series, and its icons have the sizes that it says', async () => {
    const manifest = JSON.parse(text('/manifest.webmanifest')) as { icons: { src: string; sizes: string }[] };
    expect(manifest).toMatchObject({ short_name: 'Lighthouse to Let', lang: 'en-GB', start_url: '/' });
    expect(manifest.icons).toHaveLength(3);
    for (const { src, sizes } of manifest.icons) {
      const { width, height } = await sharp(bytes(src)).metadata();
      expect(`${width}x${height}`).toBe(sizes);
    }
    expect(await sharp(bytes('/icons/apple-touch-icon.png')).metadata()).toMatchObject({ width: 180, height: 180 });
  });
});
