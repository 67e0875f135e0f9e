import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { addresses, files, isHidden, page, pages, text } from './built-site.ts';

interface Item {
  title: string;
  link: string;
  guid: { '#text': string; '@_isPermaLink': string };
  pubDate: string;
  description: string;
  category: string[];
  'content:encoded': string;
  'dc:creator': string[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  htmlEntities: true,
  isArray: (name) => ['item', 'category', 'dc:creator', 'url', 'sitemap'].includes(name),
});
const parse = <T>(file: string) => parser.parse(text(file)) as T;

describe('the feed of everything', () => {
  const { rss } = parse<{ rss: { channel: { item: Item[]; title: string; language: string } } }>('/rss.xml');
  const items = rss.channel.item;

  test('is well-formed', () => {
    expect(XMLValidator.validate(text('/rss.xml'))).toBe(true);
  });

  test('has every published episode and post, the newest first', () => {
    const pieces = addresses.filter((address) => /^\/(episodes|posts)\/(?!page\/|season-\d+\/)[^/]+\/$/.test(address));
    expect(items.map(({ link }) => link).toSorted()).toEqual(pieces.map((address) => fixtureSite + address).toSorted());
    const dates = items.map(({ pubDate }) => Date.parse(pubDate));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
  });

  test('gives each item an identity that is no address', () => {
    for (const { guid, link } of items) {
      expect(guid['@_isPermaLink']).toBe('false');
      expect(guid['#text']).toBe(`d-files:${new URL(link).pathname.slice(1, -1)}`);
    }
  });

  test('carries the whole text with the vocabulary as plain HTML', () => {
    const plain = items.map((item) => item['content:encoded']).join('\n');
    expect(plain).toContain('Petra Plimsoll');
    expect(plain).not.toMatch(/<(script|style|form|svg|section|aside)\b|\s(class|style|on\w+)=/);
    expect(plain).not.toMatch(/(?:href|src)="(?!https?:|mailto:)/);
    const dialogue = items.find(({ link }) => link.endsWith('/keeping-the-keepers/'));
    expect(dialogue?.['content:encoded']).toContain('There has not been a bath since 1990.');
  });

  test('names topics and people', () => {
    const keepers = items.find(({ link }) => link.endsWith('/keeping-the-keepers/'));
    expect(keepers?.category).toContain('Handovers');
    expect(keepers?.['dc:creator']).toContain('The Guild of Part-Time Keepers');
  });
});

describe('every page tells readers of its feeds', () => {
  const told = (address: string) =>
    [...page(address).querySelectorAll('link[rel=alternate]')]
      .filter((link) => /rss\+xml|feed\+json/.test(link.getAttribute('type') ?? ''))
      .map((link) => link.getAttribute('href') ?? '');
  const own: [string, string[]][] = [
    ['/episodes/', ['/episodes/rss.xml']],
    ['/episodes/season-1/', ['/episodes/rss.xml', '/podcast/season-1.xml']],
    ['/episodes/keeping-the-keepers/', ['/episodes/rss.xml']],
    ['/posts/words-for-fog/', ['/posts/rss.xml']],
    ['/topics/pricing/', ['/topics/pricing/rss.xml', '/topics/pricing/podcast.xml']],
    ['/topics/ships-and-leads/page/2/', ['/topics/ships-and-leads/rss.xml', '/topics/ships-and-leads/podcast.xml']],
    ['/people/odile-fathom/', ['/people/odile-fathom/rss.xml']],
    ['/people/gus-barnacle/entries/', ['/people/gus-barnacle/rss.xml']],
    ['/about/', []],
  ];

  test.each(own)('%s of those of everything and %j', (address, feeds) => {
    expect(told(address)).toEqual(['/rss.xml', '/podcast.xml', '/feed.json', ...feeds]);
  });

  test('that of everything comes first, and each is there', () => {
    for (const address of pages) {
      expect(told(address)[0], address).toBe('/rss.xml');
      expect(files, address).toEqual(expect.arrayContaining(told(address)));
    }
  });
});

test('the sitemap lists every page that search engines should know, and no other', () => {
  const { sitemapindex } = parse<{ sitemapindex: { sitemap: { loc: string }[] } }>('/sitemap-index.xml');
  expect(sitemapindex.sitemap.map(({ loc }) => loc)).toEqual([`${fixtureSite}/sitemap-0.xml`]);
  const { urlset } = parse<{ urlset: { url: { loc: string; lastmod?: string }[] } }>('/sitemap-0.xml');
  const listed = urlset.url.map(({ loc }) => loc).toSorted();
  const shown = pages.filter((address) => !isHidden(address));
  expect(listed).toEqual(shown.map((address) => fixtureSite + address).toSorted());
  expect(urlset.url.find(({ loc }) => loc.endsWith('/posts/we-swapped-jobs-for-one-week/'))?.lastmod).toBe(
    '2024-11-12T00:00:00.000Z',
  );
});

test('robots.txt names the sitemap', () => {
  expect(text('/robots.txt')).toContain(`Sitemap: ${fixtureSite}/sitemap-index.xml`);
});

test('the search index holds every page with content, but the search itself, lists of titles and the later pages of lists', () => {
  expect(files).toContain('/pagefind/pagefind.js');
  const { languages } = JSON.parse(text('/pagefind/pagefind-entry.json')) as {
    languages: Record<string, { page_count: number }>;
  };
  const indexed = Object.values(languages).reduce((sum, { page_count }) => sum + page_count, 0);
  const withContent = pages.filter(
    (address) =>
      page(address).querySelector('[data-pagefind-body]') &&
      !isHidden(address) &&
      !/^\/search\/|\/entries\/$/.test(address) &&
      !address.includes('/page/'),
  );
  expect(withContent.length).toBeGreaterThan(25);
  expect(indexed).toBe(withContent.length);
});
