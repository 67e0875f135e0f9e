import type { EpisodeRecord } from '#catalog/records.ts';

/** The chapters of an episode as apps read them (Podcasting 2.0, JSON chapters 1.2.0). */
export const chaptersFile = ({
  chapters,
  silentChapters,
}: Pick<EpisodeRecord, 'chapters' | 'silentChapters'>): string =>
  JSON.stringify({
    version: '1.2.0',
    chapters: [...chapters, ...silentChapters]
      .toSorted((a, b) => a.start - b.start)
      .map(({ start, title, end, url, img, toc }) => ({ startTime: start, title, endTime: end, url, img, toc })),
  });
