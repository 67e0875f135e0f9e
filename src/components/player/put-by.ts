import type { Track } from './facts.ts';
import { keepListen, listenTo } from './listens.ts';

/** Says on a button whether an episode is on the list for later. */
export function showPutBy(button: HTMLButtonElement, { episode }: Track): void {
  button.ariaPressed = String(listenTo(episode)?.isLater ?? false);
}

/** Puts an episode on the list for later, or takes it from there. */
export function putBy(button: HTMLButtonElement, track: Track): void {
  keepListen(track, { isLater: !listenTo(track.episode)?.isLater });
  showPutBy(button, track);
}
