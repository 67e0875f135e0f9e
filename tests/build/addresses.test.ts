import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedFiles, url } from '#site/url.ts';
import { servedFolders, servedRoutes } from '#site/routes.ts';
import { files, has, isRedirect } from './built-site.ts';

const word = 'a-word';
const number = 7;

/** Every address of the table, with a word or a number where it has room for one. */
const table: readonly string[] = [
  ...Object.entries(url).flatMap(([name, address]): string[] => {
    if (typeof address === 'string') return [address];
    const make = address as (...parts: (string | number)[]) => string;
    switch (name) {
      case 'asset':
        return [url.episode(word), url.post(word)].map((entry) => make(entry, word));
      case 'markdown':
        return [url.episode, url.post, url.person, url.whitepaper, url.partner, url.page].map((entry) =>
          make(entry(word)),
        );
      case 'listPage':
        return [
          ...[url.episodes, url.posts, url.season(number), url.topic(word), url.personEntries(word)],
          ...[url.hosts, url.topics, url.whitepapers, url.year(word)],
        ].map((list) => make(list, number));
      case 'feedPage':
        return [
          url.feed,
          url.podcast,
          url.jsonFeed,
          url.topicFeed(word),
          url.personFeed(word),
          url.partnerFeed(word),
        ].map((feed) => make(feed, number));
      case 'season':
      case 'seasonPodcast':
        return [make(number)];
      case 'social':
        return [make(word, word)];
      case 'quote':
        return [make(word, number)];
      default:
        return [make(word)];
    }
  }),
  ...fixedFiles,
];

/** `/episodes/a-word/` as a pattern; what is beside an entry may have any name. */
const patterns = table.map((address) => {
  const written = address.split(new RegExp(`(${word}|${number})`)).map((part) => {
    if (part === word) return '[^/]+';
    return part === String(number) ? '\\d+' : RegExp.escape(part);
  });
  return new RegExp(`^${written.join('')}$`);
});

/** What is made by others, and the files that are served as they are. */
const isOurs = (file: string) =>
  !/^\/(_astro|pagefind)\//.test(file) && !/\.(br|gz)$/.test(file) && !existsSync(join('public', file));

test('every page and file that is built has its address in the table', () => {
  const built = files
    .filter((file) => isOurs(file) && !(file.endsWith('.html') && isRedirect(file)))
    .map((file) => file.replace(/index\.html$/, ''));
  expect(built.length).toBeGreaterThan(100);
  expect(built.filter((address) => !patterns.some((pattern) => pattern.test(address)))).toEqual([]);
});

test('every address of the table that needs no word is built, or answered by the server', () => {
  const fixed = Object.values(url)
    .filter((address) => typeof address === 'string')
    .map((address) => address.replace(/\?.*$/, ''));
  const answered = [...servedRoutes.map(({ path }) => path), ...servedFolders];
  const isThere = (address: string) =>
    answered.includes(address) ||
    has(address) ||
    files.some((file) => file.startsWith(url.searchIndex) && address === url.searchIndex);
  expect(fixed.filter((address) => !isThere(address))).toEqual([]);
});
