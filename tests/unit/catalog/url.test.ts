import { expect, test } from 'vitest';
import { url } from '#catalog/url.ts';

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
