import type { Track } from './facts.ts';
import { Playback } from './playback.ts';
import { playsOn } from './plays-on.ts';
import { stage } from './stage.ts';

/** Recordings that are on no page: begun from a list, the next one after the end, what played on the page before. */

/** Plays a track from where the reader left it, or goes on with it; pauses it where it plays. */
export function toggle(track: Track): void {
  const found = stage.find(track);
  if (found) found.toggle();
  else begin(ready(track));
}

/** A recording at the place where the reader left it. */
export function ready(track: Track, media: HTMLMediaElement = document.createElement(track.kind)): Playback {
  media.preload = 'none';
  media.src = track.source;
  const playback = playbackOf(track, media);
  const { savedPlace } = playback;
  if (savedPlace !== undefined) playback.seek(savedPlace);
  return playback;
}

/** Goes on with an element that plays a track already, or is about to. */
export function takeOver(track: Track, media: HTMLMediaElement): void {
  begin(playbackOf(track, media));
}

/** Plays what comes after the one that is in use, by the same element where it can. */
export function playNext(): void {
  const { playback } = stage;
  const next = playback?.facts.next;
  if (!playback || !next) return;
  const onPage = stage.find(next);
  if (onPage) onPage.play();
  else begin(ready(next, next.kind === playback.facts.kind ? playback.release() : undefined));
}

stage.addEventListener('end', () => {
  if (playsOn()) playNext();
});

function begin(playback: Playback): void {
  stage.take(playback);
  playback.play();
}

function playbackOf(track: Track, media: HTMLMediaElement): Playback {
  media.ariaLabel = track.title;
  const playback = new Playback(media, { ...track, show: '', chapters: [], isPartial: true });
  stage.watch(playback);
  return playback;
}
