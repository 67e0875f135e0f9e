import { distance } from 'fastest-levenshtein';
import { describe, expect, test } from 'vitest';
import { hasAllWords, spellingSuggestions } from '#components/search/spelling.ts';

const vocabulary = ['fog', 'foghorn', 'foghorns', 'lighthouse', 'ship', 'keeper'];

describe('other spellings', () => {
  test('change the word that is not known, the likeliest first', () => {
    expect(spellingSuggestions('foghron keeper', vocabulary, distance)).toEqual(['foghorn keeper']);
    expect(spellingSuggestions('foghorms', vocabulary, distance)).toEqual(['foghorns', 'foghorn']);
  });

  test('are none for what is spelt right, or is like nothing', () => {
    expect(spellingSuggestions('Ship', vocabulary, distance)).toEqual([]);
    expect(spellingSuggestions('xylophone', vocabulary, distance)).toEqual([]);
  });

  test.each(['"foghron"', '“foghron keeper”', ' "ship foghron" '])(
    'are none for %s, which is meant to the letter',
    (words) => {
      expect(spellingSuggestions(words, vocabulary, distance)).toEqual([]);
      expect(hasAllWords(words, ['fog'])).toBe(true);
    },
  );
});

test.each([
  ['foghorn', ['foghorns'], true],
  ['running', ['runs'], false],
  ['keepers', ['keeper'], true],
  ['foghron', ['fog'], false],
  ['1,000 well-lit', ['1,000', 'well-lit'], true],
  ["it's", ['it’s'], true],
  ['', [], true],
])('“%s” is like %j: %s', (words, found, isSo) => {
  expect(hasAllWords(words, found)).toBe(isSo);
});
