import { clock } from '#site/length.ts';
import type { Facts } from './facts.ts';
import type { Keyboard } from './keys.ts';
import { keepListen, listenTo } from './listens.ts';
import { recall, remember } from './memory.ts';
import { isOver, isWorthResuming, placeAfter, type Stretch } from './resume.ts';
import { SleepTimer } from './sleep.ts';
import { keptSpeed, speedBeside } from './speeds.ts';
import { indexAt, startAfter, startBefore } from './timeline.ts';

/**
 * A recording as it plays. It outlives the page: the page's player, the bar at the foot of other pages and the system's
 * own controls are views of it. It knows none of them: it dispatches `change` on every change (what to say to the reader
 * is then in `notice`), `start` when it begins to play, `end` when it has played to its end, `release` when it gives its
 * element away, and `keys` when the list of keys is asked for.
 */
export class Playback extends EventTarget implements Keyboard {
  readonly media: HTMLMediaElement;
  facts: Facts;
  readonly sleep = new SleepTimer(() => this.#fallAsleep());
  /** Whether it has been played, and not been closed since. */
  inUse = false;
  /** Whether it played on the page before this one, and waits to be asked to go on: browsers start no sound unasked. */
  isLeft = false;
  notice = '';
  #heard: Stretch = { from: 0, to: 0 };
  /** The end of the stretch that was saved last. */
  #savedAt = 0;
  /** Where to go on once a recording that failed is loaded anew: until then its element seeks nowhere. Seconds. */
  #resumeAt: number | undefined;
  /** Whether nothing comes any more of a recording that is asked for. */
  #isStalled = false;
  #isAsleep = false;
  /** Where to stop, in seconds: at the end of a stretch that was asked for alone. */
  #stopAt = Infinity;
  readonly #released = new AbortController();

  constructor(media: HTMLMediaElement, facts: Facts) {
    super();
    this.media = media;
    this.facts = facts;
    media.defaultPlaybackRate = media.playbackRate = keptSpeed(recall('speed'));
    media.volume = Number(recall('volume') ?? 1);
    const on = (event: string, act: () => void) =>
      media.addEventListener(event, act, { signal: this.#released.signal });
    for (const event of changes) on(event, () => this.#changed());
    on('play', () => this.#started());
    on('pause', () => this.#paused());
    on('timeupdate', () => this.#playedOn());
    on('seeking', () => this.#jumped());
    on('waiting', () => this.notify(loading));
    on('stalled', () => this.#stalled());
    for (const event of ['progress', 'playing', 'emptied']) on(event, () => (this.#isStalled = false));
    on('emptied', () => (this.#resumeAt = undefined));
    on('playing', () => this.notify(''));
    on('ended', () => this.#ended());
    on('error', () => this.#failed());
    this.#hearFrom(media.currentTime);
  }

  /** Takes in what the episode's own page knows, where the recording was begun from elsewhere. */
  learn(facts: Facts): void {
    this.facts = facts;
    this.#changed();
  }

  /** Gives its element away, for another recording to be played by it: a locked phone starts no new one by itself. */
  release(): HTMLMediaElement {
    this.close();
    this.#released.abort();
    this.dispatchEvent(new Event('release'));
    return this.media;
  }

  get time(): number {
    return this.#resumeAt ?? this.media.currentTime;
  }

  get duration(): number {
    return Number.isFinite(this.media.duration) ? this.media.duration : this.facts.duration;
  }

  /** Firefox and Safari leave an element whose recording failed as it was: not paused. */
  get isPlaying(): boolean {
    return !this.media.paused && !this.hasFailed;
  }

  get hasFailed(): boolean {
    return this.media.error !== null;
  }

  /** What keeps it from playing on, if anything does. */
  get state(): 'loading' | 'failed' | 'asleep' | 'ended' | undefined {
    if (this.hasFailed) return 'failed';
    if (this.media.ended) return 'ended';
    if (this.#isAsleep) return 'asleep';
    return this.notice === loading ? 'loading' : undefined;
  }

  get chapter(): number {
    return indexAt(this.facts.chapters, this.time);
  }

  /** Where the reader left the episode the last time, in seconds, if that is worth going back to. */
  get savedPlace(): number | undefined {
    const seconds = listenTo(this.facts.episode)?.place ?? 0;
    return isWorthResuming(seconds, this.facts.duration || Infinity) ? seconds : undefined;
  }

  /** A recording that failed, or of which nothing comes any more, is loaded anew and goes on where it stood. */
  play(): void {
    if (this.hasFailed || (this.#isStalled && this.#lacksData)) this.#loadAnew();
    // One that a click began before this code was there says no more that it plays.
    if (!this.media.paused && !this.inUse) this.#started();
    this.media.play().catch((error: DOMException) => {
      // A browser that wants a click first has the moment ready for it.
      if (error.name === 'NotAllowedError') this.notify(`Ready to play from ${clock(this.time)}`);
    });
  }

  pause(): void {
    this.media.pause();
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  /** Works before anything is loaded as well. */
  seek(seconds: number): void {
    const moment = Math.min(Math.max(seconds, 0), this.duration || Infinity);
    this.#stopAt = Infinity;
    if (this.hasFailed) {
      this.#resumeAt = moment;
      this.#changed();
    } else {
      // An element that has not loaded yet starts there, and some do not call that a jump.
      if (this.media.readyState === HTMLMediaElement.HAVE_NOTHING) this.#hearFrom(moment);
      // Since the last `timeupdate`, up to a quarter of a second ago, more was heard.
      else this.#hear();
      this.media.currentTime = moment;
      this.notify('');
    }
  }

  /** With `end`, no further than that. */
  playFrom(seconds: number, end = Infinity): void {
    this.seek(seconds);
    this.#stopAt = end;
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
    this.notify(`Speed ${this.media.playbackRate}`);
  }

  setVolume(volume: number): void {
    this.media.volume = Math.min(Math.max(volume, 0), 1);
    this.media.muted = false;
    remember('volume', this.media.volume);
  }

  louder(share: number): void {
    this.setVolume(Math.round((this.media.volume + share) * 100) / 100);
    this.notify(`Volume ${Math.round(this.media.volume * 100)} %`);
  }

  toggleMute(): void {
    this.media.muted = !this.media.muted;
    this.notify(this.media.muted ? 'Muted' : 'Sound on');
  }

  /** Shows and announces a notice to the reader; the empty text takes it back. */
  notify(notice: string): void {
    this.notice = notice;
    this.#changed();
  }

  /** Saves the reader's place on their device. */
  savePlace(): void {
    this.#hear();
    this.#saveHeard();
  }

  /** Gets ready to go on where it stood when its page went. */
  wait(seconds: number): void {
    this.seek(seconds);
    this.inUse = this.isLeft = true;
    this.#changed();
  }

  close(): void {
    this.savePlace();
    this.pause();
    this.inUse = this.isLeft = false;
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
    this.notify(this.hasCaptions ? 'Captions on' : 'Captions off');
  }

  showKeys(): void {
    this.dispatchEvent(new Event('keys'));
  }

  #started(): void {
    this.inUse = true;
    this.isLeft = false;
    this.#isAsleep = false;
    this.dispatchEvent(new Event('start'));
  }

  #paused(): void {
    this.savePlace();
    if (this.notice === loading) this.notify('');
  }

  #hear(): void {
    const { readyState, seeking, currentTime } = this.media;
    if (readyState > HTMLMediaElement.HAVE_NOTHING && !seeking && !this.hasFailed) this.#heard.to = currentTime;
  }

  /** Saved every now and then as well: a phone may end a page without a word. */
  #playedOn(): void {
    this.#hear();
    if (Math.abs(this.#heard.to - this.#savedAt) >= saveEvery) this.#saveHeard();
    if (this.time < this.#stopAt) return;
    this.#stopAt = Infinity;
    this.pause();
    this.notify('The passage ends here');
  }

  /** What was heard before a jump is saved; what is heard after it is another stretch. */
  #jumped(): void {
    this.#saveHeard();
    this.#hearFrom(this.media.currentTime);
  }

  #hearFrom(seconds: number): void {
    this.#heard = { from: seconds, to: seconds };
    this.#savedAt = seconds;
  }

  /** Only what is new: another tab may have saved a later place since. */
  #saveHeard(): void {
    const { to } = this.#heard;
    if (!this.inUse || to === this.#savedAt) return;
    this.#savedAt = to;
    const length = this.duration || Infinity;
    const place = placeAfter(this.savedPlace, this.#heard, length);
    keepListen(this.facts, {
      place: place && Math.round(place * 10) / 10,
      // What is begun again after its end is not played any more, for as long as there is a place to go on from.
      ...(place !== undefined ? { isPlayed: false } : isOver(to, length) && { isPlayed: true, isLater: false }),
    });
  }

  #ended(): void {
    if (this.sleep.choice === 'end') this.sleep.set('off');
    this.#heard.to = this.duration;
    this.#saveHeard();
    this.notify('The end');
    this.dispatchEvent(new Event('end'));
  }

  #failed(): void {
    this.savePlace();
    this.#resumeAt = this.media.currentTime;
    this.pause();
    this.notify('Did not load. Play tries again');
  }

  #stalled(): void {
    this.#isStalled = true;
    if (this.isPlaying && this.#lacksData) this.notify(loading);
  }

  get #lacksData(): boolean {
    return this.media.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  #loadAnew(): void {
    const { time } = this;
    this.media.load();
    this.media.currentTime = time;
    this.notify(loading);
  }

  #fallAsleep(): void {
    this.pause();
    this.sleep.set('off');
    this.#isAsleep = true;
    this.notify('Paused by the sleep timer');
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

const loading = 'Loading…';
/** Seconds of the recording. */
const saveEvery = 10;
const changes = ['play', 'pause', 'timeupdate', 'seeking', 'durationchange', 'ratechange', 'volumechange', 'emptied'];
