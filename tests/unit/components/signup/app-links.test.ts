import { expect, test } from 'vitest';
import { feedReaders, podcastApps } from '#components/signup/app-links.ts';

const links = (apps: { name: string; url: string }[]) => Object.fromEntries(apps.map(({ name, url }) => [name, url]));

test('each podcast app is opened by the address that it takes', () => {
  expect(links(podcastApps(new URL('https://d.example/podcast.xml')))).toEqual({
    'Apple Podcasts': 'podcast://d.example/podcast.xml',
    Overcast: 'overcast://x-callback-url/add?url=https%3A%2F%2Fd.example%2Fpodcast.xml',
    'Pocket Casts': 'pktc://subscribe/d.example/podcast.xml',
    AntennaPod: 'https://antennapod.org/deeplink/subscribe?url=https%3A%2F%2Fd.example%2Fpodcast.xml',
    Castro: 'castro://subscribe/d.example/podcast.xml',
    'Podcast Addict': 'podcastaddict://d.example/podcast.xml',
  });
});

test('each feed reader is opened by the address that it takes', () => {
  expect(links(feedReaders(new URL('https://d.example/rss.xml')))).toEqual({
    Feedly: 'https://feedly.com/i/subscription/feed/https%3A%2F%2Fd.example%2Frss.xml',
    Inoreader: 'https://www.inoreader.com/?add_feed=https%3A%2F%2Fd.example%2Frss.xml',
    NetNewsWire: 'feed:https://d.example/rss.xml',
  });
});

test('a port and a query of the feed are kept', () => {
  const { 'Pocket Casts': pocketCasts, Overcast } = links(podcastApps(new URL('http://localhost:4321/p.xml?a=1&b=2')));
  expect(pocketCasts).toBe('pktc://subscribe/localhost:4321/p.xml?a=1&b=2');
  expect(Overcast).toBe('overcast://x-callback-url/add?url=http%3A%2F%2Flocalhost%3A4321%2Fp.xml%3Fa%3D1%26b%3D2');
});
