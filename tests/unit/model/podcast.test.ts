import { expect, test } from 'vitest';
import { episode, show } from '../../fakes/content.ts';

const soundbite = (duration: number) =>
  episode({ slug: 'e1', soundbites: [{ start: '04:20', duration, title: 'The cow' }] }).data.soundbites;

test('a soundbite lasts 15 to 120 seconds', () => {
  expect(soundbite(15)).toEqual([{ start: '04:20', duration: 15, title: 'The cow' }]);
  expect(soundbite(120)).toHaveLength(1);
  expect(() => soundbite(14.9)).toThrow(/duration/);
  expect(() => soundbite(121)).toThrow(/duration/);
});

test('a podcast is locked unless its author says otherwise', () => {
  expect(show({ podcast: {} }).podcast).toEqual({ locked: true });
  expect(show({ podcast: { locked: false } }).podcast).toEqual({ locked: false });
});

test.each([
  ['a guid that is none', { guid: 'podnews.net/rss' }],
  ['a hub without an address', { hub: 'hub.example' }],
  ['a place in no known form', { location: { name: 'Austin', geo: '30.2,-97.7' } }],
  ['a country by its name', { location: { name: 'Austin', country: 'Texas' } }],
  ['a list of recommendations without any', { podroll: [] }],
  ['an unknown field', { value: 'lightning' }],
])('%s is refused', (_, podcast) => {
  expect(() => show({ podcast: podcast as never })).toThrow(/podcast/);
});
