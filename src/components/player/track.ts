import { getImage } from 'astro:assets';
import type { EpisodeCard } from '#catalog/records.ts';
import type { Track } from './facts.ts';

/** The side of the small pictures of episodes in lists and in the bar, in pixels: 96 on a screen with two for one. */
export const thumbSize = 192;

/** What a button that plays an episode is given; undefined for one without a recording in a file. */
export async function trackOf(
  episode: Pick<EpisodeCard, 'slug' | 'title' | 'label' | 'url' | 'play' | 'duration' | 'thumb'>,
): Promise<Track | undefined> {
  const { slug, title, label, url, play, duration, thumb } = episode;
  if (!play) return undefined;
  const cover =
    thumb &&
    (await getImage({
      ...{ src: thumb.src, width: thumbSize, height: thumbSize },
      ...{ fit: 'cover', layout: 'none', format: 'webp' },
    }));
  return {
    ...{ episode: slug, kind: play.kind, title, label, page: url, source: play.url },
    duration: duration ?? 0,
    cover: cover?.src,
  };
}
