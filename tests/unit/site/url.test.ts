import { expect, test } from 'vitest';
import { decoded, encodedPath, url } from '#site/url.ts';

test('the first page of a list is the list itself', () => {
  expect(url.listPage(url.episodes, 1)).toBe('/episodes/');
  expect(url.listPage(url.episodes, 2)).toBe('/episodes/page/2/');
});

test('a file beside an entry lies under the address of the entry', () => {
  expect(url.asset(url.episode('e1'), './audio.mp3')).toBe('/episodes/e1/audio.mp3');
  expect(url.asset(url.episode('e1'), './takes/one.mp3')).toBe('/episodes/e1/takes/one.mp3');
});

test('a token is written into an address so that it comes out as it is', () => {
  expect(new URL(url.confirm('a.b+c/d=&e'), 'https://site.example').searchParams.get('token')).toBe('a.b+c/d=&e');
});

test('the name of a file is encoded once, and read back as it was', () => {
  const names = ['talk #1.mp3', 'what now?.mp3', 'größe & co.mp3', 'a%20b.mp3', 'ca\u0301fe [a+b]; c=d, @home: e.mp3'];
  for (const name of names) {
    const address = url.asset(url.episode('e1'), `./takes/${name}`);
    expect(address).toMatch(/^[\w/.~!$&'()*+,;=:@%-]+$/);
    expect(new URL(address, 'https://site.example').pathname).toBe(address);
    expect(decoded(address)).toBe(`/episodes/e1/takes/${name}`);
  }
});

test('a path that is none of an address is read as it is, and half a character is encoded as what stands for it', () => {
  expect(decoded('100% true')).toBe('100% true');
  expect(encodedPath('a\uD800')).toBe('a%EF%BF%BD');
});
