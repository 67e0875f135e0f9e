import { personPage } from './person-pages.ts';
import type { Catalog } from './records.ts';
import { years } from './years.ts';
import { url } from '#site/url.ts';

/** How many topics, each a few lines, one page of their list shows; and how many titles one of a year. */
export const topicsOnPage = 100;
export const titlesOnPage = 200;

/** Every list of the site that is cut into pages: the address of its first page, and how many pages it has. */
export function pagedLists({
  show: { pageSize },
  cards,
  guests,
  topics,
  seasons,
  people,
}: Pick<Catalog, 'show' | 'cards' | 'guests' | 'topics' | 'seasons' | 'people'>): { url: string; pages: number }[] {
  const list = (url: string, { length }: readonly unknown[], size = pageSize) => ({
    url,
    pages: Math.max(1, Math.ceil(length / size)),
  });
  return [
    list(url.episodes, cards.episodes),
    list(url.posts, cards.posts),
    list(url.whitepapers, cards.whitepapers),
    list(url.hosts, guests),
    list(url.topics, topics, topicsOnPage),
    ...[...seasons, ...topics].map(({ url, entries }) => list(url, entries)),
    ...people
      .filter((person) => personPage(person, pageSize).isCut)
      .map(({ slug, entries }) => list(url.personEntries(slug), entries)),
    ...years(cards).map(({ url, entries }) => list(url, entries, titlesOnPage)),
  ];
}
