import type { Picture } from '#catalog/records.ts';
import type { FeedDocument, Publication } from './document.ts';
import type { Piece } from './list.ts';

/** Makes the file of a picture that the site serves: upright, in RGB, and without what a camera wrote into it. */
export type ServePicture = (picture: Picture) => Promise<Picture>;

/**
 * A document, and what is known beside it, with each picture as the site serves it: the file of its author may lie on its
 * side, be in colours for print, or tell where it was taken.
 */
export async function withServedPictures(
  document: FeedDocument,
  publication: Publication,
  serve: ServePicture,
): Promise<[FeedDocument, Publication]> {
  const made = new Map<Picture['src'], Promise<Picture>>();
  const served = async <T extends Picture | undefined>(picture: T): Promise<T> => {
    if (!picture) return picture;
    const { src, alt } = picture as Picture;
    const file = made.get(src) ?? serve(picture as Picture);
    made.set(src, file);
    return { ...(await file), alt } as T;
  };
  const people = <Person extends { photo?: Picture | undefined }>(all: readonly Person[]) =>
    Promise.all(all.map(async (person) => (person.photo ? { ...person, photo: await served(person.photo) } : person)));
  const piece = async (each: Piece): Promise<Piece> => {
    const cover = await served(each.cover);
    return each.kind === 'episode'
      ? {
          ...each,
          cover,
          thumb: await served(each.thumb),
          people: await people(each.people),
          hosts: await people(each.hosts),
          guests: await people(each.guests),
        }
      : { ...each, cover, people: await people(each.people), authors: await people(each.authors) };
  };
  const { show } = publication;
  const seasons = async () =>
    show.podcast?.seasons && {
      podcast: {
        ...show.podcast,
        seasons: await Promise.all(
          show.podcast.seasons.map(async (season) => ({
            ...season,
            cover: await served(season.cover as Picture | undefined),
          })),
        ),
      },
    };
  return [
    { ...document, pieces: await Promise.all(document.pieces.map(piece)) },
    {
      ...publication,
      show: { ...show, cover: await served(show.cover), hosts: await people(show.hosts), ...(await seasons()) },
    },
  ];
}
