import { expect, test } from 'vitest';
import { foundWords, piecesOf } from '#components/search/excerpt.ts';

test('a mark is round the word, not round what stands at its edges', () => {
  expect(piecesOf('Long <mark>Foghorns.</mark> So')).toEqual([
    { text: 'Long ', isFound: false },
    { text: 'Foghorns', isFound: true },
    { text: '.', isFound: false },
    { text: ' So', isFound: false },
  ]);
});

test('what is escaped on the page is text', () => {
  expect(
    piecesOf('a &lt;b&gt; <mark>&lt;i&gt;c</mark>')
      .map(({ text }) => text)
      .join(''),
  ).toBe('a <b> <i>c');
});

test('the words that were found come once each, in lower case', () => {
  expect(foundWords(['<mark>Fog,</mark> <mark>fog</mark>', 'a <mark>(Foghorn)</mark>'])).toEqual(['fog', 'foghorn']);
});
