import type { Entry } from './content.ts';
import { listsChapters } from './podcast.ts';
import { assets } from './recording.ts';
import { url } from '#site/url.ts';

/**
 * The addresses of what is published with an episode of this slug beside its page: its files, its chapters, and where it
 * is heard its player. Apps and other sites hold them. As many, in the same order, for every slug.
 */
export const besideEpisode = (entry: Entry<'episodes'>, isHeard: boolean, slug: string = entry.slug): string[] => [
  ...assets({ ...entry, slug }).map(({ url }) => url),
  ...(listsChapters(entry) ? [url.chapters(slug)] : []),
  ...(isHeard ? [url.embed(slug), url.oembed(slug)] : []),
];
