import { clock } from '#catalog/length.ts';
import type { Facts } from './facts.ts';
import type { Keyboard } from './keys.ts';
import { recall, remember } from './memory.ts';
import { isWorthResuming } from './resume.ts';
import { SleepTimer } from './sleep.ts';
import { keptSpeed, speedBeside } from './speeds.ts';
import { indexAt, startAfter, startBefore } from './timeline.ts';

/**
 * A recording as it plays. It outlives the page: the page's player, the bar at the foot of other pages and the system's
 * own controls are views of it. It tells them of every change by `change`, and what to say to the reader by `notice`.
 */
export class Playback extends EventTarget implements Keyboard {
  readonly media: HTMLMediaElement;
  readonly facts: Facts;
  readonly sleep = new SleepTimer(() => this.#fallAsleep());
  /** Whether it has been played, and not been put away since. */
  inUse = false;
  notice = '';

  constructor(media: HTMLMediaElement, facts: Facts) {
    super();
    this.media = media;
    this.facts = facts;
    media.defaultPlaybackRate = media.playbackRate = keptSpeed(recall('speed'));
    media.volume = Number(recall('volume') ?? 1);
    for (const event of changes) media.addEventListener(event, () => this.#changed());
    media.addEventListener('play', () => this.#started());
    media.addEventListener('pause', () => this.keep());
    media.addEventListener('waiting', () => this.tell('Loading…'));
    media.addEventListener('playing', () => this.tell(''));
    media.addEventListener('ended', () => this.#ended());
    media.addEventListener('error', () => this.tell('The recording did not load. Try again, or download it below.'));
  }

  get time(): number {
    return this.media.currentTime;
  }

  get duration(): number {
    return Number.isFinite(this.media.duration) ? this.media.duration : this.facts.duration;
  }

  get isPlaying(): boolean {
    return !this.media.paused;
  }

  get chapter(): number {
    return indexAt(this.facts.chapters, this.time);
  }

  /** Where the reader left the episode the last time, in seconds, if that is worth going back to. */
  get left(): number | undefined {
    const seconds = Number(recall(this.#place));
    return isWorthResuming(seconds, this.facts.duration) ? seconds : undefined;
  }

  play(): void {
    this.media.play().catch((error: DOMException) => {
      // A browser that wants a press first has the moment ready for it.
      if (error.name === 'NotAllowedError') this.tell(`Ready to play from ${clock(this.time)}`);
    });
  }

  pause(): void {
    this.media.pause();
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  /** Works before anything is loaded: the element then starts there. */
  seek(seconds: number): void {
    this.media.currentTime = Math.min(Math.max(seconds, 0), this.duration);
    this.tell('');
  }

  playFrom(seconds: number): void {
    this.seek(seconds);
    this.play();
  }

  skip(seconds: number): void {
    this.seek(this.time + seconds);
  }

  seekTo(share: number): void {
    this.seek(share * this.duration);
  }

  previousChapter(): void {
    this.seek(startBefore(this.facts.chapters, this.time));
  }

  nextChapter(): void {
    this.seek(startAfter(this.facts.chapters, this.time) ?? this.time);
  }

  setSpeed(speed: number): void {
    this.media.defaultPlaybackRate = this.media.playbackRate = speed;
    remember('speed', speed);
  }

  faster(steps: number): void {
    this.setSpeed(speedBeside(this.media.playbackRate, steps));
    this.tell(`Speed ${this.media.playbackRate}`);
  }

  setVolume(volume: number): void {
    this.media.volume = Math.min(Math.max(volume, 0), 1);
    this.media.muted = false;
    remember('volume', this.media.volume);
  }

  louder(share: number): void {
    this.setVolume(Math.round((this.media.volume + share) * 100) / 100);
    this.tell(`Volume ${Math.round(this.media.volume * 100)} %`);
  }

  toggleMute(): void {
    this.media.muted = !this.media.muted;
    this.tell(this.media.muted ? 'Muted' : 'Sound on');
  }

  /** Says something to the reader; the empty text takes it back. */
  tell(notice: string): void {
    this.notice = notice;
    this.#changed();
  }

  /** Keeps the reader's place on their device. */
  keep(): void {
    if (this.inUse) remember(this.#place, isWorthResuming(this.time, this.duration) ? this.time.toFixed(1) : undefined);
  }

  /** Forgets the reader's place. */
  forget(): void {
    remember(this.#place);
  }

  putAway(): void {
    this.keep();
    this.pause();
    this.inUse = false;
    this.#changed();
  }

  toggleFullScreen(): void {
    if (!(this.media instanceof HTMLVideoElement)) return;
    if (document.fullscreenElement) void document.exitFullscreen();
    else void this.media.requestFullscreen();
  }

  get hasCaptions(): boolean {
    return this.media.textTracks[0]?.mode === 'showing';
  }

  toggleCaptions(): void {
    const [captions] = this.media.textTracks;
    if (captions) captions.mode = this.hasCaptions ? 'hidden' : 'showing';
    this.tell(this.hasCaptions ? 'Captions on' : 'Captions off');
  }

  showKeys(): void {
    void import('./key-sheet.ts').then(({ showKeySheet }) => showKeySheet());
  }

  get #place(): string {
    return `place:${this.facts.episode}`;
  }

  #started(): void {
    this.inUse = true;
    this.dispatchEvent(new Event('start'));
  }

  #ended(): void {
    if (this.sleep.choice === 'end') this.sleep.set('off');
    this.forget();
    this.tell('The end');
  }

  #fallAsleep(): void {
    this.pause();
    this.sleep.set('off');
    this.tell('Paused by the sleep timer');
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

const changes = ['play', 'pause', 'timeupdate', 'seeking', 'durationchange', 'ratechange', 'volumechange', 'emptied'];
