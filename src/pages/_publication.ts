import type { Catalog } from '#catalog/records.ts';
import type { Publication } from '#feeds/document.ts';
import { notes } from '#feeds/notes.ts';
import { bodyHtml } from '#prose/html.ts';

/** What the endpoints of feeds know beside their items. */
export const publication = (show: Catalog['show'], site: URL): Publication => ({
  show,
  site,
  notes: (piece) => notes(piece, site, bodyHtml),
});
