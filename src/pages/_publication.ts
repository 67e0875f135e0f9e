import { getImage } from 'astro:assets';
import type { Catalog, Picture } from '#catalog/records.ts';
import type { FeedDocument, Publication } from '#feeds/document.ts';
import { notes } from '#feeds/notes.ts';
import { withServedPictures } from '#feeds/pictures.ts';
import { bodyHtml } from '#prose/html.ts';

/** A document of a feed with what the endpoints know beside its items. */
export const published = (
  document: FeedDocument,
  show: Catalog['show'],
  site: URL,
): Promise<[FeedDocument, Publication]> =>
  withServedPictures(document, { show, site, notes: (piece) => notes(piece, site, bodyHtml) }, served);

/** Apple, page 896: no artwork is wider. */
const widest = 3000;

/** A picture of an author as feeds and apps are to have it: JPEG or PNG as it was, and a JPEG of any other format. */
export async function served({ src, alt }: Picture): Promise<Picture> {
  // Reading a property of a picture would have its original published.
  const { format, width, height } = Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(src)).map(([name, { value }]) => [name, value]),
  ) as unknown as Picture['src'];
  if (format === 'svg') return { src, alt };
  const as = format === 'png' ? 'png' : 'jpg';
  const scale = Math.min(1, widest / width);
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const { src: address } = await getImage({ src, width: size.width, layout: 'none', format: as, quality: 90 });
  return { src: { src: address, ...size, format: as }, alt };
}
