import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRssFeed } from 'feedsmith';
import { expect, onTestFinished, test } from 'vitest';
import { isPrivateAddress } from '#capture/webhook/private-address.ts';
import { podcastFeed } from '#feeds/podcast-feed.ts';
import { feed } from '#importing/feed/reader.ts';
import { guardedFetch } from '#importing/fetched.ts';
import { importArchive } from '#importing/import.ts';
import type { Outcome } from '#importing/outcome.ts';
import { sourceAt } from '#importing/source.ts';
import { channel, host, items, known, opening, pagedFeed } from '../../fakes/kettles.ts';
import { editionOf, problemsIn } from '../authoring/content-folder.ts';
import { documentsOf, publication } from '../feeds/publication.ts';

const now = new Date('2026-01-10T12:00:00Z');

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'feed-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

async function imported(location: string, content: string): Promise<Outcome> {
  const network = { fetch: guardedFetch(fetch, location, isPrivateAddress), timeout: 5000, now, progress: () => {} };
  const archive = await feed.read(await sourceAt(location), { ...network, isOffline: false });
  return importArchive(archive, { ...network, content, uploads: undefined, isDry: false, isOffline: false });
}

async function feedOf(content: string): Promise<string> {
  const { catalog } = await editionOf(content);
  const [document] = documentsOf(catalog, '/podcast.xml');
  return podcastFeed(document, publication(catalog, { html: '<p>Notes.</p>' }));
}

test('a paged feed of three hundred episodes comes over whole, and its subscribers see nothing new', async () => {
  const pages = pagedFeed();
  const content = join(await folder(), 'content');
  const { results } = await imported(`${await host(pages)}/feed`, content);
  expect(results.filter(({ kind }) => kind === 'episodes')).toHaveLength(300);
  expect(new Set(results.map(({ fate }) => fate))).toEqual(new Set(['written']));
  expect(await problemsIn(content)).toEqual([]);
  const all = new Map(known(await feedOf(content)).map((each) => [each.guid, each]));
  const before = Object.values(pages).flatMap((page) => (page.startsWith('<?xml') ? known(page) : []));
  expect(before).toHaveLength(300);
  for (const each of before) expect(all.get(each.guid)).toEqual(each);
  expect(all.size).toBe(300);
});

test('a second run changes nothing, and leaves alone what its author edited', async () => {
  const page = { '/feed': opening + channel + items(3, 1) + '</channel></rss>' };
  const [location, content] = [`${await host(page)}/feed`, join(await folder(), 'content')];
  await imported(location, content);
  const file = join(content, 'episodes/kettle-2/index.mdx');
  await writeFile(file, (await readFile(file, 'utf8')).replace('title: Kettle 2', 'title: Kettle two'));
  const { results } = await imported(location, content);
  expect(new Set(results.map(({ fate }) => fate))).toEqual(new Set(['unchanged']));
  expect(await readFile(file, 'utf8')).toContain('Kettle two');
});

test('an episode has its people, chapters, transcript, passages and season as its feed says them', async () => {
  const rich = `<item><title>The &lt;kettle&gt;</title><guid>https://kettles.example/rich</guid><pubDate>Tue, 03 Nov 2025 09:00:00 EST</pubDate>
<description>Short words.</description><content:encoded><![CDATA[<p>Long <b>words</b> {here}.</p><script>x()</script>]]></content:encoded>
<enclosure url="https://kettles.example/rich.m4a" length="0" type="audio/mp4"/><itunes:duration>600</itunes:duration>
<itunes:season>2</itunes:season><podcast:season name="The second boil">2</podcast:season><itunes:episode>7</itunes:episode><itunes:explicit>yes</itunes:explicit>
<podcast:person role="guest">bo@example.com (Bo Buoy)</podcast:person><podcast:person role="guest">nameless@example.com</podcast:person><podcast:person role="editor">Ed Itor</podcast:person>
<podcast:transcript url="https://kettles.example/rich.html" type="text/html"/><podcast:transcript url="https://kettles.example/rich.vtt" type="text/vtt"/>
<podcast:chapters url="%HOST%/chapters.json" type="application/json+chapters"/><podcast:soundbite startTime="33.8" duration="30"/>
<category>Kettles</category></item>`;
  const address = await host({
    '/feed': opening + channel + rich + '</channel></rss>',
    '/chapters.json': JSON.stringify({
      version: '1.2.0',
      chapters: [{ startTime: 0, title: 'Cold' }, { startTime: 300.5, title: 'Warm', toc: false }, { startTime: 400 }],
    }),
  });
  const content = join(await folder(), 'content');
  const outcome = await imported(`${address}/feed`, content);
  const text = await readFile(join(content, 'episodes/the-kettle/index.mdx'), 'utf8');
  for (const part of [
    'guests: [bo-buoy]',
    'number: 7',
    'season: 2',
    'explicit: true',
    'guid: https://kettles.example/rich',
    'publishedAt: 2025-11-03T14:00:00Z',
    'summary: Short words.',
    'topics: [kettles]',
    'url: https://kettles.example/rich.vtt',
    'title: Warm',
    'toc: false',
    'start: 33.8',
    String.raw`Long **words** \{here\}.`,
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('x()');
  const show = await readFile(join(content, 'show.yaml'), 'utf8');
  for (const part of [
    'Keepers & Kettles',
    'name: The second boil',
    '917393e3-1b1e-5cef-ace4-edaa54e1f810',
    'type: serial',
    'Business > Marketing',
    'hosts: [wilma-wick]',
  ])
    expect(show).toContain(part);
  const lost = outcome.results.flatMap(({ lost }) => lost.map(({ what }) => what));
  expect(lost).toEqual(expect.arrayContaining(['person', 'transcript', 'type', 'recording']));
  expect(await problemsIn(content)).toEqual([]);
});

test('broken feeds are read as far as they go, and what is none is told with what to do', async () => {
  const address = await host({
    '/page': '<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed.xml"><p>Hello',
    '/text': 'nothing',
    '/atom': '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>',
    '/cut': `${opening}<title>Cut`,
    '/odd':
      opening +
      `<title>Odd</title><item><title>No guid</title><enclosure url="https://kettles.example/odd.mp3" length="x" type="audio/mpeg"/><pubDate>last spring</pubDate></item>
       <item><title>Ogg</title><guid>o</guid><enclosure url="https://kettles.example/a.ogg" length="9" type="audio/ogg"/></item>
       <item><guid>empty</guid></item></channel></rss>`,
  });
  const content = join(await folder(), 'content');
  await expect(imported(`${address}/page`, content)).rejects.toThrow(`npm run import -- ${address}/feed.xml`);
  await expect(imported(`${address}/text`, content)).rejects.toThrow('is no RSS feed');
  await expect(imported(`${address}/atom`, content)).rejects.toThrow('is a feed in Atom');
  await expect(imported(`${address}/cut`, content)).rejects.toThrow('it is cut off, or not well-formed');
  await expect(imported(`${address}/gone`, content)).rejects.toThrow('answers 404');
  const { results } = await imported(`${address}/odd`, content);
  const lost = results.flatMap(({ lost }) => lost.map(({ what }) => what));
  expect(lost).toEqual(expect.arrayContaining(['guid', 'date', 'recording', 'title']));
  expect(await readFile(join(content, 'episodes/no-guid/index.mdx'), 'utf8')).toContain(
    'guid: https://kettles.example/odd.mp3',
  );
  expect(await problemsIn(content)).toEqual([]);
});

test('episodes have the numbers of their feed, and none where it counts none, but in a series that is numbered', async () => {
  const recording = '<enclosure url="https://kettles.example/a.mp3" length="12345" type="audio/mpeg"/>';
  const item = (name: string, day: number, more = '') =>
    `<item><title>${name}</title><guid>${name}</guid><pubDate>0${day} Nov 2025 09:00:00 GMT</pubDate>${recording}${more}</item>`;
  const episode = (number: number) => `<itunes:episode>${number}</itunes:episode>`;
  const all = item('b', 2) + item('c', 3, episode(1)) + item('d', 4, episode(1)) + item('a', 1);
  const page = `${opening}${channel}<itunes:duration>60</itunes:duration>${all}</channel></rss>`;
  const location = `${await host({ '/feed': page })}/feed`;
  const content = join(await folder(), 'content');
  await imported(location, content);
  expect(await readFile(join(content, 'show.yaml'), 'utf8')).toContain('numbered: false');
  expect(await numbersIn(content)).toEqual({ a: undefined, b: undefined, c: 1, d: 1 });
  expect(await problemsIn(content)).toEqual([]);

  const numbered = join(await folder(), 'content');
  await imported(`${await host({ '/feed': `${opening}${channel}${items(2, 1)}</channel></rss>` })}/feed`, numbered);
  const added = await imported(location, numbered);
  expect(await numbersIn(numbered)).toMatchObject({ a: 2, b: 3, c: 1, d: 4 });
  expect(added.results.flatMap(({ lost }) => lost.map(({ detail }) => detail))).toContain(
    'The archive gives it no number: it has 2, by its date',
  );
});

async function numbersIn(content: string): Promise<Record<string, number | undefined>> {
  const { catalog } = await editionOf(content);
  return Object.fromEntries(catalog.episodes.map(({ slug, number }) => [slug, number]));
}

test('what apps and directories read of the series is what its feed said, and what has no place is named', async () => {
  const more = `<itunes:complete>Yes</itunes:complete><itunes:block>Yes</itunes:block>
<podcast:license url="https://kettles.example/licence">kettle-1</podcast:license><podcast:funding url="https://kettles.example/tea">Buy us tea</podcast:funding>
<podcast:txt purpose="verify">S6lpp-7ZCn8</podcast:txt><podcast:location rel="creator" geo="geo:57.1,-2.1" osm="R113314" country="GB">Kettle Head</podcast:location>
<podcast:updateFrequency complete="true" rrule="FREQ=WEEKLY">Weekly</podcast:updateFrequency>
<podcast:podroll><podcast:remoteItem feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810" feedUrl="https://other.example/feed"/></podcast:podroll>
<podcast:value type="lightning" method="keysend"><podcast:valueRecipient name="a" type="node" address="b" split="100"/></podcast:value>`;
  const item = `<item><title>Kettle</title><guid>k</guid><pubDate>Sat, 01 Nov 2025 09:00:00 GMT</pubDate><itunes:episode>1</itunes:episode>
<itunes:keywords>steam, tea</itunes:keywords><enclosure url="https://kettles.example/a.mp3" length="12345" type="audio/mpeg"/><itunes:duration>60</itunes:duration>
<podcast:person role="Co-Host">Bo Buoy</podcast:person><podcast:person role="editor">Ed Itor</podcast:person>
<podcast:alternateEnclosure type="audio/mpeg" length="5000" title="Small"><podcast:source uri="https://kettles.example/small.mp3"/></podcast:alternateEnclosure>
<podcast:alternateEnclosure type="audio/opus" length="5000"><podcast:source uri="https://kettles.example/a.opus"/></podcast:alternateEnclosure>
<podcast:socialInteract uri="https://social.example/1" protocol="activitypub"/></item>`;
  const xml = `${opening}${channel}${more}${item}</channel></rss>`;
  const content = join(await folder(), 'content');
  const outcome = await imported(`${await host({ '/feed': xml })}/feed`, content);
  expect(await problemsIn(content)).toEqual([]);
  const [before, after] = [parseRssFeed(xml), parseRssFeed(await feedOf(content))];
  const names = ['license', 'fundings', 'txts', 'locations', 'updateFrequency', 'podroll'] as const;
  for (const name of names) expect.soft(after.podcast?.[name], name).toEqual(before.podcast?.[name]);
  expect(after.podcast?.guid).toBe('917393e3-1b1e-5cef-ace4-edaa54e1f810');
  expect([after.itunes?.complete, after.itunes?.block, after.podcast?.locked?.value]).toEqual([true, true, true]);
  const text = await readFile(join(content, 'episodes/kettle/index.mdx'), 'utf8');
  expect(text).toContain('hosts: [bo-buoy]');
  expect(text).toContain('bo-buoy: Co-Host');
  expect(text).toContain('keywords: [steam, tea]');
  expect(text).toMatch(/alternates:\n {2}- file:\n {6}url: https:\/\/kettles\.example\/small\.mp3/);
  const lost = [...outcome.lost, ...outcome.results.flatMap((each) => each.lost)].map(({ what }) => what);
  expect(lost).toEqual(expect.arrayContaining(['podcast:values', 'podcast:socialInteracts', 'person', 'alternate']));
});
