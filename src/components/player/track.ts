import { getImage } from 'astro:assets';
import type { EpisodeCard } from '#catalog/records.ts';
import type { Track } from './facts.ts';

/** The side of the small pictures of episodes in lists and in the bar, in pixels: 96 on a screen with two for one. */
export const thumbSize = 192;

/** What it takes to play an episode, with its picture; undefined for one without a recording in a file. */
export async function trackOf(
  episode: Pick<EpisodeCard, 'slug' | 'title' | 'label' | 'url' | 'play' | 'duration' | 'thumb'>,
): Promise<Track | undefined> {
  const track = plainTrack(episode);
  const { thumb } = episode;
  if (!track) return undefined;
  const cover =
    thumb &&
    (await getImage({
      ...{ src: thumb.src, width: thumbSize, height: thumbSize },
      ...{ fit: 'cover', position: thumb.focus, layout: 'none', format: 'webp' },
    }));
  return { ...track, cover: cover?.src };
}

/** The same without its picture, which a button in a list learns from the episode's own page. */
export function plainTrack({
  slug,
  title,
  label,
  url,
  play,
  duration = 0,
}: Pick<EpisodeCard, 'slug' | 'title' | 'label' | 'url' | 'play' | 'duration'>): Track | undefined {
  return play && { episode: slug, kind: play.kind, title, label, page: url, source: play.url, duration };
}
