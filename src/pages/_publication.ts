import { renderBody } from '#catalog/collections.ts';
import type { Body, Catalog } from '#catalog/records.ts';
import { proseHtml } from '#components/prose/html.ts';
import type { Publication } from '#feeds/document.ts';
import { notes } from '#feeds/notes.ts';

/** What the endpoints of feeds know beside their items. */
export const publication = (show: Catalog['show'], site: URL): Publication => ({
  show,
  site,
  notes: (piece) => notes(piece, site, bodyHtml),
});

async function bodyHtml(body: Body): Promise<string> {
  const { Content } = await renderBody(body);
  return proseHtml(Content, body.mentions);
}
