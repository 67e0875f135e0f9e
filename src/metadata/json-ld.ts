import { type About, nameOf, type Page, partOf } from './about.ts';
import { postNode, whitepaperNode } from './article-thing.ts';
import { episodeNodes } from './episode-thing.ts';
import { listNode } from './list-thing.ts';
import { partnerNode } from './partner-thing.ts';
import { personNode } from './person-thing.ts';
import { seriesNodes } from './series-thing.ts';
import { absolute, id, reference, type Thing } from './thing.ts';

/**
 * A page's linked data: a JSON-LD document in schema.org's terms, as the text of a script element. Each thing is
 * described once, on the page that is its own, under an `@id` that every other page may refer to. None for a page that
 * search engines are not to know.
 */
export function jsonLd(page: Page): string | undefined {
  if (page.hidden) return undefined;
  const [main, ...others] = things(page);
  const graph = [webPage(page, main), ...breadcrumbs(page), ...(main ? [main] : []), ...others];
  return scriptText({ '@context': 'https://schema.org', '@graph': graph });
}

/** JSON that cannot end the script element that it is in, nor begin a comment there (HTML, 4.12.1.3). */
export const scriptText = (json: unknown): string => JSON.stringify(json).replaceAll('<', '\\u003c');

/** The page itself; `main` is the thing that it is there for. */
function webPage(page: Page, main: Thing | undefined): Thing {
  const { site, url, show, about, modified, crumbs } = page;
  return {
    '@type': pageType(about),
    '@id': id.page(url),
    url: url.href,
    name: nameOf(page),
    inLanguage: show.language,
    isPartOf: reference(id.website(site)),
    dateModified: modified?.iso,
    breadcrumb: crumbs.length > 0 ? reference(id.breadcrumbs(url)) : undefined,
    mainEntity: main?.['@id'] ? reference(main['@id']) : undefined,
  };
}

function pageType(about: About | undefined): string {
  if (about?.kind === 'lists' && about.record.slug === 'search' && !about.record.name) return 'SearchResultsPage';
  if (partOf(about)) return 'CollectionPage';
  return about?.kind === 'people' ? 'ProfilePage' : 'WebPage';
}

function breadcrumbs({ site, url, crumbs }: Page): Thing[] {
  if (crumbs.length === 0) return [];
  return [
    {
      '@type': 'BreadcrumbList',
      '@id': id.breadcrumbs(url),
      itemListElement: crumbs.map((crumb, i) => ({
        '@type': 'ListItem',
        position: i + 1,
        name: crumb.title,
        item: absolute(site, crumb.url),
      })),
    },
  ];
}

/** The things that a page describes, the one that it is there for first. */
function things(page: Page): Thing[] {
  const { about } = page;
  switch (about?.kind) {
    case 'home':
      return seriesNodes(page, about.episodes);
    case 'episodes':
      return episodeNodes(page, about.record);
    case 'posts':
      return [postNode(page, about.record)];
    case 'whitepapers':
      return [whitepaperNode(page, about.record)];
    case 'partners':
      return [partnerNode(page, about)];
    case 'people':
      return about.part ? [listNode(page, about.part)] : [personNode(page, about.record)];
    default: {
      const part = partOf(about);
      return part && part.entries.length > 0 ? [listNode(page, part)] : [];
    }
  }
}
