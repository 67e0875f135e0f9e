import { expect, test } from 'vitest';
import { cards, initials } from '#catalog/cards.ts';
import { References } from '#catalog/references.ts';
import { content, episode, files, person, post, show, topics, whitepaper } from '../../fakes/content.ts';

const clock = { now: new Date('2026-11-22T12:00:00Z'), preview: false };
const made = (given: Parameters<typeof content>[0]) => {
  const all = content(given);
  return cards(all, clock, new References(all));
};

test.each([
  ['Matt McDarby', 'MM'],
  ['XANT', 'X'],
  ['joel', 'J'],
  ['Ana de la Cruz', 'AC'],
  ['Ångström', 'Å'],
  ['A\u030Angstro\u0308m', 'Å'],
  ['Øyvind Ærlig', 'ØÆ'],
  ['Иван Петров', 'ИП'],
  ['李 小龍', '李小'],
  ['  Joel   Capperella ', 'JC'],
  ['Joel (the first) Capperella', 'JC'],
  ['Gus 🦞', 'G'],
  ['🦞 🗼', ''],
  ['007', ''],
  ['', ''],
])('"%s" has the initials "%s"', (name, mark) => {
  expect(initials(name)).toBe(mark);
});

test.each([
  ['full', 1, 'File 001'],
  ['full', 42, 'File 042'],
  ['full', 1234, 'File 1234'],
  ['trailer', 1, 'Trailer'],
  ['bonus', 7, 'Bonus'],
  ['full', undefined, 'Episode'],
] as const)('a %s episode of number %d is labelled "%s"', (episodeType, number, label) => {
  expect(made({ episodes: [episode({ slug: 'e', episodeType, number })] }).episodes.get('e')?.card.label).toBe(label);
});

test('a number that another season has too is told with its season, in all files alike', () => {
  const labels = (...episodes: Parameters<typeof episode>[0][]) =>
    [...made({ episodes: episodes.map((each) => episode(each)) }).episodes.values()]
      .map(({ card }) => card.label)
      .toSorted();
  const first = { slug: 'a', number: 1, season: 1 };
  expect(labels(first, { slug: 'b', number: 2, season: 2 })).toEqual(['File 001', 'File 002']);
  expect(labels(first, { slug: 'b', number: 1, season: 2 }, { slug: 'c', number: 2, season: 2 })).toEqual([
    'S1 · 001',
    'S2 · 001',
    'S2 · 002',
  ]);
  expect(labels(first, { slug: 'b', number: undefined }, { slug: 'c', number: undefined, season: 2 })).toEqual([
    'Episode',
    'File 001',
    'Season 2',
  ]);
  expect(labels(first, { slug: 'b', number: 1, season: 2, episodeType: 'bonus' })).toEqual(['Bonus', 'File 001']);
});

test('an entry has its card with its address and its date in the words of the series, its topics and its people', () => {
  const { episodes, posts, whitepapers } = made({
    show: show({ timezone: 'America/New_York' }),
    topics: topics('fog', 'rain'),
    people: [person({ slug: 'joel', name: 'Joel C' }), person({ slug: 'ana' }), person({ slug: 'matt' })],
    episodes: [episode({ slug: 'a', topics: ['rain', 'fog'], hosts: ['matt', 'joel'], guests: ['ana'] })],
    posts: [post({ slug: 'a', topics: ['fog'], authors: ['ana'] })],
    whitepapers: [whitepaper({ slug: 'a', topics: ['fog'] })],
  });
  expect(episodes.get('a')).toMatchObject({
    card: {
      kind: 'episode',
      url: '/episodes/a/',
      publishedAt: { iso: '2026-01-01T05:00:00.000Z', text: '1 January 2026' },
      topic: 'rain',
    },
    topics: [
      { slug: 'rain', url: '/topics/rain/', title: 'rain' },
      { slug: 'fog', url: '/topics/fog/', title: 'fog' },
    ],
    people: [{ slug: 'matt' }, { slug: 'joel', name: 'Joel C', url: '/people/joel/' }, { slug: 'ana' }],
  });
  expect(posts.get('a')).toMatchObject({ card: { kind: 'post', url: '/posts/a/' }, people: [{ slug: 'ana' }] });
  expect(whitepapers.get('a')).toMatchObject({
    card: { kind: 'whitepaper', url: '/whitepapers/a/' },
    people: [],
  });
});

test('a person or topic that an entry names twice stands once on its card', () => {
  const { episodes, posts } = made({
    episodes: [episode({ slug: 'a', topics: ['advocacy', 'advocacy'], hosts: ['joel'], guests: ['joel', 'joel'] })],
    posts: [post({ slug: 'a', authors: ['joel', 'joel'] })],
  });
  expect(episodes.get('a')?.topics).toHaveLength(1);
  expect(episodes.get('a')?.people).toHaveLength(1);
  expect(posts.get('a')?.people).toHaveLength(1);
});

test('the length of an episode is that of its sound, or else of its film, and unknown on other platforms', () => {
  const facts = { bytes: 1, type: 'audio/mpeg', duration: 61.5 } as const;
  const film = { url: 'https://example.com/1.mp4', bytes: 1, type: 'video/mp4', duration: 99 } as const;
  const { episodes } = made({
    ...files({ media: { 'episodes/both/audio.mp3': facts } }),
    episodes: [
      episode({ slug: 'both', audio: './audio.mp3', video: film }),
      episode({ slug: 'film', video: film }),
      episode({ slug: 'tube', video: { youtube: 'dQw4w9WgXcQ' } }),
      episode({ slug: 'text' }),
    ],
  });
  const lengths = Object.fromEntries([...episodes].map(([slug, { card }]) => [slug, card.duration]));
  expect(lengths).toEqual({ both: 61.5, film: 99, tube: undefined, text: undefined });
});

test('the reading time of a card is that of its body', () => {
  const { episodes, posts } = made({
    episodes: [episode({ slug: 'a', body: 'word '.repeat(440) })],
    posts: [post({ slug: 'a', body: 'Short.' })],
  });
  expect(episodes.get('a')?.card.readingMinutes).toBe(2);
  expect(posts.get('a')?.card.readingMinutes).toBe(1);
});

test('a card plays the film before the sound, from a file alone', () => {
  const sound = { url: 'https://example.com/1.mp3', bytes: 1, type: 'audio/mpeg', duration: 9 } as const;
  const film = { url: 'https://example.com/1.mp4', bytes: 1, type: 'video/mp4', duration: 99 } as const;
  const { episodes } = made({
    episodes: [
      episode({ slug: 'both', audio: sound, video: film }),
      episode({ slug: 'sound', audio: sound, video: { vimeo: '76979871' } }),
      episode({ slug: 'tube', video: { youtube: 'dQw4w9WgXcQ' } }),
    ],
  });
  expect(Object.fromEntries([...episodes].map(([slug, { card }]) => [slug, card.play]))).toEqual({
    both: { kind: 'video', url: film.url },
    sound: { kind: 'audio', url: sound.url },
    tube: undefined,
  });
});
