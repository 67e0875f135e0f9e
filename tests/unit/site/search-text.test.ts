import { expect, test } from 'vitest';
import { askedText, indexedText, withoutGaps, withSigns } from '#site/search-text.ts';

/** The words of an indexed text, as they are written. */
const words = (text: string) => indexedText(text).split(/\s+/).map(withSigns).map(withoutGaps);

test.each([
  ['灯台の霧', ['灯', '台', 'の', '霧']],
  ['深い。鐘', ['深', 'い', '。', '鐘']],
  ['lighthouseと鐘', ['lighthouse', 'と', '鐘']],
  ['등대의 안개', ['등대의', '안개']],
  ['$1,000 and 5€', ['$', '1,000', 'and', '5', '€']],
  ['.NET', ['.', 'NET']],
  ['end.Next ...and C#7 #fog a+b', ['end.Next', '...and', 'C#7', '#fog', 'a+b']],
])('the words of %s are %j', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test.each([
  ['灯台', '"灯 台"'],
  ['霧', '霧'],
  ['lamp 灯台', 'lamp 灯 台'],
  [' fog horn ', 'fog horn'],
])('“%s” is asked as %s', (typed, asked) => {
  expect(askedText(typed)).toBe(asked);
});

test.each(['C#', 'C++', '18+', '.NET', '$1,000', '5 €'])(
  '%s is asked in the letters in which it is indexed',
  (text) => {
    expect(askedText(text)).toMatch(/[\u{10380}-\u{1039D}]/u);
    expect(askedText(text).split(' ')).toEqual(withoutMarks(indexedText(text)).split(' '));
  },
);

test('the marks of words that belong together become one', () => {
  expect(withoutGaps('<mark>灯\u2060</mark> <mark>台\u2060</mark> の\u2060 …')).toBe('<mark>灯台</mark>の…');
});

const withoutMarks = (text: string) => text.replaceAll('\u2060', '');
