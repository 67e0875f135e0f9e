import type { Track } from './facts.ts';
import { Follower } from './follower.ts';
import { takeOver, toggle } from './program.ts';
import { stage } from './stage.ts';

/** Plays and pauses an episode where it is listed. */
export class PlayButton extends Follower {
  protected readonly followed = stage;
  /** What has begun to play by a click that came before this code. */
  declare media: HTMLMediaElement | undefined;

  constructor() {
    super();
    this.addEventListener('click', () => toggle(this.#track));
  }

  override connectedCallback() {
    if (this.media) takeOver(this.#track, this.media);
    this.media = undefined;
    super.connectedCallback();
  }

  get #track() {
    return JSON.parse(this.dataset['track'] ?? '') as Track;
  }

  protected render(): void {
    const button = this.querySelector('button');
    const word = stage.find(this.#track)?.isPlaying ? 'Pause' : 'Play';
    if (button) button.ariaLabel = (button.ariaLabel ?? '').replace(/^\w+/, word);
  }
}
