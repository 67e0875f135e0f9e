import { expect, test } from 'vitest';
import { isMachine, Listening, recordingsOf, type SentPart } from '#server/heard.ts';

const day = 24 * 60 * 60_000;
/** Ten minutes of a million bytes: a minute is 100,000. */
const recording = { entry: 'episodes/one', bytes: 1_000_000, enough: 100_000 };
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const overcast = 'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)';

function listening() {
  const heard: string[] = [];
  let now = 0;
  const each = new Listening({
    salt: Buffer.from('salt'),
    now: () => now,
    report: ({ entry, kind }) => void heard.push(`${entry} ${kind}`),
  });
  const sent = (first: number, bytes: number, headers: SentPart['headers'] = {}, address = '192.0.2.1') =>
    each.sent({ recording, first, bytes, address: () => address, headers: { 'user-agent': overcast, ...headers } });
  return { heard, sent, pass: (milliseconds: number) => void (now += milliseconds) };
}

test('who is sent a minute of a recording in parts has heard it, once a day', () => {
  const { heard, sent, pass } = listening();
  sent(0, 2);
  sent(0, 60_000);
  // What is sent again is not more of it.
  sent(0, 60_000);
  sent(30_000, 30_000);
  expect(heard).toEqual([]);
  sent(60_000, 39_999);
  expect(heard).toEqual([]);
  sent(500_000, 1);
  expect(heard).toEqual(['episodes/one app']);
  sent(0, 1_000_000);
  pass(day - 1);
  sent(0, 1_000_000);
  expect(heard).toHaveLength(1);
  pass(1);
  sent(0, 1_000_000);
  expect(heard).toHaveLength(2);
});

test('scraps cost no more the more of them are asked for, and do not stand in the way of a listener', () => {
  const { heard, sent } = listening();
  // In all they would be enough.
  for (let scrap = 0; scrap < 2000; scrap += 1) sent(scrap * 500, 60);
  expect(heard).toEqual([]);
  sent(200_000, 99_000);
  expect(heard).toEqual(['episodes/one app']);
});

test('listeners are told apart by address and app together', () => {
  const { heard, sent } = listening();
  sent(0, 100_000);
  sent(0, 100_000, {}, '192.0.2.2');
  sent(0, 100_000, { 'user-agent': 'AntennaPod/3.4.0' });
  sent(0, 100_000);
  expect(heard).toHaveLength(3);
});

test.each([
  ['an app', {}, 'app'],
  ['a player', { 'user-agent': firefox, 'sec-fetch-dest': 'audio' }, 'player'],
  ['a film', { 'user-agent': firefox, 'sec-fetch-dest': 'video' }, 'player'],
  ['a link that saves', { 'user-agent': firefox, 'sec-fetch-dest': 'document' }, 'download'],
  ['a browser of old that plays', { 'user-agent': firefox, range: 'bytes=0-' }, 'player'],
  ['a browser of old that saves', { 'user-agent': firefox }, 'download'],
])('%s is counted as what it is', (_who, headers, kind) => {
  const { heard, sent } = listening();
  sent(0, 100_000, headers);
  expect(heard).toEqual([`episodes/one ${kind}`]);
});

test('machines, what is fetched ahead of time and who says nothing of themselves have heard nothing', () => {
  const { heard, sent } = listening();
  const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
  for (const agent of [
    '',
    'curl/8.0',
    'python-requests/2.31',
    'Go-http-client/1.1',
    googlebot,
    // In the list of machines by its name alone.
    'Mozilla/5.0 (compatible; Dataprovider.com)',
    'Podchaser-Parser bot/1',
  ])
    sent(0, 1_000_000, { 'user-agent': agent });
  sent(0, 1_000_000, { 'user-agent': firefox, 'sec-purpose': 'prefetch' });
  expect(heard).toEqual([]);
});

test.each([
  'AppleCoreMedia/1.0.0.21A329 (iPhone; U; CPU OS 17_0 like Mac OS X; en_us)',
  'Podcasts/4025.510.2 CFNetwork/1474 Darwin/23.0.0',
  'AntennaPod/3.4.0',
  'Castro 2023.5/1234',
  'Pocket Casts',
  'Podcast Addict - Podcast player',
  'PodcastAddict/v5 (+https://podcastaddict.com/; Android podcast app)',
  'Spotify/8.8.50 Android/33 (SM-A536B)',
  'gPodder/3.11.1 (http://gpodder.org/) Linux',
  'Downcast/2.11',
  'iCatcher! Podcast Player',
  'ExoPlayerLib/2.18',
  'stagefright/1.2 (Linux;Android 12)',
  'VLC/3.0.18 LibVLC/3.0.18',
  overcast,
  firefox,
])('%s is no machine', (agent) => expect(isMachine(agent)).toBe(false));

test('a recording is what the site has of it; one of under a minute is heard as a whole', () => {
  const file = (size: number) => ({ path: '', size, modified: new Date(0), address: '', encoded: {} });
  const files = new Map([
    ['/episodes/one/audio.mp3', file(960_000)],
    ['/episodes/one/jingle.mp3', file(3000)],
  ]);
  const entry = {
    id: 'episodes/one',
    recordings: [
      { path: '/episodes/one/audio.mp3', seconds: 120 },
      { path: '/episodes/one/jingle.mp3', seconds: 9 },
      { path: '/episodes/one/gone.mp3', seconds: 9 },
    ],
  };
  const found = recordingsOf({ entries: [entry, { id: 'episodes/old' }] as never }, { at: files } as never);
  expect([...found]).toEqual([
    ['/episodes/one/audio.mp3', { entry: 'episodes/one', bytes: 960_000, enough: 480_000 }],
    ['/episodes/one/jingle.mp3', { entry: 'episodes/one', bytes: 3000, enough: 3000 }],
  ]);
});
