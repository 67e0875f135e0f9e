import type { Catalog, Link } from '#catalog/records.ts';
import { counted } from '#site/count.ts';
import { fullTitle } from '#site/title.ts';
import { url } from '#site/url.ts';
import { type Block, heading, inline, list, paragraph, quote, type Words, written } from './nodes.ts';

/** How many entries of a kind are listed at most, the newest: a reader with little room reads all of the file. */
export const listedAtMost = 100;

/** What there is on the site, for machines that read: the form is that of llmstxt.org. */
export function llmsText(catalog: Catalog, site: URL): string {
  const { show, hosts, guests, cards, partners, pages } = catalog;
  const { episodes, posts, whitepapers } = cards;
  const section = (title: string, items: readonly Words[]): Block[] =>
    items.length === 0 ? [] : [heading(2, title), list(items.map((words) => inline(words, site)))];
  const newest = (entries: readonly Listed[], all: Link) => [
    ...entries.slice(0, listedAtMost).map(listed),
    ...(entries.length > listedAtMost ? [[all, `: ${counted(entries.length, 'entry', 'entries')}`]] : []),
  ];
  return written([
    heading(1, fullTitle(show)),
    quote(paragraph(...inline([show.description], site))),
    paragraph(...inline(['Each page of an entry has its text as Markdown beside it, in a file named index.md.'], site)),
    ...section(
      'Episodes',
      newest(
        episodes.map((card) => ({ ...card, summary: `${card.label}. ${card.summary}` })),
        { title: 'All episodes', url: url.episodes },
      ),
    ),
    ...section('Posts', newest(posts, { title: 'All posts', url: url.posts })),
    ...section('Whitepapers', newest(whitepapers, { title: 'All whitepapers', url: url.whitepapers })),
    ...section(
      'People',
      newest(
        [...hosts, ...guests].map(({ name, ...card }) => ({ ...card, title: name })),
        { title: 'All people', url: url.hosts },
      ),
    ),
    ...section('Partners', partners.map(listed)),
    ...section('Pages', pages.map(listed)),
    ...section('Optional', [
      [{ title: 'Topics', url: url.topics }, ': the entries by what they are about'],
      ...show.feeds.map(({ title, url, kind }): Words => [{ title, url }, `: ${feedKinds[kind]}`]),
      [{ title: 'All feeds', url: url.opml }, ': OPML'],
      [{ title: 'Sitemap', url: url.sitemap }, ': the address of every page'],
    ]),
  ]);
}

interface Listed extends Link {
  summary?: string | undefined;
}

const listed = ({ title, url: page, summary }: Listed): Words => [
  { title, url: url.markdown(page) },
  ...(summary === undefined ? [] : [`: ${summary}`]),
];

const feedKinds = { rss: 'RSS', podcast: 'RSS for podcast apps', json: 'JSON Feed' };
