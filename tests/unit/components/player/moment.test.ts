import { expect, test } from 'vitest';
import { addressAt } from '#components/player/moment.ts';
import { momentOf, parseMoment } from '#site/moment.ts';

test.each([
  ['90', 90],
  ['90.5', 90.5],
  ['1:30', 90],
  ['1:02:09', 3729],
  ['0', 0],
  ['20s', 20],
  ['1m30s', 90],
  ['1h2m9s', 3729],
  ['1h', 3600],
  ['10,20', 10],
  ['1:30,', 90],
  ['npt:10', 10],
])('"%s" is the moment at second %d', (text, seconds) => {
  expect(parseMoment(text)).toBe(seconds);
});

test.each(['', '-5', '1:75', 'soon', '1:2:3:4', 'h', ',20', '1s2m'])('"%s" is no moment', (text) => {
  expect(parseMoment(text)).toBeUndefined();
});

test.each([
  ['?t=90', '', 90],
  ['', '#t=90', 90],
  ['', '#t=1:30', 90],
  ['?from=mail&t=12', '', 12],
  ['?v=abc&t=20s', '', 20],
  ['', '#t=01:30', 90],
  ['', '#t=10,20', 10],
])('an address with "%s%s" starts at second %d', (search, hash, seconds) => {
  expect(momentOf({ search, hash })).toBe(seconds);
});

test('the fragment of an address comes before its query', () => {
  expect(momentOf({ search: '?t=90', hash: '#t=5' })).toBe(5);
});

test('a fragment that names a paragraph of the transcript is no moment', () => {
  expect(momentOf({ search: '', hash: '#t-95' })).toBeUndefined();
});

test('a link to a moment has whole seconds, and nothing else of the address', () => {
  expect(addressAt('https://example.com/episodes/one/?utm=x#t-95', 65.9)).toBe(
    'https://example.com/episodes/one/?t=65',
  );
});
