import type { Entry } from './content.ts';
import { seconds } from './recording.ts';
import { url } from './url.ts';

/** What only feeds tell of an episode. */
export interface PodcastFacts {
  /** Where its chapters are served as a file (Podcasting 2.0); none for an episode without chapters. */
  chaptersUrl?: string | undefined;
  /** Passages that stand alone, in seconds. */
  soundbites: { start: number; duration: number; title: string }[];
}

export function podcastFacts({ slug, data }: Entry<'episodes'>): PodcastFacts {
  const { chapters, soundbites = [] } = data;
  return {
    chaptersUrl: typeof chapters === 'string' ? url.asset(url.episode(slug), chapters) : chapters && url.chapters(slug),
    soundbites: soundbites.map(({ start, ...rest }) => ({ start: seconds(start), ...rest })),
  };
}

/** Whether the chapters of an episode are a list in its front matter, which is to be served as a file. */
export const listsChapters = ({ data }: Entry<'episodes'>): boolean => Array.isArray(data.chapters);
