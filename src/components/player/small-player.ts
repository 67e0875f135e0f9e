import { part, setText } from '#components/dom.ts';
import { clock } from '#site/length.ts';
import { Follower } from './follower.ts';
import { stage } from './stage.ts';
import { shareOf } from './timeline.ts';

/** Plays and pauses the recording of its page from beside a long text, and shows where it stands. */
export class SmallPlayer extends Follower {
  protected readonly followed = stage;
  readonly #play = part(this, 'play', HTMLButtonElement);

  constructor() {
    super();
    this.#play.addEventListener('click', () => this.#playback?.toggle());
  }

  get #playback() {
    return stage.onPage(location.pathname);
  }

  protected render(): void {
    const playback = this.#playback;
    this.hidden = !playback;
    if (!playback) return;
    const { facts, time, duration, isPlaying, notice } = playback;
    this.#play.ariaLabel = isPlaying ? 'Pause' : 'Play';
    setText(part(this, 'what', HTMLElement), notice || (facts.chapters[playback.chapter]?.title ?? facts.title));
    setText(part(this, 'time', HTMLElement), clock(time));
    part(this, 'played', HTMLElement).style.width = `${shareOf(time, duration)}%`;
  }
}
