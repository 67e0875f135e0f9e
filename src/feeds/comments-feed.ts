import { getRssString } from '@astrojs/rss';
import type { Catalog, CommentRecord, ReplyRecord } from '#catalog/records.ts';
import { clock } from '#site/length.ts';
import { paragraphsOf } from '#site/plain-text.ts';
import { rfc2822 } from './channel.ts';
import { element, xml } from './element.ts';
import { custom } from './site-feed.ts';
import { namespaces, wellFormed } from './xml.ts';

/** What the feed of comments on an entry is made of. */
export interface CommentedPiece {
  show: Pick<Catalog['show'], 'title' | 'language'>;
  title: string;
  /** Its path. */
  url: string;
  comments: CommentRecord[];
  /** Its own path. */
  feed: string;
}

/** The comments on an entry and the replies to them as a feed (RSS 2.0), the newest first. */
export async function commentsFeed(
  { show, title, url, comments, feed: own }: CommentedPiece,
  site: URL,
): Promise<string> {
  const { atom, dc } = namespaces;
  const page = new URL(url, site).href;
  const said = comments
    .flatMap(({ replies, ...comment }) => [comment, ...replies])
    .filter(({ isDeleted }) => !isDeleted)
    .toSorted((a, b) => b.at.iso.localeCompare(a.at.iso));
  const newest = said[0]?.at.iso;
  const feed = await getRssString({
    title: `Comments on ${title}`,
    description: `What readers and hosts of ${show.title} say of it.`,
    site: page,
    xmlns: { atom, dc },
    customData: custom([
      element('language', {}, show.language),
      newest === undefined ? undefined : element('lastBuildDate', {}, rfc2822(new Date(newest))),
      element('atom:link', {
        href: new URL(own, site).href,
        rel: 'self',
        type: 'application/rss+xml',
      }),
    ]),
    items: said.map((each) => ({
      title: `${nameOf(each)} on ${title}`,
      link: `${page}#comment-${each.id}`,
      pubDate: new Date(each.at.iso),
      description: htmlOf(each, page),
      customData: custom([element('guid', { isPermaLink: 'false' }, each.id), element('dc:creator', {}, nameOf(each))]),
    })),
  });
  return wellFormed(feed);
}

const nameOf = ({ person, name }: ReplyRecord) => person?.name ?? name;

/** The words as HTML, with a link to the moment that they are about. */
function htmlOf({ body, moment }: ReplyRecord, page: string): string {
  const about =
    moment === undefined
      ? []
      : [element('p', {}, element('a', { href: `${page}?t=${moment}` }, `at ${clock(moment)}`))];
  const paragraphs = paragraphsOf(body).map((lines) =>
    element(
      'p',
      {},
      lines.map((parts, i) => [
        i > 0 && element('br', {}),
        parts.map(({ text, url }) =>
          url === undefined ? text : element('a', { href: url, rel: 'ugc nofollow' }, text),
        ),
      ]),
    ),
  );
  return [...about, ...paragraphs].map((each) => xml(each)).join('');
}
