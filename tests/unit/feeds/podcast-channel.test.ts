import { describe, expect, test } from 'vitest';
import { episode, partner, person, show } from '../../fakes/content.ts';
import { podcast, podcastXml } from './podcast.ts';
import { audio, picture } from './publication.ts';

describe('the channel', () => {
  const episodes = [episode({ slug: 'e1', audio })];

  test('has what Apple requires and recommends', async () => {
    const { itunes, ...channel } = await podcast(
      {
        episodes,
        show: show({
          ...{ subtitle: 'Disconnected', copyright: '© Nobody', type: 'serial', explicit: true },
          owner: { name: 'Nobody & co', email: 'nobody@example.com' },
          categories: ['Business > Marketing', 'Comedy'],
          podcast: { newFeedUrl: 'https://new.example/podcast.xml', complete: true, block: true },
        }),
      },
      { change: ({ show, ...rest }) => ({ ...rest, show: { ...show, cover: picture('cover', 1400, 1400) } }) },
    );
    expect(channel).toMatchObject({
      title: 'The Test Files: Disconnected',
      description: 'A series that exists in tests only.',
      link: 'https://files.example/',
      language: 'en-GB',
      copyright: '© Nobody',
      lastBuildDate: 'Thu, 01 Jan 2026 00:00:01 GMT',
      image: { url: 'https://files.example/_astro/cover.abc.jpg', link: 'https://files.example/' },
    });
    expect(itunes).toEqual({
      image: 'https://files.example/_astro/cover.abc.jpg',
      categories: [{ text: 'Business', categories: [{ text: 'Marketing' }] }, { text: 'Comedy' }],
      explicit: true,
      author: 'Nobody & co',
      type: 'serial',
      owner: { name: 'Nobody & co', email: 'nobody@example.com' },
      newFeedUrl: 'https://new.example/podcast.xml',
      complete: true,
      block: true,
    });
  });

  test('is kept out of directories in the words that they know', async () => {
    const of = (block: boolean) => podcastXml({ episodes, show: show({ podcast: { block } }) });
    expect((await of(true)).match(/<(?:podcast|itunes):block>\w*/g)?.toSorted()).toEqual([
      '<itunes:block>Yes',
      '<podcast:block>yes',
    ]);
    expect(await of(false)).not.toContain(':block>');
  });

  test('says true or false of explicit, as Apple asks', async () => {
    const xml = await podcastXml({ episodes: [episode({ slug: 'e1', audio, explicit: true })] });
    expect(xml.match(/<itunes:explicit>\w+/g)).toEqual(['<itunes:explicit>false', '<itunes:explicit>true']);
  });

  test('has every tag of Podcasting 2.0 that the series has something for', async () => {
    const { podcast: tags, atom } = await podcast({
      people: [person({ slug: 'joel', name: 'Joel' })],
      episodes: [...episodes, episode({ slug: 't', title: 'Soon', episodeType: 'trailer', season: 2, audio })],
      show: show({
        owner: { name: 'Nobody', email: 'nobody@example.com' },
        podcast: {
          guid: '9b024349-ccf0-5f69-a609-6b82873eab3c',
          locked: false,
          license: { name: 'our-own', url: 'https://files.example/licence' },
          funding: [{ url: 'https://pay.example/?a&b', text: 'Pay & go' }],
          txt: [{ purpose: 'verify', value: 'abc' }, { value: 'def' }],
          podroll: [{ guid: '917393e3-1b1e-5cef-ace4-edaa54e1f810', url: 'https://other.example/', title: 'Other' }],
          location: { name: 'Austin', rel: 'creator', geo: 'geo:30.2,-97.7', osm: 'R113314', country: 'US' },
          updateFrequency: { text: 'Weekly', rrule: 'FREQ=WEEKLY' },
          hub: 'https://hub.example/',
        },
      }),
    });
    expect(tags).toEqual({
      guid: '9b024349-ccf0-5f69-a609-6b82873eab3c',
      medium: 'podcast',
      locked: { value: false, owner: 'nobody@example.com' },
      license: { display: 'our-own', url: 'https://files.example/licence' },
      persons: [{ display: 'Joel', role: 'host', group: 'cast', href: 'https://files.example/people/joel/' }],
      fundings: [{ url: 'https://pay.example/?a&b', display: 'Pay & go' }],
      txts: [{ display: 'abc', purpose: 'verify' }, { display: 'def' }],
      podroll: {
        remoteItems: [
          { feedGuid: '917393e3-1b1e-5cef-ace4-edaa54e1f810', feedUrl: 'https://other.example/', title: 'Other' },
        ],
      },
      locations: [{ display: 'Austin', rel: 'creator', geo: 'geo:30.2,-97.7', osm: 'R113314', country: 'US' }],
      updateFrequency: { display: 'Weekly', rrule: 'FREQ=WEEKLY' },
      trailers: [
        {
          ...{ display: 'Soon', url: audio.url, pubDate: 'Thu, 01 Jan 2026 00:02:01 GMT' },
          ...{ length: audio.bytes, type: audio.type, season: 2 },
        },
      ],
    });
    expect(atom?.links).toContainEqual({ href: 'https://hub.example/', rel: 'hub' });
  });

  test('recommends the podcasts of partners behind those that its author chose, each once', async () => {
    const [first, second] = ['917393e3-1b1e-5cef-ace4-edaa54e1f810', '9b024349-ccf0-5f69-a609-6b82873eab3c'] as const;
    const partners = [
      partner({ slug: 'a', podcast: { guid: first, title: 'Known already' } }),
      partner({ slug: 'b', podcast: { guid: second, url: 'https://b.example/feed', title: 'The Hour' } }),
      partner({ slug: 'c' }),
    ];
    const podroll = async (own?: { guid: string }[]) =>
      (await podcast({ episodes, partners, show: show({ podcast: { podroll: own } }) })).podcast?.podroll?.remoteItems;
    expect(await podroll([{ guid: first }])).toEqual([
      { feedGuid: first },
      { feedGuid: second, feedUrl: 'https://b.example/feed', title: 'The Hour' },
    ]);
    expect(await podroll()).toHaveLength(2);
  });

  test('announces no trailer that is no file', async () => {
    const soon = { slug: 't', title: 'Soon', episodeType: 'trailer' as const };
    const { podcast: tags } = await podcast({ episodes: [...episodes, episode(soon)] });
    expect(tags?.trailers).toBeUndefined();
  });

  test('is locked and has a guid made of its address where its author says nothing', async () => {
    const { podcast: tags } = await podcast({ episodes });
    expect(tags).toMatchObject({ locked: { value: true }, guid: 'b1877e44-b485-5b32-8e90-a5864dae1d76' });
    expect(Object.keys(tags ?? {}).toSorted()).toEqual(['guid', 'locked', 'medium', 'persons']);
  });

  test('of a part of the podcast has a guid of its own', async () => {
    const given = {
      show: show({ podcast: { guid: '9b024349-ccf0-5f69-a609-6b82873eab3c' } }),
      episodes: [episode({ slug: 'e1', audio, season: 1 })],
    };
    const season = await podcast(given, { address: '/podcast/season-1.xml' });
    const topic = await podcast(given, { address: '/topics/advocacy/podcast.xml' });
    const whole = await podcast(given);
    expect(new Set([season, topic, whole].map(({ podcast }) => podcast?.guid)).size).toBe(3);
    expect(season.title).toBe('The Test Files: Season 1');
    expect(new Set([season, topic, whole].map(({ items }) => items?.[0]?.guid?.value))).toEqual(
      new Set(['d-files:episodes/e1']),
    );
  });

  test('describes itself in at most 4,000 bytes', async () => {
    const { description } = await podcast({ episodes, show: show({ description: 'é'.repeat(3990) }) });
    expect(Buffer.byteLength(description ?? '')).toBeLessThanOrEqual(4000);
    expect(description).toMatch(/^é{1900,}…$/);
  });
});
