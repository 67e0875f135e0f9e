import { expect, test } from 'vitest';
import type { BuiltPage } from '#search/built-page.ts';
import { words } from '#search/words.ts';

const page = (title: string, more: Partial<BuiltPage> = {}): BuiltPage => ({
  url: '/',
  file: '',
  digest: '',
  meta: { title, summary: '', kind: 'Episode' },
  filters: {},
  ...more,
});

test('words of titles, people and topics come before words that two pages have', () => {
  const pages = [page('Fog', { filters: { person: ['Ada Drizzle'], topic: ['Pricing'] } })];
  expect(words(pages, ['the lamp and fog', 'the lamp, the Lamp', 'once']).words).toEqual([
    ...['fog', 'ada', 'drizzle', 'pricing'],
    ...['lamp', 'the'],
  ]);
});

test('numbers and words of one or two letters are left out, and letters with marks are not cut', () => {
  expect(words([page('A 2024 café is ok')], []).words).toEqual(['café']);
});

test('topics are links in the order of their titles', () => {
  const topic = (title: string, url: string) => page(title, { url, meta: { title, summary: '', kind: 'Topic' } });
  expect(words([topic('Pricing', '/topics/pricing/'), topic('Fog', '/topics/fog/')], []).topics).toEqual([
    { title: 'Fog', url: '/topics/fog/' },
    { title: 'Pricing', url: '/topics/pricing/' },
  ]);
});

test('the list ends where its file would pass 40 KB', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const many = Array.from(
    { length: 9000 },
    (_, i) => [...String(i)].map((digit) => letters[Number(digit)]).join('') + 'word',
  );
  const made = words([page('Fog')], [many.join(' '), many.join(' ')]);
  expect(Buffer.byteLength(JSON.stringify(made))).toBeLessThanOrEqual(40_000);
  expect(made.words.length).toBeGreaterThan(3000);
});
