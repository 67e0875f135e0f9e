import { describe, expect, test } from 'vitest';
import { readSite } from '#capture/compose.ts';
import { fixtureOutput, fixtureSite } from '../fixture-site.ts';
import { addresses, bytes, files, isHidden, page, text } from './built-site.ts';

const ferry = '/with/haddock-and-nephew-ferries/';
const almanac = '/with/the-kittiwake-almanac/';
const mark = (address: string) => `partner=${address.split('/')[2]}`;
const hrefs = (address: string, within = 'a') =>
  [...page(address).querySelectorAll(within)].map((link) => link.getAttribute('href') ?? '');

test('each partner that is published has a page and a kit, and the server knows of it', async () => {
  expect(addresses.filter((address) => address.startsWith('/with/'))).toEqual(
    [ferry, almanac].flatMap((address) => [address, `${address}kit/`]),
  );
  const { partners } = await readSite(fixtureOutput);
  expect(partners).toEqual([
    { slug: 'haddock-and-nephew-ferries', name: 'Haddock & Nephew Ferries', url: ferry },
    { slug: 'the-kittiwake-almanac', name: 'The Kittiwake Almanac', url: almanac },
  ]);
});

describe('the page for the readers of a partner', () => {
  test.each([ferry, almanac])('%s leads on under addresses that name the partner', (address) => {
    const document = page(address);
    const begun = hrefs(address, '[aria-labelledby="section-begin"] li a');
    expect(begun.length).toBeGreaterThan(1);
    for (const href of begun) expect(href).toMatch(new RegExp(`^/(?:episodes|posts)/[^/]+/\\?${mark(address)}$`));
    for (const input of ['whitepaper', 'partner', 'wording'])
      expect(document.querySelectorAll(`form input[type=hidden][name=${input}]`)).toHaveLength(1);
    expect(document.querySelector('input[name=partner]')?.getAttribute('value')).toBe(address.split('/')[2]);
  });

  test('says what both do for each other, and has the logo of the partner as it was drawn', () => {
    const document = page(ferry);
    expect(document.querySelector('aside')?.textContent).toMatch(/Ten per cent off the crossing[^]*A file on board/);
    const [logo] = document.querySelectorAll('article img');
    expect(logo?.getAttribute('alt')).toBe('A small ferry with one funnel, between two waves');
    expect(logo?.getAttribute('src')).toMatch(/^\/_astro\/logo\..+\.svg$/);
    expect(page(almanac).querySelectorAll('article img')).toHaveLength(0);
  });

  test('is to be found: in the sitemap, the search, the list for machines, and as Markdown', () => {
    for (const address of [ferry, almanac]) {
      expect(text('/sitemap-0.xml')).toContain(`<loc>${fixtureSite}${address}</loc>`);
      expect(text('/llms.txt')).toContain(`(${fixtureSite}${address}index.md)`);
      expect(page(address).querySelector('[data-pagefind-body]')).not.toBeNull();
    }
    expect(text(`${ferry}index.md`)).toMatch(/With: \[Haddock & Nephew Ferries\]\(https:\/\/haddock-and-nephew/);
    expect(text('/sitemap-0.xml')).not.toContain('/kit/');
  });

  test('describes the partner as an organisation that makes an offer', () => {
    const data = JSON.parse(page(ferry).querySelector('script[type="application/ld+json"]')?.textContent ?? '') as {
      '@graph': Record<string, unknown>[];
    };
    const partner = data['@graph'].find((thing) => thing['@id'] === `${fixtureSite}${ferry}#who`);
    expect(partner).toMatchObject({
      '@type': 'Organization',
      name: 'Haddock & Nephew Ferries',
      url: 'https://haddock-and-nephew.example.com/',
      logo: { url: expect.stringContaining('/_astro/logo') as string },
    });
  });
});

describe('the kit of a partner', () => {
  const copied = (address: string) =>
    Object.fromEntries(
      [...page(`${address}kit/`).querySelectorAll('textarea')].map((area) => [area.id, area.textContent]),
    );

  test('is for the partner, and not for search engines', () => {
    for (const address of [ferry, almanac]) expect(isHidden(`${address}kit/`)).toBe(true);
  });

  test('has words in two lengths, each with the address that is counted', () => {
    const { short, long, link } = copied(ferry);
    expect(link).toBe(`${fixtureSite}${ferry}?${mark(ferry)}`);
    expect(short).toBe(`Eleven minutes to spare? ${link}`);
    expect(long).toMatch(/^Sales and marketing, all at sea: [^]+\n\nhttps:/);
    expect(copied(almanac)['short']).toMatch(/^Two colleagues at a lighthouse-rental firm/);
  });

  test('has the code of a player that is there, in whose address the partner is', () => {
    const src = /src=(?:"|&quot;)(.+?)(?:"|&quot;)/.exec(copied(ferry)['embed'] ?? '')?.[1] ?? '';
    const { pathname, search } = new URL(src);
    expect(files).toContain(`${pathname}index.html`);
    expect(search).toBe(`?${mark(ferry)}`);
  });

  test('has pictures in sizes, each as the files that it names', () => {
    const links = hrefs(`${ferry}kit/`, 'a[download]');
    expect(links.length).toBeGreaterThan(4);
    for (const href of links) expect(bytes(href).length, href).toBeLessThan(400_000);
    const names = [...page(`${ferry}kit/`).querySelectorAll('a[download]')].map(
      (a) => a.getAttribute('download') ?? '',
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('card-haddock-and-nephew-ferries.png');
  });

  test('needs no script to be selected: what copies is shown by a script', () => {
    const document = page(`${ferry}kit/`);
    const areas = document.querySelectorAll('copy-text textarea[readonly]');
    expect(areas.length).toBe(5);
    for (const button of document.querySelectorAll('copy-text button'))
      expect(button.hasAttribute('hidden')).toBe(true);
  });
});

describe('feeds', () => {
  test('one has the entries of the topics of a partner, newest first, and names its page', () => {
    const xml = text(`${ferry}rss.xml`);
    expect(xml).toContain(`<link>${fixtureSite}${ferry}</link>`);
    const links = [...xml.matchAll(/<item>.*?<link>([^<]+)<\/link>/gs)].map(([, link]) => link);
    expect(links).toContain(`${fixtureSite}/episodes/the-handover-nobody-rowed/`);
    expect(links).not.toContain(`${fixtureSite}/episodes/the-quarterly-tide-review/`);
    expect(hrefs(ferry, 'link[rel=alternate][type="application/rss+xml"]')).toContain(`${ferry}rss.xml`);
  });

  test('that of the podcast recommends the podcast of a partner, behind those of its author', () => {
    const [podroll = ''] = /<podcast:podroll>.*<\/podcast:podroll>/s.exec(text('/podcast.xml')) ?? [];
    expect(podroll).toMatch(/Foghorn Weekly[^]*feedUrl="https:\/\/kittiwake\.example\.org\/almanac\/feed\.xml"/);
  });

  test('that of a partner is not among those of the series', () => {
    expect(text('/subscribe/index.html')).not.toContain('/with/');
  });
});
