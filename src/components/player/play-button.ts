import type { Track } from './facts.ts';
import { takeOver, toggle } from './program.ts';
import { stage } from './stage.ts';

/** Plays and pauses an episode where it is listed. */
export class PlayButton extends HTMLElement {
  #leaving = new AbortController();
  /** What has begun to play by a click that came before this code. */
  declare media: HTMLMediaElement | undefined;

  connectedCallback() {
    const button = this.querySelector('button');
    const track = JSON.parse(this.dataset['track'] ?? '') as Track;
    if (!button) return;
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    const rest = (button.ariaLabel ?? '').replace(/^\w+/, '');
    const render = () => (button.ariaLabel = `${isPlaying(track) ? 'Pause' : 'Play'}${rest}`);
    button.addEventListener('click', () => toggle(track), { signal });
    stage.addEventListener('change', render, { signal });
    if (this.media) takeOver(track, this.media);
    this.media = undefined;
    render();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }
}

const isPlaying = (track: Track) => Boolean(stage.find(track)?.isPlaying);
