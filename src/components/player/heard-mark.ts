import { setText } from '#components/dom.ts';
import { spokenLength } from '#site/length.ts';
import { listening, listenTo } from './listens.ts';

/** Says what the reader has heard of an episode, from what their device remembers. */
export class HeardMark extends HTMLElement {
  #leaving = new AbortController();

  connectedCallback() {
    this.#leaving = new AbortController();
    listening.addEventListener('change', () => this.#render(), { signal: this.#leaving.signal });
    this.#render();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  #render(): void {
    const { place, isPlayed, track } = listenTo(this.dataset['episode'] ?? '') ?? {};
    const left = place !== undefined && track && track.duration > place ? track.duration - place : undefined;
    setText(this, left !== undefined ? `${spokenLength(left)} left` : isPlayed ? 'Played' : '');
  }
}
