import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseRssFeed } from 'feedsmith';
import { onTestFinished } from 'vitest';

/** A host that answers each path with a text; `%HOST%` in it is its address. */
export async function host(
  texts: Record<string, string>,
  atTheEnd: (close: () => void) => void = onTestFinished,
): Promise<string> {
  const server = createServer((request, response) => {
    const text = texts[request.url ?? ''];
    if (text === undefined) return void response.writeHead(404).end();
    response.end(text.replaceAll('%HOST%', address));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atTheEnd(() => void server.close());
  return address;
}

/** What podcast apps know an episode by, and what they play; one that says nothing of its type is a full one (Apple). */
export const known = (xml: string) =>
  (parseRssFeed(xml).items ?? []).map(({ guid, pubDate, enclosures, itunes }) => ({
    ...{ guid: guid?.value, at: new Date(pubDate ?? '').getTime(), enclosure: enclosures?.[0] },
    ...{
      duration: itunes?.duration,
      number: itunes?.episode,
      season: itunes?.season,
      type: itunes?.episodeType ?? 'full',
    },
  }));

/** The beginning of a feed, to its channel. */
export const opening = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:psc="http://podlove.org/simple-chapters">
<channel>`;
export const channel = `
<title>Keepers &amp; Kettles</title><link>https://kettles.example/</link>
<description>Two keepers, &lt;b&gt;one kettle&lt;/b&gt;.</description><language>en-gb</language>
<itunes:author>Wilma Wick</itunes:author><itunes:owner><itunes:name>The Kettle</itunes:name><itunes:email>kettle@example.com</itunes:email></itunes:owner>
<itunes:category text="Business"><itunes:category text="Marketing"/></itunes:category><itunes:type>serial</itunes:type>
<podcast:guid>917393E3-1B1E-5CEF-ACE4-EDAA54E1F810</podcast:guid><podcast:locked owner="kettle@example.com">yes</podcast:locked>
<podcast:person role="host">Wilma Wick</podcast:person>`;

const durations = ['3723', '1:02:03', '62:03'];
/** The newest first, as feeds are; three hundred of them in two seasons. */
const item = (n: number) => `<item><title>Kettle ${n}</title><link>https://kettles.example/${n}</link>
<guid isPermaLink="false">kettle:${n}?x=1&amp;y</guid><pubDate>${new Date(Date.UTC(2024, 0, 1 + n, 6)).toUTCString()}</pubDate>
<description>The ${n}th boil &amp; what came of it.</description>
<enclosure url="https://track.example/r/kettles.example/${n}.mp3?a=1&amp;b=%20${n}" length="${5_000_000 + n}" type="audio/mpeg"/>
<itunes:duration>${durations[n % 3]}</itunes:duration><itunes:season>${n > 150 ? 2 : 1}</itunes:season><itunes:episode>${n > 150 ? n - 150 : n}</itunes:episode>
<itunes:episodeType>full</itunes:episodeType>${n % 10 === 0 ? more : ''}</item>`;
const more = `<podcast:person role="guest" href="https://bo.example/">Bo Buoy</podcast:person>
<podcast:transcript url="%HOST%/told.vtt" type="text/vtt"/><podcast:chapters url="%HOST%/chapters.json" type="application/json+chapters"/>`;
export const items = (from: number, to: number) => {
  const all: string[] = [];
  for (let n = from; n >= to; n -= 1) all.push(item(n));
  return all.join('');
};
const next = (page: number) => `<atom:link rel="next" href="%HOST%/feed?page=${page}"/>`;

/** A feed of three hundred episodes in three pages (RFC 5005), by their paths; some have people, chapters and a transcript. */
export const pagedFeed = (): Record<string, string> => ({
  '/feed': `${opening}${channel}${next(2)}${items(300, 201)}</channel></rss>`,
  '/feed?page=2': `${opening}${channel}${next(3)}${items(200, 101)}</channel></rss>`,
  '/feed?page=3': `${opening}${channel}${items(100, 1)}</channel></rss>`,
  '/told.vtt': 'WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Wilma Wick>The kettle is on.\n',
  '/chapters.json': '{"version":"1.2.0","chapters":[{"startTime":0,"title":"Cold"},{"startTime":600,"title":"Warm"}]}',
});
