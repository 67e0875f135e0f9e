import type { Entry } from './content.ts';
import { isDay } from './date.ts';
import type { PodcastFacts } from './records.ts';
import { seconds } from '#site/length.ts';
import { url } from '#site/url.ts';

export function podcastFacts({ slug, data }: Entry<'episodes'>): Omit<PodcastFacts, 'silentChapters'> {
  const { chapters, soundbites = [] } = data;
  return {
    isDay: isDay(data.publishedAt),
    chaptersUrl: typeof chapters === 'string' ? url.asset(url.episode(slug), chapters) : chapters && url.chapters(slug),
    soundbites: soundbites.map(({ start, ...rest }) => ({ start: seconds(start), ...rest })),
  };
}

/** Whether the chapters of an episode are a list in its front matter, which is to be served as a file. */
export const listsChapters = ({ data }: Entry<'episodes'>): boolean => Array.isArray(data.chapters);
