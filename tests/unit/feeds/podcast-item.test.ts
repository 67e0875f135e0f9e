import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import type { Catalog } from '#catalog/records.ts';
import { episode, files, person, show } from '../../fakes/content.ts';
import { podcast, podcastXml } from './podcast.ts';
import { audio, picture, video } from './publication.ts';

const item = async (written: Partial<Parameters<typeof episode>[0]>, given: Partial<Content> = {}) =>
  (await podcast({ ...given, episodes: [episode({ slug: 'e1', audio, ...written })] })).items?.[0];

describe('an item', () => {
  test('has what Apple requires and recommends', async () => {
    expect(
      await item({ title: 'One', number: 7, season: 3, explicit: true, updatedAt: '2026-02-01', episodeType: 'bonus' }),
    ).toMatchObject({
      title: 'One',
      link: 'https://files.example/episodes/e1/',
      guid: { value: 'd-files:episodes/e1', isPermaLink: false },
      pubDate: 'Thu, 01 Jan 2026 00:03:07 GMT',
      content: { encoded: '<p>Notes.</p>' },
      enclosures: [{ url: audio.url, length: audio.bytes, type: 'audio/mpeg' }],
      atom: { updated: '2026-02-01T00:00:00.000Z' },
      itunes: { duration: 62, explicit: true, episodeType: 'bonus', season: 3, episode: 7 },
      podcast: { season: { number: 3 }, episode: { number: 7, display: 'Bonus' } },
    });
  });

  test.each([
    ['a higher number', [{ number: 2 }, { number: 10 }]],
    [
      'a later season',
      [
        { season: 1, number: 12 },
        { season: 2, number: 1 },
      ],
    ],
    ['a number beside a bonus', [{ number: 3, episodeType: 'bonus' as const }, { number: 4 }]],
  ])('of the same day is later by %s, and no other one moves it', async (_, [first, second]) => {
    const [earlier, later] = [episode({ slug: 'z', audio, ...first }), episode({ slug: 'a', audio, ...second })];
    const times = async (...episodes: (typeof earlier)[]) =>
      (await podcast({ episodes })).items?.map(({ pubDate }) => new Date(pubDate ?? '').getTime()) ?? [];
    const [newest = 0, oldest = 0] = await times(earlier, later);
    expect(newest).toBeGreaterThan(oldest);
    expect(newest - oldest).toBeLessThan(3600_000);
    expect(await times(earlier)).toEqual([oldest]);
    expect(await times(later)).toEqual([newest]);
  });

  test('is published at the moment that its author wrote, to the second', async () => {
    expect((await item({ number: 7, season: 3, publishedAt: '2026-01-05T09:00:00-05:00' }))?.pubDate).toBe(
      'Mon, 05 Jan 2026 14:00:00 GMT',
    );
  });

  test('that is a trailer has no number', async () => {
    const trailer = await item({ episodeType: 'trailer', season: 1 });
    expect(trailer?.itunes).toEqual({ duration: 62, explicit: false, episodeType: 'trailer', season: 1 });
    expect(trailer?.podcast).not.toHaveProperty('episode');
  });

  test('has the name of its season', async () => {
    const named = show({ podcast: { seasons: [{ number: 2, name: 'The "second" <winter>' }] } });
    expect((await item({ season: 2 }, { show: named }))?.podcast?.season).toEqual({
      number: 2,
      name: 'The "second" <winter>',
    });
  });

  test('names its hosts again beside its guests, each with picture and page', async () => {
    const people = ['joel', 'ana', 'bo'].map((slug) => person({ slug }));
    const { items } = await podcast(
      { people, episodes: [episode({ slug: 'e1', audio, hosts: ['bo'], guests: ['ana'] })] },
      {
        change: (catalog) => {
          for (const { hosts } of catalog.episodes) for (const host of hosts) host.photo = picture('bo', 600, 600);
          return catalog;
        },
      },
    );
    const href = (slug: string) => `https://files.example/people/${slug}/`;
    expect(items?.[0]?.podcast?.persons).toEqual([
      { display: 'bo', role: 'host', group: 'cast', img: 'https://files.example/_astro/bo.abc.jpg', href: href('bo') },
      { display: 'ana', role: 'guest', group: 'cast', href: href('ana') },
    ]);
  });

  test.each([
    ['vtt', { type: 'text/vtt', rel: 'captions' }],
    ['srt', { type: 'application/x-subrip', rel: 'captions' }],
    ['json', { type: 'application/json' }],
    ['VTT', { type: 'text/vtt', rel: 'captions' }],
    ['JSON', { type: 'application/json' }],
  ])('names its transcript in %s', async (ending, expected) => {
    const path = `episodes/e1/said.${ending}`;
    const given = files({ transcripts: { [path]: [{ start: 0, end: 1, text: 'Fog.' }] } });
    expect((await item({ transcript: `./said.${ending}` }, given))?.podcast?.transcripts).toEqual([
      { url: `https://files.example/${path}`, language: 'en-GB', ...expected },
    ]);
  });

  test('names its chapters and soundbites where it has any', async () => {
    const written = {
      chapters: [{ start: 0, title: 'Beginning' }],
      soundbites: [{ start: '01:01.5', duration: 15, title: 'Fog & co' }],
    };
    expect((await item(written))?.podcast).toMatchObject({
      chapters: { url: 'https://files.example/episodes/e1/chapters.json', type: 'application/json+chapters' },
      soundbites: [{ startTime: 61.5, duration: 15, display: 'Fog & co' }],
    });
    expect(Object.keys((await item({}))?.podcast ?? {}).toSorted()).toEqual(['episode', 'persons']);
  });

  test('with sound and film has the sound for every app, and the film beside it', async () => {
    const both = await item({ video });
    expect(both?.enclosures).toEqual([{ url: audio.url, length: audio.bytes, type: audio.type }]);
    expect(both?.podcast?.alternateEnclosures).toEqual([
      { type: 'video/mp4', length: video.bytes, title: 'Video', sources: [{ uri: video.url }] },
    ]);
    expect((await item({ audio: undefined, video }))?.enclosures?.[0]?.type).toBe('video/mp4');
  });

  test.each([
    [{ video: { youtube: 'abcdefghijk' } }, 'https://www.youtube.com/watch?v=abcdefghijk">Watch it on YouTube<'],
    [{ video: { vimeo: '12345678' } }, 'https://vimeo.com/12345678">Watch it on Vimeo<'],
    [{ source: 'https://old.example/1?a&b' }, 'https://old.example/1?a&amp;b">Where it first appeared<'],
  ])('links to where else it is: %j', async (written, expected) => {
    const xml = await podcastXml({ episodes: [episode({ slug: 'e1', audio, ...written })] });
    expect(xml).toContain(`<podcast:contentLink href="${expected}`);
  });

  test.each([
    ['square and large enough', picture('art', 1400, 1400, 'png'), true],
    ['too small', picture('art', 1399, 1399), false],
    ['not square', picture('art', 1600, 1400), false],
    ['in a format that Apple does not take', picture('art', 1400, 1400, 'webp'), false],
  ])('has its picture as artwork only if it may be: %s', async (_, cover, isArtwork) => {
    const change = (catalog: Catalog) => ({
      ...catalog,
      episodes: catalog.episodes.map((each) => ({ ...each, thumb: cover })),
    });
    const { items } = await podcast({ episodes: [episode({ slug: 'e1', audio })] }, { change });
    const href = `https://files.example${cover.src.src}`;
    expect(items?.[0]?.itunes?.image).toBe(isArtwork ? href : undefined);
    expect(items?.[0]?.podcast?.images).toMatchObject([{ href, alt: 'The picture art', width: cover.src.width }]);
  });

  test('has an enclosure whose address is absolute and ASCII', async () => {
    const given = { media: { 'episodes/e1/ün it.mp3': { bytes: 1, type: 'audio/mpeg' as const, duration: 1 } } };
    expect((await item({ audio: './ün it.mp3' }, given))?.enclosures?.[0]?.url).toBe(
      'https://files.example/episodes/e1/%C3%BCn%20it.mp3',
    );
  });
});

describe('what real shows have', () => {
  test('a number of 0 is for apps that know it; a bonus without a number has none', async () => {
    const zero = await item({ number: 0 });
    expect([zero?.itunes?.episode, zero?.podcast?.episode]).toEqual([undefined, { number: 0, display: 'File 000' }]);
    const bonus = await item({ number: undefined, episodeType: 'bonus' });
    expect([bonus?.itunes?.episode, bonus?.podcast?.episode]).toEqual([undefined, undefined]);
  });

  test('a recording whose size and length nobody knows has a length of 0 and no duration', async () => {
    const { bytes: _, duration: __, ...unknown } = audio;
    const xml = await podcastXml({ episodes: [episode({ slug: 'e1', audio: unknown })] });
    expect(xml).toContain(`<enclosure url="${audio.url}" length="0" type="audio/mpeg"/>`);
    expect(xml).not.toContain('itunes:duration');
  });

  test('the same recording in other files', async () => {
    const alternates = [
      { file: { ...audio, url: 'https://media.example/s.mp3', bytes: 9 }, title: 'Small', language: 'ar' },
    ];
    expect((await item({ alternates }))?.podcast?.alternateEnclosures).toEqual([
      { type: 'audio/mpeg', length: 9, title: 'Small', lang: 'ar', sources: [{ uri: 'https://media.example/s.mp3' }] },
    ]);
  });

  test('a transcript at another address', async () => {
    const transcript = { url: 'https://t.example/1.html', type: 'text/html' } as const;
    expect((await item({ transcript, language: 'pt-BR' }))?.podcast?.transcripts).toEqual([
      { ...transcript, language: 'pt-BR' },
    ]);
  });

  test('sponsors, in the notes', async () => {
    const sponsors = [{ name: 'Klaxon & Sons', url: 'https://k.example/', text: 'Be heard.' }, { name: 'Nobody' }];
    expect((await item({ sponsors }))?.content?.encoded).toBe(
      '<p>Notes.</p><h2>Sponsors</h2><ul><li><a href="https://k.example/" rel="sponsored">Klaxon &amp; Sons</a>: Be heard.</li><li>Nobody</li></ul>',
    );
  });

  test('places where it is to be seen as well', async () => {
    const links = [{ label: 'On film', url: 'https://films.example/1' }];
    const xml = await podcastXml({ episodes: [episode({ slug: 'e1', audio, links })] });
    expect(xml).toContain('<podcast:contentLink href="https://films.example/1">On film</podcast:contentLink>');
  });

  test('silent chapters are in no list', async () => {
    const chapters = ['One', 'Two', 'Three', 'SILENT'].map((title, i) => ({
      start: i * 2,
      title,
      toc: title !== 'SILENT',
    }));
    const xml = await podcastXml({ episodes: [episode({ slug: 'e1', audio, chapters })] });
    expect(xml).toContain('Three');
    expect(xml).not.toContain('SILENT');
  });

  test('an episode without a picture has that of its season', async () => {
    const season = picture('season', 1400, 1400);
    const change = (catalog: Catalog) => ({
      ...catalog,
      episodes: catalog.episodes.map((each) => ({ ...each, thumb: season })),
    });
    const { items } = await podcast({ episodes: [episode({ slug: 'e1', audio })] }, { change });
    expect(items?.[0]?.itunes?.image).toBe(`https://files.example${season.src.src}`);
  });
});
