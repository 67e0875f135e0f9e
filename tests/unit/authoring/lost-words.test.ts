import { expect, test } from 'vitest';
import { lostWords } from '#authoring/lost-words.ts';

const lines = ['<i>Rain</i> falls.', 'Rain and <Acme>.', 'Rain.'].map((text, i) => ({ line: 4 + i, text }));

test('words of a transcript that came to nothing are told, at the first line where they are', () => {
  expect(lostWords(lines, ['Rain falls. Rain and <Acme>.', 'Rain.'], false)).toEqual([]);
  expect(lostWords(lines, ['Rain falls.', 'Rain and.', 'Rain.'], false)).toEqual([
    { what: 'What is said here would be lost: "Acme"', line: 5 },
  ]);
});

test('all words of that line are told that came to nothing', () => {
  expect(lostWords(lines, ['Rain falls.', 'Rain.'], false)).toEqual([
    { what: 'What is said here would be lost: "and Acme"', line: 5 },
  ]);
});

test('a word that is said three times is there three times, unless captions roll', () => {
  expect(lostWords(lines, ['Rain falls.', 'Rain and <Acme>.'], false)).toEqual([
    { what: 'What is said here would be lost: "Rain"', line: 6 },
  ]);
  expect(lostWords(lines, ['Rain falls.', 'and <Acme>.'], true)).toEqual([]);
});
