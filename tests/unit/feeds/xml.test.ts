import { expect, test } from 'vitest';
import { escaped } from '#feeds/element.ts';
import { wellFormed } from '#feeds/xml.ts';

test.each([
  ['NUL', '\u0000'],
  ['a bell', '\u0007'],
  ['a vertical tab', '\u000B'],
  ['a form feed', '\u000C'],
  ['an escape', '\u001B'],
  ['the first half of a surrogate pair alone', '\uD83D'],
  ['the second half of a surrogate pair alone', '\uDE00'],
  ['U+FFFE', '\uFFFE'],
  ['U+FFFF', '\uFFFF'],
])('%s is left out of XML', (_, character) => {
  expect(wellFormed(`a${character}b${character}`)).toBe('ab');
});

test.each([
  ['tabs and line ends', '\t\n\r'],
  ['emoji', '🦞👩‍🚀'],
  ['text from right to left, with its marks', '\u200Fمرحبا\u202E'],
  ['a no-break space and a soft hyphen', '\u00A0\u00AD'],
  ['delete and the controls after it, which XML only discourages', '\u007F\u0085'],
  ['private use and the last character of each plane that is none', '\uE000\uFFFD\u{10FFFD}'],
])('%s stay in XML', (_, text) => {
  expect(wellFormed(text)).toBe(text);
});

test('text is escaped once, so that none of it can be read as markup', () => {
  expect(escaped('<b> & ]]> &amp;')).toBe('&lt;b&gt; &amp; ]]&gt; &amp;amp;');
});
