import { addressKey, url } from '#site/url.ts';
import type { CatalogProblem, Content, Entry } from './content.ts';
import { listsChapters, podcastFacts } from './podcast.ts';
import { assets } from './recording.ts';

/**
 * The addresses of what is published with an episode of this slug beside its page: its files, its chapters, and where it
 * is heard its player. Apps and other sites hold them. As many, in the same order, for every slug.
 */
export const besideEpisode = (entry: Entry<'episodes'>, isHeard: boolean, slug: string = entry.slug): string[] => [
  ...assets({ ...entry, slug }).map(({ url }) => url),
  ...(listsChapters(entry) ? [url.chapters(slug)] : []),
  ...(isHeard ? [url.embed(slug), url.oembed(slug)] : []),
];

/** A problem for each transcript that would be at the address of its episode's chapters: both may be JSON. */
export const sharedFiles = ({ episodes }: Content): CatalogProblem[] =>
  episodes.flatMap((entry): CatalogProblem | [] => {
    const { slug, data } = entry;
    const { transcript } = data;
    const { chaptersUrl } = podcastFacts(entry);
    if (typeof transcript !== 'string' || chaptersUrl === undefined) return [];
    if (addressKey(url.asset(url.episode(slug), transcript)) !== addressKey(chaptersUrl)) return [];
    const what = `${transcript} would be at the address of its chapters, ${chaptersUrl}: give it another name`;
    return { collection: 'episodes', slug, field: ['transcript'], what, fix: 'by hand' };
  });
