import { part, setText } from '#components/dom.ts';
import { clock } from '#site/length.ts';
import type { Facts } from './facts.ts';
import { stretchOf } from '#site/moment.ts';
import { moreCode } from './more-code.ts';
import { Playback } from './playback.ts';
import { playsOn, setPlaysOn } from './plays-on.ts';
import { SeekBar } from './seek-bar.ts';
import { stage } from './stage.ts';

/** The player of an episode's page. Its HTML is there already; this makes it work. */
export class EpisodePlayer extends HTMLElement {
  #media = part(this, 'media', HTMLMediaElement);
  readonly #controls = part(this, 'controls', HTMLElement);
  readonly #play = part(this, 'play', HTMLButtonElement);
  readonly #length = part(this, 'length', HTMLElement);
  readonly #notice = part(this, 'notice', HTMLElement);
  readonly #chapter = part(this, 'chapter', HTMLElement);
  readonly #speed = part(this, 'speed', HTMLSelectElement);
  readonly #sleep = part(this, 'sleep', HTMLSelectElement);
  readonly #mute = part(this, 'mute', HTMLButtonElement);
  readonly #volume = part(this, 'volume', HTMLInputElement);
  readonly #playsOn = this.querySelector<HTMLInputElement>('[data-part="plays-on"]');
  readonly #later = part(this, 'later', HTMLButtonElement);
  readonly #seekBar = new SeekBar(part(this, 'seek', HTMLInputElement), part(this, 'time', HTMLElement));
  readonly #sharing = part(this, 'share-panel', HTMLElement);
  readonly #leaving = new AbortController();
  #playback: Playback | undefined;

  get playback(): Playback | undefined {
    return this.#playback;
  }

  connectedCallback() {
    const facts = JSON.parse(this.dataset['recording'] ?? '') as Facts;
    const adopted = this.#adopted(facts);
    const playback = adopted ?? new Playback(this.#media, facts);
    this.#use(playback);
    adopted?.learn(facts);
    this.#connect();
    this.#begin(playback, adopted !== undefined);
    this.#render();
    this.#controls.inert = false;
  }

  disconnectedCallback() {
    this.#leaving.abort();
    if (this.#playback) stage.withdraw(this.#playback);
  }

  /** What plays already, when the reader has come back to its page: it goes on here, without a gap. */
  #adopted(facts: Facts): Playback | undefined {
    const { playback } = stage;
    const { episode, kind } = facts;
    if (!playback?.inUse || playback.facts.episode !== episode || playback.facts.kind !== kind) return undefined;
    const own = this.#media;
    playback.media.className = own.className;
    own.replaceWith(playback.media);
    this.#media = playback.media;
    return playback;
  }

  #use(playback: Playback): void {
    const { signal } = this.#leaving;
    this.#playback = playback;
    stage.offer(playback);
    playback.addEventListener('change', () => this.#render(), { signal });
    playback.addEventListener('release', () => this.#renew(playback), { signal });
    const { media } = playback;
    media.controls = false;
    if (!(media instanceof HTMLVideoElement)) return;
    media.addEventListener('click', () => !media.controls && this.#playback === playback && playback.toggle(), {
      signal,
    });
    // On the whole screen there is nothing of the page: the browser's own controls take over.
    media.addEventListener('fullscreenchange', () => (media.controls = document.fullscreenElement === media), {
      signal,
    });
  }

  /** The element plays something else from now on: another one takes its place on the page. */
  #renew({ media, facts }: Playback): void {
    if (this.#playback) stage.withdraw(this.#playback);
    const fresh = media.cloneNode(true) as HTMLMediaElement;
    media.before(fresh);
    // Out of the document it would be paused. The bar takes it from here.
    document.body.append(media);
    this.#media = fresh;
    this.#use(new Playback(fresh, facts));
    this.#render();
  }

  /**
   * Starts at the moment that the address names, or else gets ready where the reader left. What plays already is not
   * closed by an address that the reader has not just asked for.
   */
  #begin(playback: Playback, isAdopted: boolean): void {
    // On the way back the address still names where the reader once began.
    if (isAdopted && navigationType() === 'traverse') return;
    const stretch = stretchOf(location);
    if (stretch && (stage.playback === playback || navigationType() === 'push'))
      return playback.playFrom(stretch.start, stretch.end);
    const { savedPlace } = playback;
    if (isAdopted || savedPlace === undefined) return;
    playback.seek(savedPlace);
    playback.notify(`Resumes at ${clock(savedPlace)}`);
    const startOver = part(this, 'start-over', HTMLButtonElement);
    startOver.hidden = false;
    startOver.addEventListener('click', () => {
      this.#playback?.playFrom(0);
      this.#play.focus();
    });
    const used = () => (startOver.hidden = true);
    playback.media.addEventListener('play', used, { once: true });
    playback.media.addEventListener('seeked', used, { once: true });
  }

  #connect(): void {
    const actions: Record<string, (playback: Playback) => void> = {
      play: (playback) => playback.toggle(),
      back: (playback) => playback.skip(-15),
      on: (playback) => playback.skip(30),
      mute: (playback) => playback.toggleMute(),
      link: (playback) => void moreCode().then(({ copyMoment }) => copyMoment(playback)),
      keys: (playback) => playback.showKeys(),
      'full-screen': (playback) => playback.toggleFullScreen(),
      captions: (playback) => playback.toggleCaptions(),
      later: ({ facts }) => void moreCode().then(({ putBy }) => putBy(this.#later, facts)),
      more: ({ facts }) => void moreCode().then(({ showPutBy }) => showPutBy(this.#later, facts)),
    };
    const on = (name: string, event: string, act: (playback: Playback) => void) =>
      this.querySelector(`[data-part="${name}"]`)?.addEventListener(event, () => this.#playback && act(this.#playback));
    for (const [name, act] of Object.entries(actions)) on(name, 'click', act);
    this.#seekBar.onSeek = (seconds) => this.#playback?.seek(seconds);
    on('speed', 'change', (playback) => playback.setSpeed(Number(this.#speed.value)));
    on('sleep', 'change', (playback) => playback.sleep.set(this.#sleep.value));
    on('volume', 'input', (playback) => playback.setVolume(this.#volume.valueAsNumber));
    for (const name of ['more', 'share']) {
      const [button, panel] = [part(this, name, HTMLButtonElement), part(this, `${name}-panel`, HTMLElement)];
      button.addEventListener('click', () => {
        panel.hidden = !panel.hidden;
        button.ariaExpanded = String(!panel.hidden);
        this.#render();
      });
    }
    for (const button of this.querySelectorAll<HTMLElement>('[data-copy]'))
      button.addEventListener('click', () => void moreCode().then(({ copyFrom }) => copyFrom(button)));
    on('plays-on', 'change', () => setPlaysOn(this.#playsOn?.checked ?? false));
  }

  #render(): void {
    const { playback } = this;
    if (!playback) return;
    const { media, facts, time, duration, isPlaying, notice, state } = playback;
    this.toggleAttribute('data-in-use', playback.inUse);
    this.toggleAttribute('data-loading', state === 'loading');
    this.#play.ariaLabel = isPlaying ? 'Pause' : 'Play';
    this.#seekBar.show(time, duration);
    setText(this.#length, duration ? clock(duration) : 'the end');
    setText(this.#notice, notice);
    setText(this.#chapter, notice ? '' : (facts.chapters[playback.chapter]?.title ?? ''));
    if (!this.#sharing.hidden) setText(part(this.#sharing, 'moment', HTMLElement), clock(time));
    this.#speed.value = String(media.playbackRate);
    this.#sleep.value = playback.sleep.choice;
    this.#volume.valueAsNumber = media.muted ? 0 : media.volume;
    this.#mute.ariaPressed = String(media.muted);
    if (this.#playsOn) this.#playsOn.checked = playsOn();
    this.querySelector('[data-part="captions"]')?.setAttribute('aria-pressed', String(playback.hasCaptions));
  }
}

/** How the reader has just come here, where the browser says so and a page was put in the place of another one. */
const navigationType = () => ('navigation' in globalThis ? navigation.transition?.navigationType : undefined);
