import type { Body } from '#catalog/records.ts';
import type { Piece } from './list.ts';
import { plainHtml } from './plain-html.ts';

/**
 * The body of an entry as plain HTML. It is rendered when it is first asked for, and once for all feeds of a catalog:
 * an entry stands in several, and rendering it is what a feed costs.
 */
export function notes(piece: Piece, site: URL, bodyHtml: (body: Body) => Promise<string>): Promise<string> {
  let html = made.get(piece.body);
  if (!html) {
    html = bodyHtml(piece.body).then((whole) => plainHtml(whole, new URL(piece.url, site)));
    made.set(piece.body, html);
  }
  return html;
}

const made = new WeakMap<Body, Promise<string>>();
