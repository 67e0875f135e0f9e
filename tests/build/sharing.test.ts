import { describe, expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { addresses, files, page, pages, text } from './built-site.ts';
import { isEmbed } from './site-in.ts';

/** A file of the site by its absolute address. */
const fileOf = (address: string) => {
  expect(address).toMatch(new RegExp(`^${fixtureSite}/`));
  return new URL(address).pathname;
};

describe('a player for other sites', () => {
  const embeds = addresses.filter(isEmbed);

  test('is there for every episode with a recording, and for no other', () => {
    const recorded = pages.filter((address) => page(address).querySelector('episode-player'));
    expect(recorded.length).toBeGreaterThan(5);
    expect(embeds).toEqual(recorded.map((address) => `${address}embed/`));
  });

  test.each(embeds)('%s is the player alone, and leads to its episode', (address) => {
    const document = page(address);
    expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
    expect(document.querySelectorAll('header, footer, nav')).toHaveLength(0);
    expect(document.querySelectorAll('audio[controls][src], video[controls][src]')).toHaveLength(1);
    const link = document.querySelector('h1 a');
    expect(link?.getAttribute('href')).toBe(address.replace(/embed\/$/, ''));
    expect(link?.getAttribute('target')).toBe('_top');
  });

  test.each(embeds)('the episode of %s tells how to frame it', (embed) => {
    const episode = embed.replace(/embed\/$/, '');
    const link = page(episode).querySelector('link[type="application/json+oembed"]');
    const file = fileOf(link?.getAttribute('href') ?? '');
    const answer = JSON.parse(text(file)) as Record<string, string | number>;
    expect(answer).toMatchObject({ version: '1.0', type: 'rich', title: link?.getAttribute('title') });
    expect(files).toContain(fileOf(String(answer['thumbnail_url'])));
    expect(answer['html']).toContain(`src="${fixtureSite}${embed}"`);
    expect(answer['html']).toContain(`width="${answer['width']}" height="${answer['height']}" loading="lazy"`);
  });
});

describe('passing a page on', () => {
  test.each(['/episodes/number-seven-is-inland/', '/posts/words-for-fog/', '/whitepapers/the-well-lit-pipeline/'])(
    '%s has plain links that carry its address, and no script of another host',
    (address) => {
      const links = [...page(address).querySelectorAll('share-links a')].map((link) => link.getAttribute('href') ?? '');
      expect(links.map((link) => new URL(link).host)).toEqual([
        ...['www.linkedin.com', 'x.com', 'share.joinmastodon.org', 'bsky.app', ''],
      ]);
      for (const link of links) expect(decodeURIComponent(link)).toContain(fixtureSite + address);
    },
  );
});
