import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { addresses, bytes, files, isHidden, page, pages, text } from './built-site.ts';

type Thing = { '@type'?: string; '@id'?: string } & Record<string, unknown>;

/** What a tag of the head says; several of one property in their order. */
const said = (address: string, property: string) =>
  [...page(address).querySelectorAll(`meta[property="${property}"], meta[name="${property}"]`)].map((meta) =>
    meta.getAttribute('content'),
  );

/** A file of the site by its absolute address. */
const fileOf = (address: string | null | undefined) => {
  expect(address).toMatch(new RegExp(`^${fixtureSite}/`));
  return new URL(address ?? '').pathname;
};

function graphOf(address: string): Thing[] {
  const scripts = [...page(address).querySelectorAll('script[type="application/ld+json"]')];
  expect(scripts, address).toHaveLength(1);
  const document = JSON.parse(scripts[0]?.textContent ?? '') as { '@context': string; '@graph': Thing[] };
  expect(document['@context']).toBe('https://schema.org');
  return document['@graph'];
}
const ofType = (address: string, type: string) => graphOf(address).find((thing) => thing['@type'] === type);

/** A thing and everything in it. */
function within(value: unknown): Thing[] {
  if (Array.isArray(value)) return value.flatMap(within);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Thing, ...Object.values(value).flatMap(within)];
}

/** Whether more is said of a thing than what it is called. */
const isFull = (thing: Thing) =>
  Object.keys(thing).some((property) => !['@type', '@id', 'name', 'url', 'seasonNumber'].includes(property));

const shown = pages.filter((address) => !isHidden(address));

describe('tags of the head', () => {
  test.each(pages)('%s can be shared', async (address) => {
    for (const property of ['og:title', 'og:description', 'og:type', 'og:site_name', 'og:locale', 'og:image:alt'])
      expect(said(address, property), property).toEqual([expect.stringMatching(/\S/)]);
    expect(said(address, 'og:url')).toEqual(isHidden(address) ? [] : [fixtureSite + address]);
    expect(said(address, 'twitter:card')).toEqual(['summary_large_image']);
    const [image] = said(address, 'og:image');
    const { width, height, format } = await sharp(bytes(fileOf(image))).metadata();
    expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: 'png' });
    expect(said(address, 'og:image:width')).toEqual(['1200']);
    expect(said(address, 'og:image:height')).toEqual(['630']);
  });

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
  test.each(shown)('%s describes itself and the way to it', (address) => {
    const graph = graphOf(address);
    expect(graph[0]).toMatchObject({ '@id': `${fixtureSite}${address}#page`, url: fixtureSite + address });
    const crumbs = graph.find((thing) => thing['@type'] === 'BreadcrumbList')?.['itemListElement'] as
      Thing[] | undefined;
    if (address === '/') expect(crumbs).toBeUndefined();
    else {
      expect(crumbs?.map(({ position }) => position)).toEqual(crumbs?.map((_, i) => i + 1));
      for (const { item } of crumbs ?? []) expect(addresses).toContain(fileOf(item as string));
    }
  });

  test('whatever is named by an identity is described in full on the page of that address', () => {
    const described = new Map(
      shown.map((address) => [
        address,
        within(graphOf(address)).flatMap((thing) => (isFull(thing) ? thing['@id'] : [])),
      ]),
    );
    for (const address of shown)
      for (const { '@id': id } of within(graphOf(address)))
        if (id) expect(described.get(fileOf(id)), `on ${address}`).toContain(id);
  });

  test('every address in it is absolute, and leads to a file if it is of this site', () => {
    const named = /^(url|item|contentUrl|thumbnailUrl|embedUrl|transcript|webFeed)$/;
    for (const address of shown)
      for (const thing of within(graphOf(address)))
        for (const [property, value] of Object.entries(thing))
          if (named.test(property)) {
            const { origin, pathname } = new URL(value as string);
            if (origin === fixtureSite)
              expect([...files, ...addresses], `${property} on ${address}`).toContain(pathname);
          }
  });

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
