import type { Listed, Page, Part } from './about.ts';
import { absolute, id, type Thing } from './thing.ts';

/** The entries of a list as it stands on this page, numbered from the beginning of the whole list. */
export const listNode = ({ site, url }: Page, { entries, before = 0 }: Pick<Part, 'entries' | 'before'>): Thing => ({
  '@type': 'ItemList',
  '@id': id.own(url, 'list'),
  numberOfItems: entries.length,
  itemListElement: entries.map((entry, i) => ({
    '@type': 'ListItem',
    position: before + i + 1,
    name: nameOf(entry),
    url: absolute(site, entry.url),
  })),
});

const nameOf = (entry: Listed) => ('title' in entry ? entry.title : entry.name);
