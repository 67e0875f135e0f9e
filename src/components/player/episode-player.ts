import { part, setText } from '#components/dom.ts';
import { clock } from '#site/length.ts';
import type { Facts } from './facts.ts';
import { momentOf } from '#site/moment.ts';
import { addressAt } from './moment.ts';
import { Playback } from './playback.ts';
import { SeekBar } from './seek-bar.ts';
import { stage } from './stage.ts';

/** The player of an episode's page. Its HTML is there already; this makes it work. */
export class EpisodePlayer extends HTMLElement {
  readonly #media = part(this, 'media', HTMLMediaElement);
  readonly #controls = part(this, 'controls', HTMLElement);
  readonly #play = part(this, 'play', HTMLButtonElement);
  readonly #length = part(this, 'length', HTMLElement);
  readonly #notice = part(this, 'notice', HTMLElement);
  readonly #chapter = part(this, 'chapter', HTMLElement);
  readonly #speed = part(this, 'speed', HTMLSelectElement);
  readonly #sleep = part(this, 'sleep', HTMLSelectElement);
  readonly #mute = part(this, 'mute', HTMLButtonElement);
  readonly #volume = part(this, 'volume', HTMLInputElement);
  readonly #seekBar = new SeekBar(part(this, 'seek', HTMLInputElement), part(this, 'time', HTMLElement));
  readonly #leaving = new AbortController();
  #playback: Playback | undefined;

  get playback(): Playback | undefined {
    return this.#playback;
  }

  connectedCallback() {
    const facts = JSON.parse(this.dataset['recording'] ?? '') as Facts;
    const adopted = this.#adopted(facts);
    const playback = adopted ?? new Playback(this.#media, facts);
    this.#playback = playback;
    stage.offer(playback);
    this.#connect(playback);
    this.#begin(playback, adopted !== undefined);
    this.#render();
    this.#controls.inert = false;
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** What plays already, when the reader has come back to its page: it goes on here, without a gap. */
  #adopted({ episode, kind }: Facts): Playback | undefined {
    const { playback } = stage;
    if (!playback?.inUse || playback.facts.episode !== episode || playback.facts.kind !== kind) return undefined;
    const own = this.#media;
    playback.media.className = own.className;
    own.replaceWith(playback.media);
    return playback;
  }

  /**
   * Starts at the moment that the address names, or else gets ready where the reader left. What plays already is not
   * closed by an address that the reader has not just asked for.
   */
  #begin(playback: Playback, isAdopted: boolean): void {
    // On the way back the address still names where the reader once began.
    if (isAdopted && navigation.transition?.navigationType === 'traverse') return;
    const moment = momentOf(location);
    if (moment !== undefined && (stage.playback === playback || wasFollowed())) return playback.playFrom(moment);
    const { savedPlace } = playback;
    if (isAdopted || savedPlace === undefined) return;
    playback.seek(savedPlace);
    playback.notify(`Resumes at ${clock(savedPlace)}`);
    const startOver = part(this, 'start-over', HTMLButtonElement);
    startOver.hidden = false;
    startOver.addEventListener('click', () => {
      playback.playFrom(0);
      this.#play.focus();
    });
    const used = () => (startOver.hidden = true);
    playback.media.addEventListener('play', used, { once: true });
    playback.media.addEventListener('seeked', used, { once: true });
  }

  #connect(playback: Playback): void {
    const { signal } = this.#leaving;
    playback.addEventListener('change', () => this.#render(), { signal });
    playback.media.controls = false;
    const actions = {
      play: () => playback.toggle(),
      back: () => playback.skip(-15),
      on: () => playback.skip(30),
      mute: () => playback.toggleMute(),
      link: () => this.#copyLink(playback),
      keys: () => playback.showKeys(),
      'full-screen': () => playback.toggleFullScreen(),
      captions: () => playback.toggleCaptions(),
    };
    for (const [name, action] of Object.entries(actions))
      this.querySelector(`[data-part="${name}"]`)?.addEventListener('click', action);
    const { media } = playback;
    if (media instanceof HTMLVideoElement) {
      media.addEventListener('click', () => !media.controls && playback.toggle(), { signal });
      // On the whole screen there is nothing of the page: the browser's own controls take over.
      media.addEventListener('fullscreenchange', () => (media.controls = document.fullscreenElement === media), {
        signal,
      });
    }
    this.#seekBar.onSeek = (seconds) => playback.seek(seconds);
    this.#speed.addEventListener('change', () => playback.setSpeed(Number(this.#speed.value)));
    this.#sleep.addEventListener('change', () => playback.sleep.set(this.#sleep.value));
    this.#volume.addEventListener('input', () => playback.setVolume(this.#volume.valueAsNumber));
  }

  #render(): void {
    const { playback } = this;
    if (!playback) return;
    const { media, facts, time, duration, isPlaying, notice } = playback;
    this.toggleAttribute('data-playing', isPlaying);
    this.toggleAttribute('data-in-use', playback.inUse);
    this.toggleAttribute('data-failed', playback.hasFailed);
    this.#play.ariaLabel = isPlaying ? 'Pause' : 'Play';
    this.#seekBar.show(time, duration);
    setText(this.#length, duration ? clock(duration) : 'the end');
    setText(this.#notice, notice);
    setText(this.#chapter, notice ? '' : (facts.chapters[playback.chapter]?.title ?? ''));
    this.#speed.value = String(media.playbackRate);
    this.#sleep.value = playback.sleep.choice;
    this.#volume.valueAsNumber = media.muted ? 0 : media.volume;
    this.#mute.ariaPressed = String(media.muted);
    this.querySelector('[data-part="captions"]')?.setAttribute('aria-pressed', String(playback.hasCaptions));
  }

  async #copyLink(playback: Playback): Promise<void> {
    const link = addressAt(new URL(playback.facts.page, location.href), playback.time);
    try {
      await navigator.clipboard.writeText(link);
      playback.notify(`Link to ${clock(playback.time)} copied`);
    } catch {
      history.replaceState(history.state, '', link);
      playback.notify('The link is in the address bar');
    }
  }
}

/** Whether the reader has just followed a link to this page. */
const wasFollowed = () => 'navigation' in globalThis && navigation.transition?.navigationType === 'push';
