import { expect, test } from 'vitest';
import { occurrences } from '#components/player/phrase.ts';

const found = (text: string, phrase: string) => occurrences(text, phrase).map(([begin, end]) => text.slice(begin, end));

test('every place of a phrase is found, whatever its case', () => {
  expect(occurrences('The sea. No, the lake.', 'the')).toEqual([
    [0, 3],
    [13, 16],
  ]);
});

test('typed quotes find printed ones', () => {
  expect(found('It isn’t “sea view”.', `isn't "sea`)).toEqual(['isn’t “sea']);
});

test('a space finds a run of spaces and line ends', () => {
  expect(found('a very\n   tall staircase', 'very tall')).toEqual(['very\n   tall']);
});

test('signs mean themselves', () => {
  expect(found('How? (A man.) A1', '(a man.)')).toEqual(['(A man.)']);
});

test('a letter of another length in lower case moves nothing', () => {
  expect(found('İİ sea', 'sea')).toEqual(['sea']);
});

test.each(['', '   '])('the phrase "%s" is nowhere', (phrase) => {
  expect(occurrences('anything at all', phrase)).toEqual([]);
});
