import { stage } from './stage.ts';

/** The controls of the system: a locked phone, the keys of a headset, the tab's own menu. */
const { mediaSession } = navigator;

const actions: Record<string, (details: MediaSessionActionDetails) => void> = {
  play: () => stage.playback?.play(),
  pause: () => stage.playback?.pause(),
  seekbackward: ({ seekOffset }) => stage.playback?.skip(-(seekOffset ?? 15)),
  seekforward: ({ seekOffset }) => stage.playback?.skip(seekOffset ?? 30),
  seekto: ({ seekTime }) => stage.playback?.seek(seekTime ?? 0),
  previoustrack: () => stage.playback?.previousChapter(),
  nexttrack: () => stage.playback?.nextChapter(),
};

for (const [name, act] of Object.entries(actions))
  try {
    mediaSession.setActionHandler(name as MediaSessionAction, act);
  } catch {
    // A browser that does not know the action has no control for it.
  }

let shown: unknown;

stage.addEventListener('change', show);
show();

function show(): void {
  const { playback } = stage;
  if (!playback) return;
  const { facts, media, time, duration, isPlaying } = playback;
  if (shown !== facts) {
    mediaSession.metadata = new MediaMetadata({
      title: facts.title,
      artist: facts.show,
      album: facts.show,
      artwork: facts.artwork ? [{ src: facts.artwork, sizes: '512x512', type: 'image/jpeg' }] : [],
    });
    shown = facts;
  }
  mediaSession.playbackState = isPlaying ? 'playing' : 'paused';
  mediaSession.setPositionState({ duration, playbackRate: media.playbackRate, position: Math.min(time, duration) });
}
