import { describe, expect, test } from 'vitest';
import { legible, type SocialCard, socialCard, socialCards, socialImage } from '#metadata/social-card.ts';
import { episode, page, partner, person, post, show, whitepaper } from '../../fakes/content.ts';
import { catalogOf, only } from './facts.ts';

const catalog = catalogOf({
  show: show({ subtitle: 'For tests' }),
  episodes: [episode({ slug: 'e7', season: 2, guests: ['matt'] })],
  posts: [post({ slug: 'p' })],
  whitepapers: [whitepaper({ slug: 'w', title: 'Ten steps', subtitle: 'In order' })],
  people: [
    person({ slug: 'joel', name: 'Joel Capperella', side: 'marketing', role: 'Writes the blog' }),
    person({ slug: 'matt', name: 'Matt McDarby', side: 'sales' }),
  ],
  partners: [partner({ slug: 'ferry', name: 'The Ferry' })],
  pages: [page({ slug: 'about' })],
});

test('there is a picture for every entry, person, topic, season, partner, page and list', () => {
  expect(socialCards(catalog).map(({ url }) => url.slice('/social/'.length, -'.png'.length))).toEqual([
    'default',
    ...['episodes/e7', 'posts/p', 'whitepapers/w', 'people/joel', 'people/matt', 'topics/advocacy'],
    ...['seasons/season-2', 'partners/ferry', 'pages/about'],
    ...['episodes', 'posts', 'hosts', 'whitepapers', 'topics', 'search'].map((list) => `lists/${list}`),
  ]);
});

test('a page with no picture of its own has that of the series', () => {
  expect(socialImage(undefined, catalog.show).path).toBe('/social/default.png');
  expect(socialCard(undefined, catalog.show)).toMatchObject({ title: 'The Test Files', series: 'For tests' });
  expect(socialImage({ kind: 'posts', record: only(catalog.posts) }, catalog.show).path).toBe('/social/posts/p.png');
});

test.each([
  ['episodes', { tab: ['File 007', 'Season 2'], people: [{ name: 'Joel Capperella' }, { name: 'Matt McDarby' }] }],
  ['posts', { tab: ['Post', '1 min read'], text: 'What the usual post says.' }],
  ['whitepapers', { tab: ['Whitepaper', '6 pages'], title: 'Ten steps: In order', text: 'Ten steps to a better year' }],
  ['people', { tab: ['Host', 'Marketing'], text: 'Writes the blog', portrait: { initials: 'JC', side: 'marketing' } }],
  ['topics', { tab: ['Topic', '3 entries'], title: 'Customer advocacy' }],
  ['seasons', { tab: ['In the drawer'], title: 'Season 2' }],
  ['partners', { tab: ['With', 'The Ferry'], title: 'Welcome, whoever sent you' }],
  ['pages', { tab: ['On record'], title: 'The usual page' }],
  ['lists', { tab: ['In the drawer'], title: 'Episodes', text: 'A series for tests.' }],
])('the picture of one of the %s says what it is', (kind, expected) => {
  expect(socialCards(catalog).find(({ url }) => url.startsWith(`/social/${kind}/`))?.card).toMatchObject(expected);
});

describe('a card without the characters that no face has', () => {
  const card: SocialCard = { tab: ['Post'], title: 'Plain', text: '', people: [], series: 'The Test Files' };
  const missing = new Set([...'東京の夜שלום', '🦊', '👩‍🚀']);
  const isDrawn = (character: string) => !missing.has(character);

  test.each([
    ['The fox 🦊 and the 👩‍🚀', 'The fox and the'],
    ['Sales in 東京', 'Sales in'],
    ['東京の夜', 'The Test Files'],
    ['שלום', 'The Test Files'],
    ['🦊', 'The Test Files'],
    ['!!!', '!!!'],
    ['Ame\u0301lie', 'Am\u00e9lie'],
  ])('has for %j the title %j', (title, expected) => {
    expect(legible({ ...card, title }, isDrawn).title).toBe(expected);
  });

  test('leaves out names that cannot be read', () => {
    const people = [{ name: '東京' }, { name: 'Joel 🦊' }];
    expect(legible({ ...card, people }, isDrawn).people).toEqual([{ name: 'Joel' }]);
  });
});
