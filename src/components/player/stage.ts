import type { Playback } from './playback.ts';

/**
 * The one recording that keys, chapters and transcript mean: the one that played last, or else the first of the page.
 * Tells by `change` of everything that happens to it.
 */
class Stage extends EventTarget {
  #playback: Playback | undefined;

  get playback(): Playback | undefined {
    return this.#playback;
  }

  constructor() {
    super();
    // A phone that puts a page away may end it without a pagehide.
    for (const event of ['pagehide', 'visibilitychange']) addEventListener(event, () => this.#playback?.keep());
  }

  /** A recording that is ready, on the page. It does not take the place of one that is in use. */
  offer(playback: Playback): void {
    if (!this.#playback?.inUse) this.#take(playback);
    playback.addEventListener('start', () => {
      this.#take(playback);
      void import('./on-air.ts');
    });
  }

  #take(playback: Playback): void {
    if (playback === this.#playback) return;
    this.#playback?.removeEventListener('change', this.#changed);
    this.#playback?.putAway();
    this.#playback = playback;
    playback.addEventListener('change', this.#changed);
    this.#changed();
  }

  readonly #changed = () => {
    this.dispatchEvent(new Event('change'));
  };
}

export const stage = new Stage();
