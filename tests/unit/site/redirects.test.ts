import { expect, test } from 'vitest';
import { addressKey } from '#site/url.ts';
import { redirectFinder } from '#site/redirects.ts';

test.each([
  ['/About/', '/about'],
  ['/about/index.html', '/about/'],
  ['/INDEX.HTML', '/'],
  ['/caf%C3%A9/', '/cafe\u0301'],
  ['/%7Eada', '/~ada'],
  ['/%C3%84', '/a\u0308'],
  ['/audio.MP3', '/Audio.mp3'],
])('%s and %s are one address', (one, other) => {
  expect(addressKey(one)).toBe(addressKey(other));
});

test.each([
  ['/a', '/b'],
  ['/a/b', '/a//b'],
  ['/a+b', '/a b'],
  ['/index.php', '/'],
  ['/a%2520b', '/a%20b'],
])('%s and %s are two', (one, other) => {
  expect(addressKey(one)).not.toBe(addressKey(other));
});

test('a name with a percent sign is not decoded twice on its way to where it leads', () => {
  const find = redirectFinder([{ from: '/100%25/', to: '/a/' }]);
  expect(find('/100%', new URLSearchParams())).toEqual({ to: '/a/', keepsQuery: true });
  expect(find('/100', new URLSearchParams())).toBeUndefined();
});
