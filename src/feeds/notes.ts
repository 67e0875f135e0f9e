import type { Body } from '#catalog/records.ts';
import type { Piece } from './list.ts';
import { element, xml } from './element.ts';
import { plainHtml } from './plain-html.ts';

/**
 * The body of an entry as plain HTML, with the sponsors of an episode. It is rendered when it is first asked for, and once for all feeds of a catalog:
 * an entry stands in several, and rendering it is what a feed costs.
 */
export async function notes(piece: Piece, site: URL, bodyHtml: (body: Body) => Promise<string>): Promise<string> {
  let html = made.get(piece.body);
  if (!html) {
    html = bodyHtml(piece.body).then((whole) => plainHtml(whole, new URL(piece.url, site)));
    made.set(piece.body, html);
  }
  return (await html) + sponsors(piece);
}

/** Who pays for an episode, as its page says too. */
function sponsors(piece: Piece): string {
  if (piece.kind === 'post' || piece.sponsors.length === 0) return '';
  const items = piece.sponsors.map(({ name, url, text }) =>
    element(
      'li',
      {},
      url === undefined ? name : element('a', { href: url, rel: 'sponsored' }, name),
      text !== undefined && `: ${text}`,
    ),
  );
  return xml(element('h2', {}, 'Sponsors')) + xml(element('ul', {}, items));
}

const made = new WeakMap<Body, Promise<string>>();
