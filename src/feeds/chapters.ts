import type { Chapter, EpisodeRecord } from '#catalog/records.ts';
import type { ServePicture } from './pictures.ts';
import { pictureUrl } from './podcast-artwork.ts';

/**
 * The chapters of an episode as apps read them (Podcasting 2.0, JSON chapters 1.2.0). The picture of a chapter is one that
 * the site `serve`s, or at the address that its author gave.
 */
export async function chaptersFile(
  { chapters, silentChapters }: Pick<EpisodeRecord, 'chapters' | 'silentChapters'>,
  site: URL,
  serve: ServePicture,
): Promise<string> {
  const written = async ({ start, title, end, url, img, toc }: Chapter) => ({
    startTime: start,
    title,
    endTime: end,
    url,
    img: typeof img === 'object' ? pictureUrl(await serve({ src: img, alt: title }), site) : img,
    toc,
  });
  const all = [...chapters, ...silentChapters].toSorted((a, b) => a.start - b.start);
  return JSON.stringify({ version: '1.2.0', chapters: await Promise.all(all.map(written)) });
}
