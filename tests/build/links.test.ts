import { expect, test } from 'vitest';
import { Outline } from '#catalog/headings.ts';
import { addresses, bytes, isRedirect, page, pages, redirects } from './built-site.ts';

test('no heading of a text can take an id of its page', () => {
  const withText = pages.filter((address) => page(address).querySelector('.prose'));
  const ids = withText.flatMap((address) =>
    [...page(address).querySelectorAll('[id]')].filter((element) => !element.closest('.prose')).map(({ id }) => id),
  );
  expect(ids).toContain('comments');
  expect([...new Set(ids)].filter((id) => new Outline().anchor(id) === id)).toEqual([]);
});

test('an old address leads to the page that took its place', () => {
  const redirects = addresses.filter(isRedirect);
  expect(redirects).toContain('/guests/kelp/');
  for (const address of redirects) {
    const document = page(address);
    const target = document.querySelector('a')?.getAttribute('href') ?? '';
    expect(addresses).toContain(target);
    expect(document.querySelector('meta[http-equiv=refresh]')?.getAttribute('content')).toBe(`0;url=${target}`);
    expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
  }
});

test('a file of somebody with an old address stands there too, for apps and hosts that follow no page', () => {
  expect(redirects).toContainEqual({ from: '/people/p-plimsoll/rss.xml', to: '/people/petra-plimsoll/rss.xml' });
  const second = redirects.filter(({ to }) => !to.endsWith('/'));
  for (const { from, to } of second) expect(bytes(from).equals(bytes(to)), from).toBe(true);
});
