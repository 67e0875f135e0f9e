import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseJsonFeed, parseRssFeed } from 'feedsmith';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedSite, serveFixture } from '../e2e/site.ts';
import { build } from '../fixture-site.ts';

// Astro keeps a cache for each content folder: one name, one cache.
const content = join(tmpdir(), 'file-names-content');
const output = 'node_modules/.cache/file-names-site';
const site = 'https://umbrellas.example.com';
const env = { SITE_URL: site, NOW: '2026-01-15T12:00:00Z' };

/** Names that a file system takes, of files that episodes have; the last two are in decomposed Unicode. */
const names = [
  ...['talk #1', 'what now?', 'größe & co', "it's [a+b]; c=d, @home", 'one: two', 'TALK 2', '"so" <they> |say|* ~^`'],
  ...['беседа', '会話 第1回', 'שיחה', '🎙️ on air', ' a space before', 'two  spaces', 'dots...', 'takes/best of #3'],
  ...['ca\u0301fe', '각'.normalize('NFD')],
];

const episode = (number: number, name: string) => `---
title: Episode ${number}
publishedAt: 2025-03-${String(number).padStart(2, '0')}
number: ${number + 10}
summary: A name that is a file's.
topics: [rain-forecasts]
hosts: [ada-drizzle]
sharedGoal: To be found.
marketingView: A name.
salesView: An address.
audio: ${JSON.stringify(`./${name}.mp3`)}
transcript: ${JSON.stringify(`./${name}.vtt`)}
chapters: ${JSON.stringify(`./${name}.json`)}
cover: { src: "./cover #1.jpg", alt: An umbrella }
---

[The recording](/episodes/e${number}/${encodeURIComponent(name)}.mp3), and a picture:

![An umbrella](<./cover #1.jpg>)
`;

/** Old addresses of a post, with how they are asked for and where they lead. */
const oldAddresses: [alias: string, asked: string, to: string][] = [
  ['/old/page.php', '/old/page.php?from=x', '/posts/the-dry-pipeline/?from=x'],
  ['/2014/10/The-Dry-Pipeline.html', '/2014/10/the-dry-pipeline.html', '/posts/the-dry-pipeline/'],
  ['/2014/10/feed.htm', '/2014/10/feed.htm', '/posts/the-dry-pipeline/'],
  ['/2014/11/index.html', '/2014/11/', '/posts/the-dry-pipeline/'],
  ['/index.php', '/index.php', '/posts/the-dry-pipeline/'],
  ['/index.php?id=4', '/index.php?lang=de&id=4', '/posts/the-dry-pipeline/'],
  ['/?p=123', '/?p=123', '/posts/the-dry-pipeline/'],
  ['/größe', '/gr%C3%B6%C3%9Fe', '/posts/the-dry-pipeline/'],
  ['/caf%C3%A9%20%231', '/cafe%CC%81%20%231/', '/posts/the-dry-pipeline/'],
  ['/a:b', '/a:b', '/posts/the-dry-pipeline/'],
  ['/v1.5', '/v1.5', '/posts/the-dry-pipeline/'],
  ['/a+b&c', '/a+b&c', '/posts/the-dry-pipeline/'],
];

const captions = `WEBVTT

00:01.000 --> 00:01.000
<v Ada Drizzle>If a < b and c &gt; d.

00:02.000 --> 00:03.000
<v Ada Drizzle>Rain.
`;
const chapters = JSON.stringify({ version: '1.2.0', chapters: [{ startTime: 0, title: 'Rain' }] });

let served: ServedSite;

beforeAll(async () => {
  const [recording, cover] = await Promise.all([
    readFile('tests/fixtures/series/episodes/welcome-to-the-rock/audio.mp3'),
    readFile('tests/fixtures/invalid/base/episodes/rain-is-a-lead/cover.jpg'),
  ]);
  const files = names.flatMap((name, i): [string, string | Buffer][] => [
    [`episodes/e${i + 1}/index.mdx`, episode(i + 1, name)],
    [`episodes/e${i + 1}/${name}.mp3`, recording],
    [`episodes/e${i + 1}/${name}.vtt`, captions],
    [`episodes/e${i + 1}/${name}.json`, chapters],
    [`episodes/e${i + 1}/cover #1.jpg`, cover],
  ]);
  const post = await readFile('tests/fixtures/invalid/base/posts/the-dry-pipeline/index.mdx', 'utf8');
  files.push([
    'posts/the-dry-pipeline/index.mdx',
    post.replace('aliases:', `aliases:\n${oldAddresses.map(([alias]) => `  - ${JSON.stringify(alias)}`).join('\n')}`),
  ]);
  // One picture that two entries have a copy of, of which one is in no feed.
  files.push(
    [
      'people/a-bearer/index.mdx',
      '---\nname: A Bearer\nsummary: Nobody.\nphoto: { src: ./shared.jpg, alt: Rain }\n---\n',
    ],
    [
      'posts/shared/index.mdx',
      post
        .replace(/aliases:[^]*?---/, 'cover: { src: ./shared.jpg, alt: Rain }\n---')
        .replace('title: The', 'title: A'),
    ],
    ['people/a-bearer/shared.jpg', await readFile('tests/fixtures/series/posts/words-for-fog/cover.jpg')],
    ['posts/shared/shared.jpg', await readFile('tests/fixtures/series/posts/words-for-fog/cover.jpg')],
  );
  await rm(content, { recursive: true, force: true });
  await cp('tests/fixtures/invalid/base', content, { recursive: true });
  for (const [file, text] of files) {
    await mkdir(join(content, dirname(file)), { recursive: true });
    await writeFile(join(content, file), text);
  }
  const { code, output: said } = await build({ ...env, CONTENT_DIR: content }, output);
  expect(code, said).toBe(0);
  served = await serveFixture({ DIST_DIR: output });
});
afterAll(async () => {
  await served?.stop();
  await rm(content, { recursive: true, force: true });
});

const built = (file: string) => readFile(join(output, 'client', file), 'utf8');
/** An address, and what the server answers to a HEAD for it. */
const head = async (address: string) => {
  const { pathname } = new URL(address, site);
  const { status } = await fetch(served.origin + pathname, { method: 'HEAD' });
  return [address, status];
};
const all200 = (addresses: readonly string[]) => addresses.map((address) => [address, 200]);

describe('a file may have every sign in its name that a file system takes', () => {
  test('and each address of the podcast is answered', async () => {
    const { items = [] } = parseRssFeed(await built('podcast.xml'));
    const addresses = items.flatMap(({ enclosures = [], podcast }) => [
      ...enclosures.map(({ url }) => url ?? ''),
      ...(podcast?.transcripts ?? []).map(({ url }) => url ?? ''),
      podcast?.chapters?.url ?? '',
    ]);
    expect(addresses).toHaveLength(3 * names.length);
    for (const address of addresses)
      expect(address).toMatch(/^https:\/\/umbrellas\.example\.com\/[\w/.~!$&'()*+,;=:@%-]+$/);
    expect(await Promise.all(addresses.map(head))).toEqual(all200(addresses));
  });

  test.each(names.map((name, i) => [name, i + 1] as const))(
    'and the page of "%s" names it as the podcast does',
    async (name, number) => {
      const { items = [] } = parseRssFeed(await built('podcast.xml'));
      const item = items.find(({ title }) => title === `Episode ${number}`);
      const [enclosure] = item?.enclosures ?? [];
      const { document } = parseHTML(await built(`episodes/e${number}/index.html`));
      const attribute = (selector: string, name: string) => document.querySelector(selector)?.getAttribute(name) ?? '';
      const absolute = (address: string) => new URL(address, site).href;

      expect(decodeURIComponent(new URL(enclosure?.url ?? '').pathname)).toBe(`/episodes/e${number}/${name}.mp3`);
      const sources = [
        attribute('audio', 'src'),
        attribute('a[download]', 'href'),
        attribute('meta[property="og:audio"]', 'content'),
      ];
      expect(sources.map(absolute)).toEqual(sources.map(() => enclosure?.url));
      const linked = document.querySelector('script[type="application/ld+json"]')?.textContent;
      expect(linked).toContain(JSON.stringify(enclosure?.url).slice(1, -1));
      expect(absolute(attribute('a[href$=".vtt"]', 'href'))).toBe(item?.podcast?.transcripts?.[0]?.url);

      const pictures = [...document.querySelectorAll('main img')].map((img) => img.getAttribute('src') ?? '');
      const addresses = [...pictures, attribute('meta[property="og:image"]', 'content')];
      expect(await Promise.all(addresses.map(head))).toEqual(all200(addresses));
    },
  );

  test('and the feed in JSON names each cover as its author gave it, though another entry has a copy of it', async () => {
    const { items = [] } = parseJsonFeed(await built('feed.json'));
    const addresses = items.flatMap(({ image }) => image ?? []);
    expect(addresses.length).toBeGreaterThan(names.length);
    expect(await Promise.all(addresses.map(head))).toEqual(all200(addresses));
  });

  test('and it is sent as it is', async () => {
    const recording = await readFile('tests/fixtures/series/episodes/welcome-to-the-rock/audio.mp3');
    const answer = await fetch(`${served.origin}/episodes/e1/talk%20%231.mp3`);
    expect(answer.headers.get('content-type')).toBe('audio/mpeg');
    expect(Buffer.from(await answer.arrayBuffer()).equals(recording)).toBe(true);
  });
});

test('the words of a transcript are in its page, and in its captions', async () => {
  const { document } = parseHTML(await built('episodes/e1/index.html'));
  const said = [...document.querySelectorAll('[data-said] > *')].map(({ textContent }) => textContent);
  expect(said).toEqual(['If a < b and c > d.', 'Rain.']);
  const shown = await (await fetch(`${served.origin}/episodes/e1/talk%20%231.vtt`)).text();
  expect(shown).toContain('00:01.000 --> 00:00:02.000\n<v Ada Drizzle>If a &lt; b and c &gt; d.\n');
});

describe('an old address', () => {
  test.each(oldAddresses)('%s leads on by the server, asked for as %s', async (_alias, asked, to) => {
    const answer = await fetch(served.origin + asked, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([301, to]);
  });

  test.each(oldAddresses.filter(([alias]) => !alias.includes('?')))(
    '%s is a page on a host of files',
    async (alias) => {
      const [file, page] = [decodeURIComponent(alias), decodeURIComponent(join(alias, 'index.html'))];
      const { document } = parseHTML(await built(/\.html?$/.test(alias) ? file : page));
      const attribute = (selector: string, name: string) => document.querySelector(selector)?.getAttribute(name);
      expect(attribute('html', 'lang')).toBe('en-GB');
      expect(attribute('meta[http-equiv=refresh]', 'content')).toBe('0;url=/posts/the-dry-pipeline/');
      expect(attribute('link[rel=canonical]', 'href')).toBe(`${site}/posts/the-dry-pipeline/`);
      expect(attribute('a', 'href')).toBe('/posts/the-dry-pipeline/');
    },
  );
});
