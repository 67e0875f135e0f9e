import { stage } from './stage.ts';

/** One tab of the site plays at a time. */
const tabs = new BroadcastChannel('player');

function playsHere(): void {
  if (!stage.playback?.isPlaying) return;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
  tabs.postMessage('start');
}

stage.addEventListener('start', playsHere);
playsHere();
tabs.addEventListener('message', () => {
  if (!stage.playback?.isPlaying) return;
  stage.playback.pause();
  stage.playback.notify('Paused: another tab plays');
});
