import type { EpisodeRecord } from '#catalog/records.ts';

/** The chapters of an episode as apps read them (Podcasting 2.0, JSON chapters 1.2.0). */
export const chaptersFile = ({ chapters }: Pick<EpisodeRecord, 'chapters'>): string =>
  JSON.stringify({ version: '1.2.0', chapters: chapters.map(({ start, title }) => ({ startTime: start, title })) });
