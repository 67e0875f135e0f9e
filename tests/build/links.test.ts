import { expect, test } from 'vitest';
import { servedRoutes } from '#site/routes.ts';
import { addresses, bytes, files, isRedirect, page, redirects } from './built-site.ts';

/** What the server answers when it is asked for. */
const answered = new Set(servedRoutes.map(({ path }) => path));
const pages = addresses.filter((address) => !isRedirect(address));

test('every internal link leads to a page or a file, and every anchor is there', () => {
  const known = new Map([...files, ...addresses].map((address) => [address, undefined as Set<string> | undefined]));
  const ids = (address: string) => {
    const found = known.get(address) ?? new Set([...page(address).querySelectorAll('[id]')].map(({ id }) => id));
    known.set(address, found);
    return found;
  };
  const broken = pages.flatMap((address) =>
    [...page(address).querySelectorAll('a[href], link[href], img[src], audio[src], video[src]')].flatMap((element) => {
      const href = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
      if (/^([a-z]+:|\/\/)/.test(href)) return [];
      const { pathname, hash } = new URL(href, `http://site${address}`);
      const target = decodeURI(pathname);
      if (answered.has(target)) return [];
      if (!known.has(target)) return [`${address}: ${href}`];
      // A moment of a recording (Media Fragments 1.0).
      if (/^#t=\d/.test(hash) && /\.(?:mp3|m4a|mp4)$/.test(target)) return [];
      return hash && !ids(target).has(decodeURIComponent(hash.slice(1))) ? [`${address}: ${href}`] : [];
    }),
  );
  expect(broken).toEqual([]);
});

test('no id stands twice on a page', () => {
  const twice = pages.flatMap((address) => {
    const ids = [...page(address).querySelectorAll('[id]')].map(({ id }) => id);
    return ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${address}#${id}`);
  });
  expect(twice).toEqual([]);
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
