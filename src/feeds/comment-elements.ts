import { element, type Element } from './element.ts';
import type { Piece } from './list.ts';

/**
 * How many comments an entry has (RSS 1.0, module slash), where they are (RSS 2.0, comments), and the feed that they are
 * (wellformedweb.org, CommentAPI).
 */
export const commentElements = ({ url, discussion }: Piece, site: URL): Element[] =>
  discussion
    ? [
        element('comments', {}, new URL(`${url}#comments`, site).href),
        element('slash:comments', {}, discussion.count),
        element('wfw:commentRss', {}, new URL(discussion.feed, site).href),
      ]
    : [];
