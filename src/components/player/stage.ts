import type { Track } from './facts.ts';
import { Playback } from './playback.ts';
import { recall, remember } from './memory.ts';

/**
 * The one recording that keys, chapters and transcript mean: the one that played last, or else the first of the page.
 * Dispatches `change` on everything that happens to it, `start` when any recording of the page starts, and `keys` when
 * the list of keys is asked for.
 */
class Stage extends EventTarget {
  #playback: Playback | undefined;
  /** The recordings that are on the page. */
  readonly #offered = new Set<Playback>();
  readonly #tabs = new BroadcastChannel('player');

  get playback(): Playback | undefined {
    return this.#playback;
  }

  /** Whether the next episode goes on by itself at the end of one: the reader's choice, kept. */
  get playsOn(): boolean {
    return recall('plays-on') === 'yes';
  }

  set playsOn(wanted: boolean) {
    remember('plays-on', wanted ? 'yes' : undefined);
    this.dispatchEvent(new Event('change'));
  }

  constructor() {
    super();
    // A phone that puts a page away may end it without a pagehide.
    for (const event of ['pagehide', 'visibilitychange']) addEventListener(event, () => this.#playback?.savePlace());
    // Another tab has begun to play.
    this.#tabs.addEventListener('message', () => {
      if (!this.#playback?.isPlaying) return;
      this.#playback.pause();
      this.#playback.notify('Paused: another tab plays');
    });
  }

  /** A recording that is ready, on the page. It does not take the place of one that is in use. */
  offer(playback: Playback): void {
    this.#offered.add(playback);
    if (!this.#playback?.inUse) this.#take(playback);
    this.#listen(playback);
  }

  /** Takes back an offer: its page has gone. */
  withdraw(playback: Playback): void {
    this.#offered.delete(playback);
  }

  /** What plays a track already, or could: the one that is in use, or one that is on the page. */
  find({ episode, kind }: Pick<Track, 'episode' | 'kind'>): Playback | undefined {
    return [...(this.#playback ? [this.#playback] : []), ...this.#offered].find(
      ({ facts }) => facts.episode === episode && facts.kind === kind,
    );
  }

  /** The recording of a page: the one that is in use, or the first that is on it. */
  onPage(path: string): Playback | undefined {
    return [...(this.#playback ? [this.#playback] : []), ...this.#offered].find(({ facts }) => facts.page === path);
  }

  /** Plays a track from where the reader left it, or goes on with it; pauses it where it plays. */
  toggle(track: Track): void {
    const found = this.find(track);
    if (found) return found.toggle();
    this.#begin(this.ready(track));
  }

  /** A recording that is on no page, at the place where the reader left it. */
  ready(track: Track, media: HTMLMediaElement = document.createElement(track.kind)): Playback {
    media.preload = 'none';
    media.src = track.source;
    media.ariaLabel = track.title;
    const playback = new Playback(media, { ...track, show: '', chapters: [], isPartial: true });
    this.#listen(playback);
    const { savedPlace } = playback;
    if (savedPlace !== undefined) playback.seek(savedPlace);
    return playback;
  }

  /** Shows a recording that played on the page before, ready to go on. */
  resume(playback: Playback, seconds: number): void {
    this.#take(playback);
    playback.wait(seconds);
    this.dispatchEvent(new Event('start'));
  }

  /** What comes after the one that is in use, by the same element where it can. */
  playNext(): void {
    const { playback } = this;
    const next = playback?.facts.next;
    if (!playback || !next) return;
    const onPage = this.find(next);
    if (onPage) return onPage.play();
    this.#begin(this.ready(next, next.kind === playback.facts.kind ? playback.release() : undefined));
  }

  #begin(playback: Playback): void {
    this.#take(playback);
    playback.play();
  }

  #listen(playback: Playback): void {
    // One that goes on in another page's player is offered again; the same listener is then added only once.
    playback.addEventListener('start', this.#started);
    playback.addEventListener('end', this.#ended);
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
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
    this.#tabs.postMessage('start');
    this.#forward(event);
  };

  readonly #ended = () => {
    if (this.playsOn) this.playNext();
  };

  readonly #forward = ({ type }: Event) => {
    this.dispatchEvent(new Event(type));
  };
}

export const stage = new Stage();
