import { spokenLength } from '#site/length.ts';
import type { Listen } from './listens.ts';

/** How far a reader came, in words: "29 min left", "Played"; nothing where there is nothing to say. */
export function heard(listen: Listen | undefined): string {
  const { place, isPlayed, track } = listen ?? {};
  if (track && place !== undefined && track.duration > place) return `${spokenLength(track.duration - place)} left`;
  return isPlayed ? 'Played' : '';
}
