import { expect, test } from 'vitest';
import { wordPlaces } from '#components/search/word-places.ts';

test.each([
  ['Fog, foghorn and fog.', ['fog'], ['Fog', 'fog']],
  ['Torchy’s beacons', ["torchy's"], ['Torchy’s']],
  ['naïve (a.b) axb', ['a.b', 'naïve'], ['naïve', 'a.b']],
  ['nothing', [], []],
  ['古い灯台の霧。C# and C', ['灯台', 'c#'], ['灯台', 'C#']],
])('in “%s” the words %j are %j', (text, words, found) => {
  expect(wordPlaces(text, words).map(([begin, end]) => text.slice(begin, end))).toEqual(found);
});
