import type { Track } from './facts.ts';
import { moreCode } from './more-code.ts';
import type { Playback } from './playback.ts';

/**
 * The one recording that keys, chapters and transcript mean: the one that played last, or else the first of the page.
 * Dispatches `change` on everything that happens to it, `start` when any recording of the page starts, and `end` when
 * one has played to its end.
 */
class Stage extends EventTarget {
  #playback: Playback | undefined;
  /** The recordings that are on the page. */
  readonly #offered = new Set<Playback>();

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
    this.#offered.add(playback);
    if (!this.#playback?.inUse) this.take(playback);
    this.watch(playback);
  }

  /** Takes back an offer: its page has gone. */
  withdraw(playback: Playback): void {
    this.#offered.delete(playback);
  }

  /** What plays a track already, or could: the one that is in use, or one that is on the page. */
  find({ episode, kind }: Pick<Track, 'episode' | 'kind'>): Playback | undefined {
    return this.#all.find(({ facts }) => facts.episode === episode && facts.kind === kind);
  }

  /** The recording of a page: the one that is in use, or the first that is on it. */
  onPage(path: string): Playback | undefined {
    return this.#all.find(({ facts }) => facts.page === path);
  }

  /** Puts a recording in the place of the one that was meant until now. */
  take(playback: Playback): void {
    if (playback === this.#playback) return;
    this.#playback?.removeEventListener('change', this.#forward);
    this.#playback?.close();
    this.#playback = playback;
    playback.addEventListener('change', this.#forward);
    this.dispatchEvent(new Event('change'));
  }

  /** Passes on what happens to a recording, which may be offered again: the same listener is then added only once. */
  watch(playback: Playback): void {
    playback.addEventListener('start', this.#started);
    playback.addEventListener('end', this.#forward);
    playback.addEventListener('keys', this.#keysAsked);
  }

  get #all(): Playback[] {
    return [...(this.#playback ? [this.#playback] : []), ...this.#offered];
  }

  readonly #started = (event: Event) => {
    this.take(event.target as Playback);
    void moreCode();
    this.#forward(event);
  };

  readonly #keysAsked = () => void moreCode().then(({ showKeySheet }) => showKeySheet());

  readonly #forward = ({ type }: Event) => {
    this.dispatchEvent(new Event(type));
  };
}

export const stage = new Stage();
