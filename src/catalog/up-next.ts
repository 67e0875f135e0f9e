import type { EpisodeCard, Playable } from './records.ts';

/**
 * What is played after each episode, by its slug: the next one of its season that has a recording in a file, and after
 * the last of a season the newest of all. `episodes` are newest first.
 */
export function upNext(episodes: readonly EpisodeCard[]): Map<string, Playable> {
  const newest = episodes.find(({ play }) => play);
  const following = new Map<number | undefined, EpisodeCard>();
  const found = new Map<string, Playable>();
  for (const episode of episodes) {
    const next = following.get(episode.season) ?? newest;
    if (next && next !== episode) found.set(episode.slug, playable(next));
    if (episode.play) following.set(episode.season, episode);
  }
  return found;
}

const playable = ({ slug, title, label, url, play, duration, thumb }: EpisodeCard): Playable => ({
  ...{ slug, title, label, url, play, duration, thumb },
});
