import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { content, episode, partner, post, show, topics, whitepaper } from '../../fakes/content.ts';

const clock = { now: new Date('2026-11-22T12:00:00Z'), preview: false };
const built = (given: Partial<Content>, preview = false) =>
  buildCatalog(content({ topics: topics('advocacy', 'fog', 'tides'), ...given }), { ...clock, preview });
const only = (given: Partial<Content>) => {
  const { catalog, problems } = built(given);
  expect(problems).toEqual([]);
  const [first, ...others] = catalog.partners;
  expect(others).toEqual([]);
  if (!first) throw new Error('There is no partner');
  return first;
};
const audio = { url: 'https://media.example.com/a.mp3', bytes: 1, type: 'audio/mpeg', duration: 60 } as const;
const fog = { slug: 'ferry', topics: ['fog', 'tides'] };

describe('the page of a partner', () => {
  test('begins with the newest episodes and posts of its topics, each once, and no whitepaper', () => {
    const { entries } = only({
      partners: [partner(fog)],
      episodes: [
        episode({ slug: 'e1', publishedAt: '2026-01-01', topics: ['fog', 'tides'] }),
        episode({ slug: 'e2', publishedAt: '2026-01-06', topics: ['advocacy'] }),
        episode({ slug: 'e3', publishedAt: '2026-01-03', topics: ['tides'] }),
      ],
      posts: [post({ slug: 'p1', publishedAt: '2026-01-02', topics: ['fog'] })],
      whitepapers: [whitepaper({ slug: 'w', topics: ['fog'] })],
    });
    expect(entries.map(({ slug }) => slug)).toEqual(['e3', 'p1', 'e1']);
  });

  test('offers the whitepaper that its author chose, or else the newest', () => {
    const whitepapers = [
      whitepaper({ slug: 'old', publishedAt: '2026-01-01' }),
      whitepaper({ slug: 'new', publishedAt: '2026-01-02' }),
    ];
    expect(only({ partners: [partner(fog)], whitepapers }).whitepaper?.slug).toBe('new');
    expect(only({ partners: [partner({ ...fog, whitepaper: 'old' })], whitepapers }).whitepaper?.slug).toBe('old');
    expect(only({ partners: [partner(fog)] }).whitepaper).toBeUndefined();
  });

  test('has a feed where there is something in its topics', () => {
    const episodes = [episode({ slug: 'e1', topics: ['fog'] })];
    expect(only({ partners: [partner({ ...fog, name: 'The Ferry' })], episodes }).feeds).toMatchObject([
      { kind: 'rss', of: { partner: 'ferry' }, title: 'The Test Files: with The Ferry', url: '/with/ferry/rss.xml' },
    ]);
    expect(only({ partners: [partner(fog)] }).feeds).toEqual([]);
  });
});

test('a partner may embed the newest episode of its topics that is heard, or else the newest of all', () => {
  const heard = (slug: string, number: number, topic: string) =>
    episode({ slug, number, publishedAt: `2026-01-0${number}`, topics: [topic], audio });
  const player = (...episodes: Content['episodes']) => only({ partners: [partner(fog)], episodes }).player;
  expect(player(heard('a', 1, 'fog'), heard('b', 2, 'advocacy'))).toBe('a');
  expect(player(heard('a', 1, 'advocacy'), heard('b', 2, 'advocacy'))).toBe('b');
  expect(player(episode({ slug: 'a', topics: ['fog'] }))).toBeUndefined();
});

test('its kit has its own words, or else those of the series', () => {
  const series = { tagline: 'Two hosts.', description: 'Two hosts and a lamp.' };
  const of = (kit?: { short?: string; long?: string }) =>
    only({ show: show(series), partners: [partner({ ...fog, kit })] }).kit;
  expect(of()).toEqual({ short: 'Two hosts.', long: 'Two hosts and a lamp.' });
  expect(of({ short: 'Hear this.' })).toEqual({ short: 'Hear this.', long: 'Two hosts and a lamp.' });
});

test('partners are in order of their names, and drafts are shown in the preview alone', () => {
  const partners = [
    partner({ slug: 'a', name: 'Zephyr' }),
    partner({ slug: 'b', name: 'Éclair' }),
    partner({ slug: 'c', name: 'Draft', draft: true, whitepaper: 'none' }),
  ];
  expect(built({ partners }).problems).toEqual([]);
  expect(built({ partners }).catalog.partners.map(({ slug }) => slug)).toEqual(['b', 'a']);
  expect(built({ partners }, true).catalog.partners.map(({ slug }) => slug)).toEqual(['c', 'b', 'a']);
});

test('names of a partner that lead nowhere are told, each at its field', () => {
  const { problems } = built({ partners: [partner({ slug: 'ferry', topics: ['fgo'], whitepaper: 'w' })] });
  expect(problems).toMatchObject([
    { collection: 'partners', slug: 'ferry', field: ['topics', 0], what: 'Unknown topic "fgo"', to: 'topics' },
    { collection: 'partners', slug: 'ferry', field: ['whitepaper'], what: 'Unknown whitepaper "w"' },
  ]);
});

test('a partner under another slug keeps the addresses of its page, its kit, its feed and its text', () => {
  const { catalog, problems } = built({
    partners: [partner({ ...fog, aliases: ['/with/old-ferry/'] })],
    episodes: [episode({ slug: 'e1', topics: ['fog'] })],
  });
  expect(problems).toEqual([]);
  expect(catalog.redirects).toEqual(
    expect.arrayContaining(
      ['', 'kit/', 'rss.xml', 'index.md'].map((rest) => ({
        from: `/with/old-ferry/${rest}`,
        to: `/with/ferry/${rest}`,
      })),
    ),
  );
});
