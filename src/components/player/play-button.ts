import type { Track } from './facts.ts';
import { stage } from './stage.ts';

/** Plays and pauses an episode where it is listed. */
export class PlayButton extends HTMLElement {
  #leaving = new AbortController();

  connectedCallback() {
    const button = this.querySelector('button');
    const track = JSON.parse(this.dataset['track'] ?? '') as Track;
    if (!button) return;
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    const rest = (button.ariaLabel ?? '').replace(/^\w+/, '');
    const render = () => (button.ariaLabel = `${isPlaying(track) ? 'Pause' : 'Play'}${rest}`);
    button.addEventListener('click', () => stage.toggle(track), { signal });
    stage.addEventListener('change', render, { signal });
    render();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }
}

const isPlaying = (track: Track) => Boolean(stage.find(track)?.isPlaying);
