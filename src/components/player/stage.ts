import type { Playback } from './playback.ts';

/**
 * The one recording that keys, chapters and transcript mean: the one that played last, or else the first of the page.
 * Dispatches `change` on everything that happens to it, `start` when any recording of the page starts, and `keys` when
 * the list of keys is asked for.
 */
class Stage extends EventTarget {
  #playback: Playback | undefined;

  get playback(): Playback | undefined {
    return this.#playback;
  }

  constructor() {
    super();
    // A phone that puts a page away may end it without a pagehide.
    for (const event of ['pagehide', 'visibilitychange']) addEventListener(event, () => this.#playback?.savePlace());
  }

  /** A recording that is ready, on the page. It does not take the place of one that is in use. */
  offer(playback: Playback): void {
    if (!this.#playback?.inUse) this.#take(playback);
    // One that goes on in another page's player is offered again; the same listener is then added only once.
    playback.addEventListener('start', this.#started);
    playback.addEventListener('keys', this.#forward);
  }

  #take(playback: Playback): void {
    if (playback === this.#playback) return;
    this.#playback?.removeEventListener('change', this.#forward);
    this.#playback?.close();
    this.#playback = playback;
    playback.addEventListener('change', this.#forward);
    this.dispatchEvent(new Event('change'));
  }

  readonly #started = (event: Event) => {
    this.#take(event.target as Playback);
    this.#forward(event);
  };

  readonly #forward = ({ type }: Event) => {
    this.dispatchEvent(new Event(type));
  };
}

export const stage = new Stage();
